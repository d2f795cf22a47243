"""What to do: the recommendations with their reasons, and the plan to fill in by hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from assessment.reports import formats
from assessment.reports.sections.lines import FindingLine, Section, finding_line
from assessment.reports.wording import HORIZONS, because_words, filled, region_words

if TYPE_CHECKING:
    from assessment.instrument.model import Rule
    from assessment.method.result import Recommendation
    from assessment.reports.report_data import Reading

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


def recommendation_lines(reading: Reading) -> tuple[RecommendationLine, ...]:
    lines: tuple[RecommendationLine, ...] | None = reading.shared.get("recommendations")
    if lines is None:
        ranked = enumerate(reading.result.recommendations, 1)
        lines = tuple(_line(reading, at, found) for at, found in ranked)
        reading.shared["recommendations"] = lines
    return lines


def _line(reading: Reading, at: int, found: Recommendation) -> RecommendationLine:
    rule = reading.instrument.rule[found.rule]
    text, first_step, needs = wording_of(reading, rule, found)
    return RecommendationLine(
        number=formats.number(at),
        code=rule.code,
        title=filled(rule.title, reading),
        text=text,
        because=because_words(reading, found.because),
        findings=tuple(finding_line(reading, code) for code in rule.findings),
        dimensions=tuple(reading.instrument.dimension[code].short for code in rule.dimensions),
        region=region_words(reading.instrument, rule.region),
        actor=filled(rule.actor, reading),
        horizon=str(HORIZONS[rule.horizon]),
        priority=formats.number(rule.priority),
        first_step=first_step,
        needs=needs,
        first=found.first,
    )


def wording_of(reading: Reading, rule: Rule, found: Recommendation) -> tuple[str, str, str]:
    """Text, first step and needs: the variant's own where it has them."""
    text, first_step, needs = rule.text, rule.first_step, rule.needs
    if found.variant is not None:
        variant = rule.variants[found.variant]
        text = variant.text
        first_step, needs = variant.first_step or first_step, variant.needs or needs
    return filled(text, reading), filled(first_step, reading), filled(needs, reading)


def recommendations(reading: Reading) -> Section:
    lines = recommendation_lines(reading)
    first = tuple(line for line in lines if line.first)
    content = Recommendations(first, len(lines) - len(first))
    return Section("recommendations", _("Recommendations"), "report/_recommendations.html", content)


def more_recommendations(reading: Reading) -> Section | None:
    lines = tuple(line for line in recommendation_lines(reading) if not line.first)
    if not lines:
        return None
    return Section(
        "more-recommendations",
        _("Annex: further recommendations"),
        "report/_more_recommendations.html",
        MoreRecommendations(lines),
    )


def action_plan(reading: Reading) -> Section:
    lines = tuple(line for line in recommendation_lines(reading) if line.first)
    further = range(len(lines) + 1, len(lines) + 1 + BLANK_ROWS)
    content = ActionPlan(lines, tuple(formats.number(at) for at in further))
    return Section("action-plan", _("Action plan"), "report/_action_plan.html", content)
