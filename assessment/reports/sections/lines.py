"""One section of the report, and the lines that several sections share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from assessment.instrument.kinds.registry import kind_of
from assessment.reports import formats
from assessment.reports.short_answer import mean_answer
from assessment.reports.wording import (
    FINDING_KINDS,
    STATUSES,
    indication_words,
    region_words,
)

if TYPE_CHECKING:
    from assessment.instrument.model import Question
    from assessment.method.result import DimensionResult, ItemResult
    from assessment.reports.report_data import ReportData


@dataclass(frozen=True, slots=True)
class Section:
    """`slug` is the section's address in the page, `template` draws `content`.

    `parts` are the addresses and names of what the contents list below it.
    """

    slug: str
    title: str
    template: str
    content: object
    parts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """A dimension in one row; every number is text already and empty where there is none."""

    code: str
    name: str
    level: str
    score: str
    interval: str
    unknown: str
    settled: bool


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """`words` are the sentences of the answer; `open` tells that there is none, `agreed` that a
    group recorded it together.
    """

    code: str
    text: str
    words: tuple[str, ...]
    open: bool
    essential: bool
    note: str = ""
    agreed: bool = False


@dataclass(frozen=True, slots=True)
class FindingLine:
    code: str
    text: str
    kind: str
    passage: str
    region: str


def score_line(report: ReportData, found: DimensionResult) -> ScoreLine:
    bands = report.instrument.scale.bands
    if not found.settled or found.score is None or found.level is None:
        return ScoreLine(
            code=found.dimension,
            name=name_of(report, found),
            level=unsettled_words(found),
            score="",
            interval=interval_words(report, found) if found.indicative else "",
            unknown=unknown_words(found),
            settled=False,
        )
    return ScoreLine(
        code=found.dimension,
        name=name_of(report, found),
        level=report.label(found.level),
        score=formats.score(found.score, bands),
        interval=interval_words(report, found),
        unknown=unknown_words(found),
        settled=True,
    )


def score_words(report: ReportData, found: DimensionResult) -> str:
    """Level and score of a dimension, or what stands in their place."""
    line = score_line(report, found)
    if not line.settled:
        return line.level
    return _("{level}, {score}").format(level=line.level, score=line.score)


def unsettled_words(found: DimensionResult) -> str:
    """What stands in place of a level where there is none."""
    if found.indicative:
        return indication_words(found)
    return _("Not enough information") if found.asked else _("Not asked")


def name_of(report: ReportData, found: DimensionResult) -> str:
    return report.instrument.dimension[found.dimension].name


def interval_words(report: ReportData, found: DimensionResult) -> str:
    if found.low is None or found.high is None:
        return ""
    if found.low == found.high:
        return _("exact")
    bands = report.instrument.scale.bands
    return _("{low} to {high}").format(
        low=formats.score(found.low, bands), high=formats.score(found.high, bands)
    )


def unknown_words(found: DimensionResult) -> str:
    """A dash where it is not told, or nothing was asked."""
    share = found.dont_know_share
    if share is None:
        return "–"
    return formats.percent(share) if share else _("none")


def answer_line(report: ReportData, question: Question, *, note: bool = False) -> AnswerLine:
    item = report.item(question)
    words = item_words(report, question, item)
    status = item.status if item else "unanswered"
    return AnswerLine(
        code=question.code,
        text=question.text,
        words=words or (str(STATUSES.get(status, STATUSES["unanswered"])),),
        open=not words,
        essential=question.essential,
        note=report.notes.get(question.code, "") if note else "",
        agreed=item is not None and item.agreed,
    )


def item_words(report: ReportData, question: Question, item: ItemResult | None) -> tuple[str, ...]:
    """The answer in the words of the bank; nothing where there is none."""
    if kind_of(question).free_text:
        text = report.texts.get(question.code) or (item.value if item else None)
        return (str(text),) if text else ()
    if item is None or item.status != "answered":
        return ()
    if item.value is None:
        return mean_answer(question, item)
    return kind_of(question).words(question, item.value)


def finding_line(report: ReportData, code: str) -> FindingLine:
    finding = report.instrument.finding[code]
    return FindingLine(
        code=code,
        text=finding.text,
        kind=str(FINDING_KINDS[finding.kind]),
        passage=passage(report, code),
        region=region_words(report.instrument, finding.region),
    )


def passage(report: ReportData, code: str) -> str:
    """Where a finding stands, in words for readers; in editions of before source and place."""
    finding = report.instrument.finding[code]
    if finding.citation:
        return finding.citation
    source = report.instrument.source[finding.source]
    name = source.author or source.publisher or source.title
    return ", ".join(part for part in (name, finding.section, finding.place) if part)


def case_name(report: ReportData, code: str) -> str:
    case = report.instrument.case[code]
    return _("{case} ({country})").format(
        case=case.name, country=formats.country_name(case.country)
    )


def edition_words(report: ReportData) -> str:
    """Of a published edition its number alone: its name is for who looks after the bank."""
    number = report.result.edition
    if number is None:
        return _("{name} (not yet published)").format(name=report.instrument.name)
    if report.correction:
        return _("Edition {number}, correction {correction}").format(
            number=number, correction=report.correction
        )
    return _("Edition {number}").format(number=number)
