"""A first look at one subject: what its answers say so far, before anything is submitted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessment.instrument.kinds.registry import kind_of, max_points
from assessment.reports import formats
from assessment.reports.marks import Mark, mark
from assessment.reports.profile_picture import height_of, profile_marks
from assessment.reports.profile_table import Picture, Step, answered_words, steps_of, value_words
from assessment.reports.sections.dimensions import ShortLine, has_answer, short_line
from assessment.reports.sections.findings import SeenLine, seen_here

if TYPE_CHECKING:
    from assessment.instrument.model import Question
    from assessment.method.result import DimensionResult, ItemResult
    from assessment.reports.report_data import ReportData

MOST_FINDINGS = 3
DOT = 13
"""Pixels from one step of an answer to the next."""


@dataclass(frozen=True, slots=True)
class AnswerPlace:
    """An answer in few words; `dots` show its place among the steps of its question."""

    line: ShortLine
    dots: tuple[Mark, ...]
    width: int


@dataclass(frozen=True, slots=True)
class FirstLook:
    """`value` is a level or a direction, `rests_on` how many answers it comes from.

    `certainty` says in a sentence what may be read from it. `picture` is None where nothing was
    answered that counts.
    """

    value: str
    rests_on: str
    certainty: str
    settled: bool
    picture: Picture | None
    steps: tuple[Step, ...]
    answers: tuple[AnswerPlace, ...]
    findings: tuple[SeenLine, ...]


def first_look(report: ReportData, dimension: str) -> FirstLook:
    found = report.result.dimensions[dimension]
    questions = report.instrument.questions_of[dimension]
    return FirstLook(
        value=value_words(report, found),
        rests_on=answered_words(found),
        certainty=certainty_words(found),
        settled=found.settled,
        picture=_picture(report, found) if found.score is not None else None,
        steps=steps_of(report),
        answers=tuple(_answer_place(report, q) for q in questions if has_answer(report, q)),
        findings=seen_here(report, dimension).lines[:MOST_FINDINGS],
    )


def look_words(report: ReportData, dimension: str) -> str:
    """The same in one line."""
    found = report.result.dimensions[dimension]
    if found.indicative:
        words = ngettext(
            "{value}, an indication from {number} question",
            "{value}, an indication from {number} questions",
            found.questions_answered or 0,
        )
        number = formats.number(found.questions_answered or 0)
        return words.format(value=value_words(report, found), number=number)
    return value_words(report, found) if found.settled else _("Nothing can be said yet")


def certainty_words(found: DimensionResult) -> str:
    if found.settled:
        return _("These answers are enough for a level. It can still change until you submit.")
    if found.indicative:
        return _(
            "These answers are enough for a direction, not for a level: nothing is settled yet."
        )
    return _("Nothing here can be counted yet. What is not known never counts as low.")


def _picture(report: ReportData, found: DimensionResult) -> Picture:
    value, detail = value_words(report, found), answered_words(found)
    return Picture(
        title=f"{value}; {detail}",
        height=height_of(()),
        marks=profile_marks(found, report.instrument.scale.bands, ()),
    )


def _answer_place(report: ReportData, question: Question) -> AnswerPlace:
    item = report.item(question)
    dots = _dots(question, item) if item else ()
    return AnswerPlace(short_line(report, question), dots, DOT * len(dots))


def _dots(question: Question, item: ItemResult) -> tuple[Mark, ...]:
    """One a step, the chosen one filled; none for an answer that has no place among steps."""
    if not kind_of(question).has_levels or item.score is None:
        return ()
    top = int(max_points(question))
    chosen = round(item.score * top / 100)
    return tuple(
        mark(
            "circle",
            cx=DOT / 2 + DOT * at,
            cy=7,
            r=4.8,
            fill="ink" if at == chosen else "sheet",
            stroke="ink",
            stroke_width=1.3,
        )
        for at in range(top + 1)
    )
