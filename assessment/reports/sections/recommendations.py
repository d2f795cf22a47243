"""What to do: the recommendations with their reasons, and the plan to fill in by hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from assessment.reports import formats
from assessment.reports.sections.lines import FindingLine, Section, finding_line
from assessment.reports.wording import HORIZONS, because_words, fill_placeholders, region_words

if TYPE_CHECKING:
    from assessment.instrument.model import Rule
    from assessment.method.result import Recommendation
    from assessment.reports.report_data import ReportData

BLANK_ROWS = 3


@dataclass(frozen=True, slots=True)
class RecommendationLine:
    number: str
    code: str
    title: str
    text: str
    because: tuple[str, ...]
    findings: tuple[FindingLine, ...]
    dimensions: tuple[str, ...]
    region: str
    actor: str
    horizon: str
    priority: str
    first_step: str
    needs: str
    first: bool


@dataclass(frozen=True, slots=True)
class Recommendations:
    first: tuple[RecommendationLine, ...]
    rest: int


@dataclass(frozen=True, slots=True)
class MoreRecommendations:
    lines: tuple[RecommendationLine, ...]


@dataclass(frozen=True, slots=True)
class ActionPlan:
    """`blank` are the numbers of the rows for actions of the reader's own."""

    lines: tuple[RecommendationLine, ...]
    blank: tuple[str, ...]


def recommendation_lines(report: ReportData) -> tuple[RecommendationLine, ...]:
    lines: tuple[RecommendationLine, ...] | None = report.section_cache.get("recommendations")
    if lines is None:
        ranked = enumerate(report.result.recommendations, 1)
        lines = tuple(_line(report, at, found) for at, found in ranked)
        report.section_cache["recommendations"] = lines
    return lines


def _line(report: ReportData, at: int, found: Recommendation) -> RecommendationLine:
    rule = report.instrument.rule[found.rule]
    text, first_step, needs = wording_of(report, rule, found)
    return RecommendationLine(
        number=formats.number(at),
        code=rule.code,
        title=fill_placeholders(rule.title, report),
        text=text,
        because=because_words(report, found.because),
        findings=tuple(finding_line(report, code) for code in rule.findings),
        dimensions=tuple(report.instrument.dimension[code].short for code in rule.dimensions),
        region=region_words(report.instrument, rule.region),
        actor=fill_placeholders(rule.actor, report),
        horizon=str(HORIZONS[rule.horizon]),
        priority=formats.number(rule.priority),
        first_step=first_step,
        needs=needs,
        first=found.first,
    )


def wording_of(report: ReportData, rule: Rule, found: Recommendation) -> tuple[str, str, str]:
    """Text, first step and needs: the variant's own where it has them."""
    text, first_step, needs = rule.text, rule.first_step, rule.needs
    if found.variant is not None:
        variant = rule.variants[found.variant]
        text = variant.text
        first_step, needs = variant.first_step or first_step, variant.needs or needs
    return (
        fill_placeholders(text, report),
        fill_placeholders(first_step, report),
        fill_placeholders(needs, report),
    )


def recommendations(report: ReportData) -> Section:
    lines = recommendation_lines(report)
    first = tuple(line for line in lines if line.first)
    content = Recommendations(first, len(lines) - len(first))
    return Section("recommendations", _("Recommendations"), "report/_recommendations.html", content)


def more_recommendations(report: ReportData) -> Section | None:
    lines = tuple(line for line in recommendation_lines(report) if not line.first)
    if not lines:
        return None
    return Section(
        "more-recommendations",
        _("Annex: further recommendations"),
        "report/_more_recommendations.html",
        MoreRecommendations(lines),
    )


def action_plan(report: ReportData) -> Section:
    lines = tuple(line for line in recommendation_lines(report) if line.first)
    further = range(len(lines) + 1, len(lines) + 1 + BLANK_ROWS)
    content = ActionPlan(lines, tuple(formats.number(at) for at in further))
    return Section("action-plan", _("Action plan"), "report/_action_plan.html", content)
