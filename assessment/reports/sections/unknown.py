"""What is not known, and who could tell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment.instrument.answers import DONT_KNOW
from assessment.instrument.model import TIERS
from assessment.method.result import SUPPRESSED
from assessment.reports.seat_wording import SECTORS
from assessment.reports.sections.lines import Section
from assessment.reports.sections.own_words import shorten

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from django.utils.functional import _StrPromise

    from assessment.instrument.model import Question
    from assessment.reports.report_data import ReportData

MOST = 3
UNANSWERED = "unanswered"
OPEN = frozenset({DONT_KNOW, UNANSWERED, SUPPRESSED})
OFFICES: Mapping[str, _StrPromise] = {
    "national": gettext_lazy("national offices"),
    "regional": gettext_lazy("regional offices"),
    "local": gettext_lazy("local offices"),
}


@dataclass(frozen=True, slots=True)
class UnknownLine:
    """`questions` is how many open ones the line stands for."""

    text: str
    subject: str
    who: str
    questions: int = 1


@dataclass(frozen=True, slots=True)
class Unknown:
    """`more` counts the questions that are open beside, `not_put` those that the short way leaves
    out; `hidden` names the groups of a round of which too few answered; `closing` is what the
    respondent added; `ends_brief`: nothing follows it in the brief.
    """

    lines: tuple[UnknownLine, ...]
    more: int
    not_put: int
    hidden: tuple[str, ...]
    closing: str
    ends_brief: bool


def unknown(report: ReportData) -> Section:
    lines = unknown_lines(report)
    content = Unknown(
        lines[:MOST],
        questions_beside(lines, MOST),
        len(not_put_questions(report)),
        _hidden_groups(report),
        _closing(report),
        ends_brief=not report.several,
    )
    return Section("unknown", _("What is not known"), "report/_unknown.html", content)


def _hidden_groups(report: ReportData) -> tuple[str, ...]:
    """Those that are hidden, and those of which nobody answered."""
    cells = {(g.sector, g.tier): g.hidden for g in report.result.groups if g.sector and g.tier}
    hidden = [cell for cell, is_hidden in cells.items() if is_hidden]
    return tuple(
        report.seat_words(*cell)
        for cell in [*hidden, *(cell for cell in report.invited if cell not in cells)]
    )


def unknown_lines(report: ReportData) -> tuple[UnknownLine, ...]:
    """Subjects of which nothing is known, then single questions, the essential ones first."""
    put = {question.dimension for question in open_questions(report)}
    subjects = {d.dimension for d in report.unknown if d.asked} & put
    whole = [_subject_line(report, code) for code in report.result.dimensions if code in subjects]
    single = [q for q in open_questions(report) if q.dimension not in subjects]
    ranked = sorted(single, key=lambda q: not q.essential)
    return (*whole, *(_question_line(report, q) for q in ranked))


def questions_beside(lines: Sequence[UnknownLine], shown: int) -> int:
    """How many questions are open beside those of the lines that are `shown`."""
    return sum(line.questions for line in lines[shown:])


def open_questions(report: ReportData) -> list[Question]:
    """Those that count and were put, but have no answer, or one of too few people."""
    return [q for q in _without_answer(report) if not _left_out(report, q)]


def not_put_questions(report: ReportData) -> list[Question]:
    """Those that count and that the short way leaves out: nobody was asked, so nobody is silent."""
    return [q for q in _without_answer(report) if _left_out(report, q)]


def _without_answer(report: ReportData) -> list[Question]:
    return [
        question
        for question in report.instrument.questions
        if question.dimension
        and question.scored
        and (item := report.item(question)) is not None
        and item.status in OPEN
    ]


def _left_out(report: ReportData, question: Question) -> bool:
    """Who took it up beside the short way and does not know the answer was asked."""
    item = report.result.items[question.code]
    return report.core_only and not question.core and item.status == UNANSWERED


def _subject_line(report: ReportData, code: str) -> UnknownLine:
    dimension = report.instrument.dimension[code]
    asked = report.instrument.questions_of[code]
    tiers = tuple(tier for tier in TIERS if any(tier in q.tiers for q in asked))
    still_open = sum(question.dimension == code for question in open_questions(report))
    words = _("nothing is answered yet")
    return UnknownLine(dimension.short, words, _who(tiers, ()), still_open)


def _question_line(report: ReportData, question: Question) -> UnknownLine:
    subject = report.instrument.dimension[question.dimension].short
    sectors = (*question.sectors, *(("finance",) if question.finance else ()))
    return UnknownLine(question.short or question.text, subject, _who(question.tiers, sectors))


def _who(tiers: tuple[str, ...], sectors: tuple[str, ...]) -> str:
    return ", ".join(_names(tiers, sectors))


def _names(tiers: tuple[str, ...], sectors: tuple[str, ...]) -> Iterator[str]:
    if set(tiers) == set(TIERS):
        yield _("national, regional and local offices")
    else:
        yield from (str(OFFICES[tier]) for tier in tiers)
    if len(set(sectors)) == 1:
        yield str(SECTORS[sectors[0]])


def _closing(report: ReportData) -> str:
    """The beginning of what the respondent added in closing; the whole stands in the annexes."""
    words = (
        report.texts.get(question.code, "") for question in report.instrument.closing_questions
    )
    return shorten(" ".join(words))
