"""A condition in words: what it asks, for those who write it."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment.instrument.conditions.grammar import And, Comparison, Not
from assessment.instrument.kinds.registry import kind_of
from assessment.reports import formats
from assessment.reports.reason_wording import fact_words
from assessment.reports.wording import (
    COUNT,
    DIRECTIONS,
    STANDINGS,
    profile_words,
    topic_words,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.utils.functional import _StrPromise

    from assessment.instrument.conditions.grammar import Condition, Literal, Node
    from assessment.instrument.model import Instrument

ANY = "any"
JUDGED_WORDS = {"direction": DIRECTIONS, "standing": STANDINGS}
OPERATORS: Mapping[str, _StrPromise] = {
    "==": gettext_lazy("{subject} is {value}"),
    "!=": gettext_lazy("{subject} is not {value}"),
    "<": gettext_lazy("{subject} is below {value}"),
    "<=": gettext_lazy("{subject} is at most {value}"),
    ">": gettext_lazy("{subject} is above {value}"),
    ">=": gettext_lazy("{subject} is at least {value}"),
    "in": gettext_lazy("{subject} is one of these: {value}"),
    "not_in": gettext_lazy("{subject} is none of these: {value}"),
}


def describe(condition: Condition, instrument: Instrument) -> str:
    """One sentence; the condition must have passed `check` in this instrument."""
    return _("This is true where {condition}.").format(
        condition=node_words(condition.tree, instrument)
    )


def node_words(node: Node, instrument: Instrument) -> str:
    if isinstance(node, Comparison):
        return comparison_words(node, instrument)
    if isinstance(node, Not):
        return _("it is not so that ({part})").format(part=node_words(node.part, instrument))
    joined = _("{first} and {second}") if isinstance(node, And) else _("{first} or {second}")
    parts = [part_words(part, instrument) for part in node.parts]
    return reduce(lambda first, second: joined.format(first=first, second=second), parts)


def part_words(node: Node, instrument: Instrument) -> str:
    words = node_words(node, instrument)
    return words if isinstance(node, Comparison | Not) else f"({words})"


def comparison_words(comparison: Comparison, instrument: Instrument) -> str:
    chosen = chosen_option_words(comparison, instrument)
    if chosen:
        return chosen
    limit = comparison.limit
    values = limit if isinstance(limit, tuple) else (limit,)
    compared = ", ".join(value_words(comparison.name, value, instrument) for value in values)
    subject = subject_words(comparison.name, instrument)
    return str(OPERATORS[comparison.operator]).format(subject=subject, value=compared)


def chosen_option_words(comparison: Comparison, instrument: Instrument) -> str:
    """For a question with several answers: whether one of them is chosen; else nothing."""
    family, _dot, code = comparison.name.partition(".")
    question = instrument.question.get(code)
    if family != "answer" or question is None or not kind_of(question).several:
        return ""
    option = question.option(str(comparison.limit))
    values = {"option": option.text if option else comparison.limit, "code": code}
    if comparison.operator == "in":
        return _("“{option}” is chosen in {code}").format(**values)
    return _("“{option}” is not chosen in {code}").format(**values)


def subject_words(name: str, instrument: Instrument) -> str:
    """What a name of the condition language stands for."""
    family, _dot, code = name.partition(".")
    return SUBJECTS[family](code, instrument)


def _level(code: str, instrument: Instrument) -> str:
    return _("the level of {topic}").format(topic=topic_words(instrument, code))


def _score(code: str, instrument: Instrument) -> str:
    return _("the score of {topic}").format(topic=topic_words(instrument, code))


def _direction(code: str, instrument: Instrument) -> str:
    return _("the direction of {topic}").format(topic=topic_words(instrument, code))


def _directions(code: str, instrument: Instrument) -> str:
    return _("the number of dimensions whose direction is “{direction}”").format(
        direction=DIRECTIONS[code]
    )


def _standing(code: str, instrument: Instrument) -> str:
    return _("how much is known of {topic}").format(topic=topic_words(instrument, code))


def _answer(code: str, instrument: Instrument) -> str:
    return _("the answer to {code} {question}").format(
        code=code, question=topic_words(instrument, code)
    )


def _points(code: str, instrument: Instrument) -> str:
    return _("the number of points reached in {code} {question}").format(
        code=code, question=topic_words(instrument, code)
    )


def _profile(code: str, instrument: Instrument) -> str:
    fixed = {"region": _("the region of the scheme"), "country": _("the country of the scheme")}
    question = next((q for q in instrument.profile_questions if q.profile == code), None)
    if code in fixed or question is None:
        return fixed.get(code, code)
    return _("the answer to “{question}”").format(question=question.text)


def _unknown(code: str, instrument: Instrument) -> str:
    if code == COUNT:
        return _("the number of dimensions with many “I do not know”")
    if code == ANY:
        return _("the share of “I do not know” in some dimension")
    return _("the share of “I do not know” on {topic}").format(topic=topic_words(instrument, code))


def _gap(code: str, instrument: Instrument) -> str:
    between, _dot, on = code.partition(".")
    topic = _("some dimension") if on == ANY else topic_words(instrument, on)
    if between == "sectors":
        return _("the difference in levels between the two sectors on {topic}").format(topic=topic)
    return _("the difference in levels between national and local on {topic}").format(topic=topic)


def _disagreement(code: str, instrument: Instrument) -> str:
    return _("the disagreement inside one group (in levels)")


SUBJECTS: Mapping[str, Callable[[str, Instrument], str]] = {
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


def value_words(name: str, value: Literal, instrument: Instrument) -> str:
    family, _dot, code = name.partition(".")
    if isinstance(value, str):
        return formats.quoted(option_words(family, code, value, instrument))
    labels = instrument.scale.labels
    if family == "level" and value.denominator == 1 and 0 <= value < len(labels):
        return formats.quoted(labels[int(value)])
    if family == "unknown" and code != COUNT:
        return formats.percent(float(value))
    if family == "answer" and value.denominator == 1:
        return compared_answer_words(code, int(value), instrument)
    return formats.number(float(value), 0 if value.denominator == 1 else 2)


def option_words(family: str, code: str, value: str, instrument: Instrument) -> str:
    """The words of a value that is no number, of a question or of the profile."""
    if family == "answer":
        return fact_words(instrument.question[code], value)
    if family in JUDGED_WORDS:
        return str(JUDGED_WORDS[family][value])
    return profile_words(instrument, code, value)


def compared_answer_words(code: str, value: int, instrument: Instrument) -> str:
    question = instrument.question[code]
    option = question.option(str(value))
    if option is None:
        return f"{formats.number(value)} {question.unit}".strip()
    return f"{value} {formats.quoted(option.text)}"
