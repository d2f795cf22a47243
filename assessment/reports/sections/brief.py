"""The brief: two pages that people act on, from the title to what is not known."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from assessment.instrument.translation import FallbackText
from assessment.reports import formats
from assessment.reports.profile_table import profile_table
from assessment.reports.sections.diagnosis import diagnosis_of
from assessment.reports.sections.lines import Section
from assessment.reports.sections.recommendations import (
    PackageLine,
    RecommendationLine,
    first_lines,
    first_packages,
)
from assessment.reports.wording import profile_words, too_few_words

if TYPE_CHECKING:
    from assessment.reports.report_data import NamedProgramme, ReportData

END_OF_SENTENCE = re.compile("[.።](?= )")
MOST_PROGRAMMES = 5
MOST_DECISIONS = 4
LONGEST_NAME, LONGEST_PROGRAMME = 90, 55
"""Letters of a name in the brief, where two pages have to hold; the whole stands in the annexes."""


@dataclass(frozen=True, slots=True)
class Head:
    """`more` is how many programmes are not named; `facts` is one line below the names."""

    scheme: str
    programmes: tuple[NamedProgramme, ...]
    more: int
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """What leads a package; `package` is empty where an edition has none."""

    number: str
    line: RecommendationLine
    first_step: str
    package: str
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
        scheme=cut_name(report.scheme, LONGEST_NAME) or _("Your scheme"),
        programmes=tuple(
            replace(
                one,
                name=cut_name(one.name, LONGEST_PROGRAMME),
                institution=cut_name(one.institution, LONGEST_PROGRAMME),
            )
            for one in report.programmes[:MOST_PROGRAMMES]
        ),
        more=max(len(report.programmes) - MOST_PROGRAMMES, 0),
        facts=tuple(fact for fact in _facts(report) if fact),
    )
    return Section("cover", _("Title"), "report/_brief_head.html", content)


def cut_name(name: str, longest: int) -> str:
    return name if len(name) <= longest else name[: longest - 1].rstrip() + "…"


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
    if report.result.respondents == 1:
        return _("one response")
    return _("{count} responses").format(count=formats.number(report.result.respondents))


def too_few(report: ReportData) -> Section | None:
    """What stands in place of everything else where a round is too small."""
    if not report.too_few:
        return None
    return Section("summary", _("Summary"), "report/_too_few.html", too_few_words(report))


def going_on(report: ReportData) -> Section:
    content = diagnosis_of(report)
    return Section("going-on", _("What is going on"), "report/_going_on.html", content)


def profile_chart(report: ReportData) -> Section:
    content = profile_table(report)
    return Section("profile-chart", _("The profile"), "report/_profile_table.html", content)


def first_sentence(text: str) -> str:
    """What is done first; the rest stands in the report."""
    found = END_OF_SENTENCE.search(text)
    short = text[: found.end()] if found else text
    return FallbackText(short, text.language) if isinstance(text, FallbackText) else short


def decisions(report: ReportData) -> Section:
    before = first_lines(report)
    packages = first_packages(report)[:MOST_DECISIONS]
    lines = tuple(_of_package(at, package) for at, package in enumerate(packages, 1))
    if not packages:
        lines = tuple(_of_line(at, line) for at, line in enumerate(before[:MOST_DECISIONS], 1))
        before = ()
    content = Decisions(before, lines)
    return Section("decide", _("What to decide"), "report/_decide.html", content)


def _of_package(at: int, package: PackageLine) -> Decision:
    lead = package.lead
    return Decision(
        number=formats.number(at),
        line=lead,
        first_step=first_sentence(lead.first_step),
        package=package.title,
        timing=package.timing or lead.timing,
        slot=package.slot,
        after=package.after,
    )


def _of_line(at: int, line: RecommendationLine) -> Decision:
    """In an edition that has no packages."""
    return Decision(
        number=formats.number(at),
        line=line,
        first_step=first_sentence(line.first_step),
        package="",
        timing=line.timing or line.horizon,
        slot="",
        after=(),
    )
