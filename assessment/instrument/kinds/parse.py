"""What several kinds read alike: whole numbers and options, refused with a reason."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assessment.instrument.answers import BadAnswer
from assessment.instrument.plain_text import visible

if TYPE_CHECKING:
    from assessment.instrument.answers import Value
    from assessment.instrument.model import Question

WHOLE_NUMBER = re.compile(r"-?[0-9]{1,9}")


def whole_number(question: Question, raw: object) -> int:
    if isinstance(raw, str) and WHOLE_NUMBER.fullmatch(raw):
        return int(raw)
    if isinstance(raw, bool) or not isinstance(raw, int):
        raise BadAnswer("not_whole", question=question.code)
    return raw


def number_in_range(question: Question, raw: object, low: int, high: int) -> int:
    value = whole_number(question, raw)
    if not low <= value <= high:
        raise BadAnswer("out_of_range", question=question.code, low=low, high=high)
    return value


def option_value(question: Question, raw: object) -> str:
    if not isinstance(raw, str) or question.option(raw) is None:
        raise BadAnswer("unknown_option", question=question.code, option=describe_value(raw))
    return raw


def describe_value(raw: object) -> str:
    """A value of a file as it may be printed in a refusal: short, on one line."""
    return visible(raw[:40]) if isinstance(raw, str) else type(raw).__name__


def as_number(value: Value) -> int:
    if not isinstance(value, int):
        raise TypeError(value)
    return value


def as_options(value: Value) -> tuple[str, ...]:
    if not isinstance(value, tuple):
        raise TypeError(value)
    return value


def option_words(question: Question, value: Value) -> tuple[str, ...]:
    chosen = value if isinstance(value, tuple) else (str(value),)
    return tuple(option.text for option in question.options if option.value in chosen)
