"""The brief: two pages that people act on, from the title to what is not known."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from assessment.reports import formats
from assessment.reports.profile_table import profile_table
from assessment.reports.sections.diagnosis import diagnosis_of
from assessment.reports.sections.lines import Section
from assessment.reports.sections.names import MOST_NAMES, cut_name, unnamed_programmes
from assessment.reports.sections.recommendations import (
    PackageLine,
    RecommendationLine,
    first_lines,
    first_packages,
    first_sentence,
)
from assessment.reports.sections.round_in_brief import round_sentences
from assessment.reports.side_signs import acting_sides, side_signs
from assessment.reports.wording import profile_words, too_few_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assessment.reports.report_data import NamedProgramme, ReportData
    from assessment.reports.side_signs import SideSign

MOST_DECISIONS, MOST_OF_SEVERAL = 4, 3
"""In a round the questions of the sides to each other come before what is to be decided."""
LONGEST_TITLE = 90
"""Letters of the scheme's name in the brief; the whole stands in the annexes."""


@dataclass(frozen=True, slots=True)
class Head:
    """`more` is how many programmes are not named; `facts` is one line below the names.

    Beside each programme stands the sign of its side, where that is known. `of_round` are sentences
    of a round alone.
    """

    scheme: str
    programmes: tuple[tuple[NamedProgramme, tuple[SideSign, ...]], ...]
    more: int
    facts: tuple[str, ...]
    of_round: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """What leads a package, or a recommendation of an edition that has none.

    `sides` are the signs of who acts; `after` are the numbers of the decisions that have to come
    before.
    """

    number: str
    line: RecommendationLine
    sides: tuple[SideSign, ...]
    first_step: str
    timing: str
    slot: str
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Decisions:
    """`before` has to be known before anything is decided."""

    before: tuple[RecommendationLine, ...]
    lines: tuple[Decision, ...]


def head(report: ReportData) -> Section:
    content = Head(
        scheme=cut_name(report.scheme, LONGEST_TITLE) or _("Your programmes"),
        programmes=tuple(
            (
                replace(one, name=cut_name(one.name), institution=cut_name(one.institution)),
                side_signs([one.sector]) if one.sector else (),
            )
            for one in report.programmes[:MOST_NAMES]
        ),
        more=unnamed_programmes(report),
        facts=tuple(fact for fact in _facts(report) if fact),
        of_round=tuple(round_sentences(report)),
    )
    return Section("cover", _("Title"), "report/_brief_head.html", content)


def _facts(report: ReportData) -> tuple[str, ...]:
    country = report.result.profile.get("country")
    return (
        profile_words(report.instrument, "country", country) if country else "",
        formats.date_words(report.generated_at),
        _answered(report),
        answered_by(report),
    )


def _answered(report: ReportData) -> str:
    """How many of the questions that count were answered; nothing in results of before."""
    found = report.result.dimensions.values()
    answered = sum(d.questions_answered or 0 for d in found)
    asked = sum(d.questions_asked or 0 for d in found)
    if not asked:
        return ""
    return _("{answered} of {asked} questions answered").format(
        answered=formats.number(answered), asked=formats.number(asked)
    )


def answered_by(report: ReportData) -> str:
    """How many answered for themselves, and each answer that several gave together."""
    people, together = report.result.respondents, report.result.together
    own = [_responses(people)] if people or not together else []
    joint = (formats.number(found.people) for found in together)
    said = [_("one response given together by {people} people").format(people=n) for n in joint]
    return ", ".join([*own, *said])


def _responses(number: int) -> str:
    if number == 1:
        return _("one response")
    return _("{count} responses").format(count=formats.number(number))


def too_few(report: ReportData) -> Section | None:
    """What stands in place of everything else where a round is too small."""
    if not report.too_few:
        return None
    return Section("summary", _("Summary"), "report/_too_few.html", too_few_words(report))


def going_on(report: ReportData) -> Section:
    """What leads, each with the decision that answers it."""
    found, numbers = diagnosis_of(report), _numbers(report)
    leading = (replace(one, decision=numbers.get(one.package, "")) for one in found.leading)
    content = replace(found, leading=tuple(leading))
    return Section("going-on", _("What is going on"), "report/_going_on.html", content)


def profile_chart(report: ReportData) -> Section:
    content = profile_table(report)
    return Section("profile-chart", _("The profile"), "report/_profile_table.html", content)


def decisions(report: ReportData) -> Section:
    return Section("decide", _("What to decide"), "report/_decide.html", decisions_of(report))


def decisions_of(report: ReportData) -> Decisions:
    before, packages, numbers = first_lines(report), _packages(report), _numbers(report)
    lines = tuple(_of_package(report, package, numbers) for package in packages)
    if not packages:
        first = enumerate(before[: _most(report)], 1)
        lines = tuple(_of_line(report, at, line) for at, line in first)
        before = ()
    return Decisions(before, lines)


def _most(report: ReportData) -> int:
    return MOST_OF_SEVERAL if report.several else MOST_DECISIONS


def _packages(report: ReportData) -> tuple[PackageLine, ...]:
    return first_packages(report)[: _most(report)]


def _numbers(report: ReportData) -> dict[str, str]:
    """By the title of its package the number of each decision."""
    return {one.title: formats.number(at) for at, one in enumerate(_packages(report), 1)}


def rules_in_brief(report: ReportData) -> frozenset[str]:
    """The rules whose first step the brief gives."""
    content = decisions(report).content
    lines = content.lines if isinstance(content, Decisions) else ()
    return frozenset(one.line.code for one in lines)


def _of_package(report: ReportData, package: PackageLine, numbers: Mapping[str, str]) -> Decision:
    lead = package.lead
    return Decision(
        number=numbers[package.title],
        line=lead,
        sides=acting_sides(report.instrument, report.instrument.rule[lead.code]),
        first_step=first_sentence(lead.first_step),
        timing=package.timing or lead.timing,
        slot=package.slot,
        after=tuple(numbers[title] for title in package.after if title in numbers),
    )


def _of_line(report: ReportData, at: int, line: RecommendationLine) -> Decision:
    """In an edition that has no packages."""
    return Decision(
        number=formats.number(at),
        line=line,
        sides=acting_sides(report.instrument, report.instrument.rule[line.code]),
        first_step=first_sentence(line.first_step),
        timing=line.timing or line.horizon,
        slot="",
        after=(),
    )
