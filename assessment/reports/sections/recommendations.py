"""What to do: packages of recommendations with their reasons."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from assessment.instrument.translation import TextInLanguage
from assessment.method.advice import RULE, AdviceReference
from assessment.reports import formats
from assessment.reports.plan_wording import planned_advice
from assessment.reports.sections.lines import Section, passage
from assessment.reports.sections.names import cut_list, institutions, names_beside
from assessment.reports.sections.own_words import quotes_of
from assessment.reports.short_reasons import short_because, telling_because
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
    from collections.abc import Iterator, Mapping

    from assessment.instrument.model import Rule
    from assessment.method.result import PackageResult, Recommendation, WithheldRule
    from assessment.reports.plan_wording import PlanEntry
    from assessment.reports.report_data import ReportData
    from assessment.reports.sections.own_words import Quote

END_OF_SENTENCE = re.compile("[.።](?= )")


@dataclass(frozen=True, slots=True)
class RecommendationLine:
    """`timing`, `basis` and `rests_on` are empty in results that do not tell them.

    `later_steps` is what follows the first sentence of `first_step`. `first_need` is the first one
    of `needs`, `later_needs` are the others.
    `telling` are the reasons for the brief.
    `passages` say where the findings behind it stand; their texts stand with their subjects.
    `actor_names` are those given for who acts, `names` for all whom it concerns; `quotes` is what
    the respondent wrote beside the answers it rests on.
    `advice` is its key in the plan, `planned` the line of the plan that was taken from it.
    """

    number: str
    code: str
    title: str
    text: str
    because: tuple[str, ...]
    telling: tuple[str, ...]
    quotes: tuple[Quote, ...]
    passages: str
    dimensions: tuple[str, ...]
    region: str
    actor: str
    actor_names: tuple[str, ...]
    partners: tuple[str, ...]
    names: tuple[str, ...]
    timing: str
    horizon: str
    priority: str
    first_step: str
    later_steps: str
    needs: str
    first_need: str
    later_needs: str
    basis: str
    rests_on: str
    certainty: str
    first: bool
    advice: str
    planned: PlanEntry | None


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

    @property
    def to_take(self) -> tuple[RecommendationLine, ...]:
        """What is shown of it and not in the plan yet."""
        return tuple(line for line in (self.lead, *self.steps) if line.planned is None)


@dataclass(frozen=True, slots=True)
class WithheldLine:
    """`instead` is the title of the rule that takes its place, `because` what speaks against it."""

    code: str
    title: str
    instead: str
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Recommendations:
    """An edition without packages has one list, `first`; with packages `first` comes before all.

    `institutions` are those meant where a role speaks of the institutions concerned.
    """

    institutions: tuple[str, ...]
    first: tuple[RecommendationLine, ...]
    packages: tuple[PackageLine, ...]
    rest: int


@dataclass(frozen=True, slots=True)
class MoreRecommendations:
    """`reasons` are the steps of the packages to begin with, for what they are drawn from."""

    reasons: tuple[RecommendationLine, ...]
    lines: tuple[RecommendationLine, ...]
    packages: tuple[PackageLine, ...]
    withheld: tuple[WithheldLine, ...]


def recommendation_lines(report: ReportData) -> tuple[RecommendationLine, ...]:
    lines: tuple[RecommendationLine, ...] | None = report.section_cache.get("recommendations")
    if lines is None:
        ranked = enumerate(report.result.recommendations, 1)
        planned = planned_advice(report)
        lines = tuple(_line(report, at, found, planned) for at, found in ranked)
        report.section_cache["recommendations"] = lines
    return lines


def _line(
    report: ReportData, at: int, found: Recommendation, planned: Mapping[str, PlanEntry]
) -> RecommendationLine:
    rule = report.instrument.rule[found.rule]
    advice = AdviceReference(RULE, found.rule).key
    text, first_step, needs = wording_of(report, rule, found)
    acting = [report.instrument.role[code] for code in (rule.role,) if code]
    partners = [report.instrument.role[code] for code in rule.with_roles]
    return RecommendationLine(
        number=formats.number(at),
        code=rule.code,
        title=fill_placeholders(rule.title, report),
        text=text,
        because=short_because(report, found.because),
        telling=telling_because(report, found.because),
        quotes=quotes_of(report).get(rule.code, ()),
        passages=formats.semicolon().join(
            dict.fromkeys(passage(report, code) for code in rule.findings)
        ),
        dimensions=tuple(report.instrument.dimension[code].short for code in rule.dimensions),
        region="" if rule.region == "ALL" else region_words(report.instrument, rule.region),
        actor=fill_placeholders(actor_words(report.instrument, rule), report),
        actor_names=names_beside(report, acting),
        partners=tuple(role.name for role in partners),
        names=names_beside(report, [*acting, *partners]),
        timing=str(TIMINGS[rule.timing]) if rule.timing else "",
        horizon=str(HORIZONS[rule.horizon]),
        priority=formats.number(rule.priority),
        first_step=first_step,
        later_steps=later_sentences(first_step),
        needs=needs,
        first_need=first_sentence(needs),
        later_needs=later_sentences(needs),
        basis=str(BASES[found.basis]) if found.basis else "",
        rests_on=rests_on_words(found),
        certainty=certainty_words(found),
        first=found.first,
        advice=advice,
        planned=planned.get(advice),
    )


def first_sentence(text: str) -> str:
    """What is done first, which is all that the brief says of it."""
    found = END_OF_SENTENCE.search(text)
    return _part(text, text[: found.end()] if found else text)


def later_sentences(text: str) -> str:
    return _part(text, text.removeprefix(first_sentence(text)).strip())


def _part(text: str, part: str) -> str:
    return text.like(part) if isinstance(text, TextInLanguage) else part


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
    concerned = cut_list(institutions(report))
    content = Recommendations(concerned, first_lines(report), first_packages(report), rest)
    return Section("recommendations", _("What to do"), "report/_recommendations.html", content)


def more_recommendations(report: ReportData) -> Section | None:
    """What is true beside it, by package, and what was not recommended although it is true."""
    packages = package_lines(report)
    packed = {code for p in report.result.packages for code in (p.lead, *p.steps)}
    steps = tuple(line for package in first_packages(report) for line in package.steps)
    content = MoreRecommendations(
        steps,
        tuple(
            line
            for line in recommendation_lines(report)
            if not line.first and line.code not in packed
        ),
        tuple(_rest_of(packages, report)),
        withheld_lines(report),
    )
    if not (content.reasons or content.lines or content.packages or content.withheld):
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


def withheld_lines(report: ReportData) -> tuple[WithheldLine, ...]:
    return tuple(_withheld(report, found) for found in report.result.withheld)


def _withheld(report: ReportData, found: WithheldRule) -> WithheldLine:
    bank = report.instrument
    return WithheldLine(
        code=found.rule,
        title=fill_placeholders(bank.rule[found.rule].title, report),
        instead=bank.rule[found.suppressed_by].title if found.suppressed_by else "",
        because=short_because(report, found.because),
    )


def to_decide(report: ReportData) -> tuple[RecommendationLine, ...]:
    """Numbered anew: the rank among all recommendations has holes here."""
    lines = (*first_lines(report), *(package.lead for package in first_packages(report)))
    return tuple(replace(line, number=formats.number(at)) for at, line in enumerate(lines, 1))
