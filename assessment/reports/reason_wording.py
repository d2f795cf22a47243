"""Why a rule fired or a pattern holds, each reason as a whole sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessment.instrument.kinds.registry import kind_of, max_points
from assessment.reports import formats
from assessment.reports.wording import (
    COUNT,
    DIRECTIONS,
    STANDINGS,
    mean_words,
    profile_words,
    score_words,
    topic_words,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from assessment.instrument.conditions.explain import Reason
    from assessment.instrument.model import Question
    from assessment.reports.report_data import ReportData


def because_words(report: ReportData, reasons: Iterable[Reason]) -> tuple[str, ...]:
    """Why a rule fired, each sentence once: two bounds on one answer read the same."""
    return tuple(dict.fromkeys(reason_words(report, reason) for reason in reasons))


def reason_words(report: ReportData, reason: Reason) -> str:
    family, _dot, rest = reason.name.partition(".")
    return FAMILIES[family](report, rest, reason)


def _level(report: ReportData, code: str, reason: Reason) -> str:
    return _("{dimension} is at level “{level}” (score {score}).").format(
        dimension=report.instrument.dimension[code].name,
        level=report.label(int(float(observed_fact(reason)))),
        score=score_words(report, code),
    )


def _direction(report: ReportData, code: str, reason: Reason) -> str:
    found = report.result.dimensions[code]
    values = {
        "dimension": report.instrument.dimension[code].name,
        "direction": DIRECTIONS[str(observed_fact(reason))],
    }
    if found.settled:
        return _("The answers on {dimension} are {direction}.").format(**values)
    return ngettext(
        "On {dimension} the only answer so far is {direction}.",
        "On {dimension} the {count} answers so far are {direction}.",
        found.questions_answered or 0,
    ).format(count=formats.number(found.questions_answered or 0), **values)


def _directions(report: ReportData, code: str, reason: Reason) -> str:
    count = int(float(observed_fact(reason)))
    return ngettext(
        "The answers on {count} subject are {direction}.",
        "The answers on {count} subjects are {direction}.",
        count,
    ).format(count=formats.number(count), direction=DIRECTIONS[code])


def _standing(report: ReportData, code: str, reason: Reason) -> str:
    return _("On {dimension} {standing}.").format(
        dimension=report.instrument.dimension[code].name,
        standing=STANDINGS[str(observed_fact(reason))],
    )


def _score(report: ReportData, code: str, reason: Reason) -> str:
    return _("{dimension} has the score {score}.").format(
        dimension=report.instrument.dimension[code].name,
        score=formats.score(float(observed_fact(reason)), report.instrument.scale.bands),
    )


def _answer(report: ReportData, code: str, reason: Reason) -> str:
    question = report.instrument.question[code]
    if kind_of(question).several:
        return _chosen(question, reason)
    values = {"question": question.text, "answer": fact_words(question, observed_fact(reason))}
    item = report.item(question)
    if item is not None and item.agreed:
        return _("To “{question}” the agreed answer is: {answer}").format(**values)
    return _("To “{question}” the answer is: {answer}").format(**values)


def fact_words(question: Question, fact: float | str) -> str:
    """What a condition knew of one question, in words."""
    if isinstance(fact, str):
        return " ".join(kind_of(question).words(question, fact))
    return mean_words(question, fact)


def _chosen(question: Question, reason: Reason) -> str:
    option = question.option(str(reason.limit))
    words = option.text if option else str(reason.limit)
    if reason.operator == "in":
        return _("To “{question}” it was chosen: {option}").format(
            question=question.text, option=words
        )
    return _("To “{question}” it was not chosen: {option}").format(
        question=question.text, option=words
    )


def _points(report: ReportData, code: str, reason: Reason) -> str:
    question = report.instrument.question[code]
    return _("The answers to “{question}” reach {points} of {most} points.").format(
        question=question.text,
        points=points_words(reason),
        most=formats.number(max_points(question)),
    )


def _profile(report: ReportData, field: str, reason: Reason) -> str:
    value = observed_fact(reason)
    if field == "programmes":
        count = int(float(value))
        return ngettext(
            "There is {count} programme.", "There are {count} programmes.", count
        ).format(count=formats.number(count))
    words = profile_words(report.instrument, field, value)
    if field in {"region", "country"}:
        return _("The programmes work in: {place}.").format(place=words)
    question = next(q for q in report.instrument.profile_questions if q.profile == field)
    return _("To “{question}” the answer is: {answer}").format(question=question.text, answer=words)


def _unknown(report: ReportData, code: str, reason: Reason) -> str:
    if code == COUNT:
        count = int(float(observed_fact(reason)))
        return ngettext(
            "On {count} subject much is not known.",
            "On {count} subjects much is not known.",
            count,
        ).format(count=formats.number(count))
    return _("On {dimension}, {share} of the answers are “I do not know”.").format(
        dimension=report.instrument.dimension[code].name,
        share=formats.percent(float(observed_fact(reason))),
    )


def _gap(report: ReportData, rest: str, reason: Reason) -> str:
    between, _dot, on = rest.partition(".")
    levels = float(observed_fact(reason))
    if between == "sectors":
        sentence = ngettext(
            "On {topic}, social protection and agriculture are {levels} level apart.",
            "On {topic}, social protection and agriculture are {levels} levels apart.",
            formats.counted(levels, 1),
        )
    else:
        sentence = ngettext(
            "On {topic}, national and local answers are {levels} level apart.",
            "On {topic}, national and local answers are {levels} levels apart.",
            formats.counted(levels, 1),
        )
    return sentence.format(
        topic=topic_words(report.instrument, on), levels=formats.number(levels, 1)
    )


def _disagreement(report: ReportData, code: str, reason: Reason) -> str:
    levels = float(observed_fact(reason))
    if code not in report.instrument.question:
        return ngettext(
            "Inside one group the answers differ by {levels} level on average.",
            "Inside one group the answers differ by {levels} levels on average.",
            formats.counted(levels, 1),
        ).format(levels=formats.number(levels, 1))
    return ngettext(
        "Inside one group the answers to {question} differ by {levels} level.",
        "Inside one group the answers to {question} differ by {levels} levels.",
        formats.counted(levels, 1),
    ).format(question=topic_words(report.instrument, code), levels=formats.number(levels, 1))


def observed_fact(reason: Reason) -> float | str:
    observed = reason.observed
    return ", ".join(observed) if isinstance(observed, tuple) else observed


def points_words(reason: Reason) -> str:
    value = float(observed_fact(reason))
    return formats.number(value, 0 if float(value).is_integer() else 1)


FAMILIES: Mapping[str, Callable[[ReportData, str, Reason], str]] = {
    "level": _level,
    "score": _score,
    "direction": _direction,
    "directions": _directions,
    "standing": _standing,
    "answer": _answer,
    "points": _points,
    "profile": _profile,
    "unknown": _unknown,
    "gap": _gap,
    "disagreement": _disagreement,
}
