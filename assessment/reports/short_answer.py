"""An answer in few words: its label, and its place among the steps of the question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from assessment.instrument.kinds.registry import kind_of, max_points
from assessment.reports import formats
from assessment.reports.wording import mean_words

if TYPE_CHECKING:
    from assessment.instrument.model import Question
    from assessment.method.result import ItemResult


def short_answer(question: Question, item: ItemResult) -> str:
    """The answer by the labels of its options, where the bank has them; nothing where it is open.

    The full words stand in the annexes, once.
    """
    if item.status != "answered":
        return ""
    if item.value is None:
        return " ".join(mean_answer(question, item))
    labels = {option.text: option.label for option in question.options}
    words = kind_of(question).words(question, item.value)
    return formats.semicolon().join(labels.get(text) or text for text in words)


def place_words(question: Question, item: ItemResult) -> str:
    """Where on its steps an answer stands; nothing for a kind that has none."""
    kind = kind_of(question)
    if not kind.has_levels or item.status != "answered" or item.score is None:
        return ""
    top = max_points(question)
    level = item.score * top / 100
    shown = formats.number(level, 0 if float(level).is_integer() else 1)
    return _("{level} of {top}").format(level=shown, top=formats.number(top))


def mean_answer(question: Question, item: ItemResult) -> tuple[str, ...]:
    if item.score is None:
        return ()
    kind = kind_of(question)
    if kind.has_levels:
        return (mean_words(question, item.score * max_points(question) / 100),)
    return (_("on average {score} of 100").format(score=formats.score(item.score)),)
