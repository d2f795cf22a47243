"""Why a rule fired, in few words: a name and what was found. The whole sentences are for files.

On a page the same reason stands beside several recommendations, and an answer's full text once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from assessment.instrument.kinds.registry import max_points
from assessment.reports import formats
from assessment.reports.reason_wording import observed_fact, points_words, reason_words
from assessment.reports.short_answer import short_answer
from assessment.reports.wording import COUNT, DIRECTIONS, profile_words, score_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from assessment.instrument.conditions.explain import Reason
    from assessment.instrument.model import Question
    from assessment.reports.report_data import ReportData


MOST_TELLING = 2


def telling_because(report: ReportData, reasons: Sequence[Reason]) -> tuple[str, ...]:
    """The reasons for the brief: answers before what is made of them, facts of the profile last."""
    ranked = sorted(reasons, key=lambda reason: RANK.get(reason.name.partition(".")[0], 1))
    answered = [reason for reason in ranked if not reason.name.startswith(PROFILE)]
    return short_because(report, answered or ranked)[:MOST_TELLING]


def short_because(report: ReportData, reasons: Iterable[Reason]) -> tuple[str, ...]:
    """Each once: two bounds on one answer read the same."""
    return tuple(dict.fromkeys(_in_short(report, reason) for reason in reasons))


def _in_short(report: ReportData, reason: Reason) -> str:
    family, _dot, rest = reason.name.partition(".")
    told = SHORT[family](report, rest, reason) if family in SHORT else ""
    return told or reason_words(report, reason)


def _answer(report: ReportData, code: str, reason: Reason) -> str:
    question = report.instrument.question[code]
    item = report.item(question)
    words = short_answer(question, item) if item is not None else ""
    if not words or not question.short:
        return ""
    if item is not None and item.agreed:
        return _("{question}: {answer} (agreed)").format(question=question.short, answer=words)
    return _("{question}: {answer}").format(question=question.short, answer=words)


def _points(report: ReportData, code: str, reason: Reason) -> str:
    question = report.instrument.question[code]
    return _("{question}: {points} of {most} points").format(
        question=question.short or question.text,
        points=points_words(reason),
        most=formats.number(max_points(question)),
    )


def _direction(report: ReportData, code: str, reason: Reason) -> str:
    values = {
        "subject": report.instrument.dimension[code].short,
        "direction": DIRECTIONS[str(observed_fact(reason))],
    }
    if report.result.dimensions[code].settled:
        return _("{subject}: {direction}").format(**values)
    return _("{subject}: {direction} so far").format(**values)


def _level(report: ReportData, code: str, reason: Reason) -> str:
    return _("{subject}: {level} ({score})").format(
        subject=report.instrument.dimension[code].short,
        level=report.label(int(float(observed_fact(reason)))),
        score=score_words(report, code),
    )


def _unknown(report: ReportData, code: str, reason: Reason) -> str:
    if code == COUNT:
        return ""
    return _("{subject}: {share} “I do not know”").format(
        subject=report.instrument.dimension[code].short,
        share=formats.percent(float(observed_fact(reason))),
    )


def _profile(report: ReportData, field: str, reason: Reason) -> str:
    value = observed_fact(reason)
    words = profile_words(report.instrument, field, value)
    if field == "region":
        return _("Region: {place}").format(place=words)
    question = next(q for q in report.instrument.profile_questions if q.profile == field)
    return _("{question}: {answer}").format(
        question=question.short or question.text, answer=_label(question, str(value)) or words
    )


def _label(question: Question, value: str) -> str:
    option = question.option(value)
    return option.label if option else ""


PROFILE = "profile."
RANK = {"answer": 0, "points": 0}

SHORT: Mapping[str, Callable[[ReportData, str, Reason], str]] = {
    "answer": _answer,
    "points": _points,
    "direction": _direction,
    "level": _level,
    "unknown": _unknown,
    "profile": _profile,
}
