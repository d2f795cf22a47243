"""What to do: packages of recommendations with their reasons, and the plan to fill in by hand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from assessment.reports import formats
from assessment.reports.reason_wording import short_because
from assessment.reports.sections.lines import Section, passage
from assessment.reports.wording import (
    BASES,
    HORIZONS,
    TIMINGS,
    actor_words,
    certainty_words,
    fill_placeholders,
    region_words,
    rests_on_words,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assessment.instrument.model import Rule
    from assessment.method.result import PackageResult, Recommendation, WithheldRule
    from assessment.reports.report_data import ReportData

BLANK_ROWS = 3


@dataclass(frozen=True, slots=True)
class RecommendationLine:
    """`timing`, `basis` and `rests_on` are empty in results that do not tell them.

    `passages` say where the findings behind it stand; their texts stand with their subjects.
    """

    number: str
    code: str
    title: str
    text: str
    because: tuple[str, ...]
    passages: str
    dimensions: tuple[str, ...]
    region: str
    actor: str
    partners: tuple[str, ...]
    timing: str
    horizon: str
    priority: str
    first_step: str
    needs: str
    basis: str
    rests_on: str
    certainty: str
    first: bool


@dataclass(frozen=True, slots=True)
class PackageLine:
    """`lead` and `steps` are what to begin with, `more` stands in the annex.

    `slot` is the timing for the style sheet; `after` are the titles of the packages that have to
    come before.
    """

    number: str
    title: str
    text: str
    timing: str
    slot: str
    after: tuple[str, ...]
    lead: RecommendationLine
    steps: tuple[RecommendationLine, ...]
    more: tuple[RecommendationLine, ...]


@dataclass(frozen=True, slots=True)
class WithheldLine:
    """`instead` is the title of the rule that takes its place, `because` what speaks against it."""

    code: str
    title: str
    instead: str
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Recommendations:
    """An edition without packages has one list, `first`; with packages `first` comes before all."""

    first: tuple[RecommendationLine, ...]
    packages: tuple[PackageLine, ...]
    rest: int


@dataclass(frozen=True, slots=True)
class MoreRecommendations:
    lines: tuple[RecommendationLine, ...]
    packages: tuple[PackageLine, ...]
    withheld: tuple[WithheldLine, ...]


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
        because=short_because(report, found.because),
        passages="; ".join(dict.fromkeys(passage(report, code) for code in rule.findings)),
        dimensions=tuple(report.instrument.dimension[code].short for code in rule.dimensions),
        region=region_words(report.instrument, rule.region),
        actor=fill_placeholders(actor_words(report.instrument, rule), report),
        partners=tuple(report.instrument.role[code].name for code in rule.with_roles),
        timing=str(TIMINGS[rule.timing]) if rule.timing else "",
        horizon=str(HORIZONS[rule.horizon]),
        priority=formats.number(rule.priority),
        first_step=first_step,
        needs=needs,
        basis=str(BASES[found.basis]) if found.basis else "",
        rests_on=rests_on_words(found),
        certainty=certainty_words(found),
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


def package_lines(report: ReportData) -> tuple[PackageLine, ...]:
    """Every package, those to begin with first."""
    lines = {line.code: line for line in recommendation_lines(report)}
    found = enumerate(report.result.packages, 1)
    return tuple(_package(report, at, package, lines) for at, package in found)


def _package(
    report: ReportData, at: int, found: PackageResult, lines: dict[str, RecommendationLine]
) -> PackageLine:
    package = report.instrument.package[found.package]
    shown = report.instrument.scale.package_steps if found.first else len(found.steps)
    return PackageLine(
        number=formats.number(at),
        title=package.title,
        text=package.text,
        timing=str(TIMINGS[found.timing]) if found.timing else "",
        slot=found.timing.replace("_", "-"),
        after=tuple(report.instrument.package[code].title for code in found.after),
        lead=lines[found.lead],
        steps=tuple(lines[code] for code in found.steps[:shown]),
        more=tuple(lines[code] for code in found.steps[shown:]),
    )


def first_lines(report: ReportData) -> tuple[RecommendationLine, ...]:
    """What comes before all packages; where there are none, all to begin with."""
    packed = {code for p in report.result.packages for code in (p.lead, *p.steps)}
    lines = recommendation_lines(report)
    return tuple(line for line in lines if line.first and line.code not in packed)


def first_packages(report: ReportData) -> tuple[PackageLine, ...]:
    pairs = zip(report.result.packages, package_lines(report), strict=True)
    return tuple(line for found, line in pairs if found.first)


def recommendations(report: ReportData) -> Section:
    lines = recommendation_lines(report)
    rest = sum(1 for line in lines if not line.first)
    content = Recommendations(first_lines(report), first_packages(report), rest)
    return Section("recommendations", _("What to do"), "report/_recommendations.html", content)


def more_recommendations(report: ReportData) -> Section | None:
    """What is true beside it, by package, and what was not recommended although it is true."""
    packages = package_lines(report)
    packed = {code for p in report.result.packages for code in (p.lead, *p.steps)}
    content = MoreRecommendations(
        tuple(
            line
            for line in recommendation_lines(report)
            if not line.first and line.code not in packed
        ),
        tuple(_rest_of(packages, report)),
        tuple(_withheld(report, found) for found in report.result.withheld),
    )
    if not (content.lines or content.packages or content.withheld):
        return None
    return Section(
        "more-recommendations",
        _("Annex: further recommendations"),
        "report/_more_recommendations.html",
        content,
    )


def _rest_of(packages: tuple[PackageLine, ...], report: ReportData) -> Iterator[PackageLine]:
    """The packages not to begin with, whole, and of the others those with more to do."""
    for found, line in zip(report.result.packages, packages, strict=True):
        if not found.first or line.more:
            yield line


def _withheld(report: ReportData, found: WithheldRule) -> WithheldLine:
    bank = report.instrument
    return WithheldLine(
        code=found.rule,
        title=fill_placeholders(bank.rule[found.rule].title, report),
        instead=bank.rule[found.suppressed_by].title if found.suppressed_by else "",
        because=short_because(report, found.because),
    )


def action_plan(report: ReportData) -> Section:
    """What to decide: what leads each package; its steps stand with it, not here."""
    lines = to_decide(report)
    further = range(len(lines) + 1, len(lines) + 1 + BLANK_ROWS)
    content = ActionPlan(lines, tuple(formats.number(at) for at in further))
    return Section("action-plan", _("Action plan"), "report/_action_plan.html", content)


def to_decide(report: ReportData) -> tuple[RecommendationLine, ...]:
    """Numbered anew: the rank among all recommendations has holes here."""
    lines = (*first_lines(report), *(package.lead for package in first_packages(report)))
    return tuple(replace(line, number=formats.number(at)) for at, line in enumerate(lines, 1))
