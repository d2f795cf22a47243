"""The kinds of question: how an answer is read, scored, named in conditions and put in words."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from assessment.instrument.answers import DONT_KNOW, NOT_APPLICABLE, Answer, BadAnswer, Value
from assessment.instrument.plain_text import normalise_text, unsupported_character, visible

if TYPE_CHECKING:
    from random import Random

    from assessment.instrument.conditions.evaluate import Fact
    from assessment.instrument.model import Question

WHOLE = re.compile(r"-?[0-9]{1,9}")
COUNTRY = re.compile(r"[A-Z]{2}")
LONGEST_TEXT = 4000
WIDEST = 999_999_999


@dataclass(frozen=True, slots=True)
class Kind:
    """What a kind of question can do. Others ask for these, and not which kind a question is.

    `read` makes a value of raw input or raises BadAnswer, `score` is 0-100, `fact` is what
    conditions read as `answer.X`, `words` are the lines of an answer, `sample` a random score for
    the robustness draws, `max_points` and `range` the bounds of points and of numbers. `scored`
    kinds can count, `several` hold a set of options, `stepped` have a next level, `free_text` is
    what a person wrote and is neither scored nor shown of several people. A form field for each
    kind stands in web/questionnaire/fields.py; docs/contributing.md lists what else knows kinds.
    """

    read: Callable[[Question, object], Value]
    score: Callable[[Question, Value], Fraction | None]
    fact: Callable[[Question, Value], Fact | None]
    words: Callable[[Question, Value], tuple[str, ...]]
    sample: Callable[[Question, Random], float]
    max_points: Callable[[Question], int]
    range: Callable[[Question], tuple[int, int]]
    scored: bool = False
    several: bool = False
    stepped: bool = False
    free_text: bool = False


def read_answer(question: Question, raw: object) -> Answer:
    """The validation every value passes to become an answer; raises BadAnswer.

    From a form, a file, a preview or the database: whoever needs an Answer calls this.
    """
    kind = KINDS[question.kind]
    if raw == DONT_KNOW and not kind.free_text:
        return Answer(DONT_KNOW)
    if raw == NOT_APPLICABLE and not kind.free_text:
        if not question.not_applicable:
            raise BadAnswer("not_offered", question=question.code)
        return Answer(NOT_APPLICABLE)
    return Answer("answered", kind.read(question, raw))


def score(question: Question, value: Value) -> Fraction | None:
    """0-100, or None where the question is not scored."""
    return KINDS[question.kind].score(question, value) if question.scored else None


def whole_number(question: Question, raw: object) -> int:
    if isinstance(raw, str) and WHOLE.fullmatch(raw):
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
    return visible(raw[:40]) if isinstance(raw, str) else type(raw).__name__


def read_level(question: Question, raw: object) -> Value:
    return number_in_range(question, raw, *level_range(question))


def read_number(question: Question, raw: object) -> Value:
    return number_in_range(question, raw, *number_range(question))


def read_multi(question: Question, raw: object) -> Value:
    if not isinstance(raw, list | tuple):
        raise BadAnswer("not_list", question=question.code)
    chosen = [option_value(question, item) for item in raw]
    if not chosen:
        raise BadAnswer("empty", question=question.code)
    if len(set(chosen)) < len(chosen):
        raise BadAnswer("twice", question=question.code)
    alone = [option.value for option in question.options if option.exclusive]
    if len(chosen) > 1 and set(alone) & set(chosen):
        raise BadAnswer("not_alone", question=question.code)
    return tuple(sorted(chosen))


def read_choice(question: Question, raw: object) -> Value:
    return option_value(question, raw)


def read_country(question: Question, raw: object) -> Value:
    if not isinstance(raw, str) or not COUNTRY.fullmatch(raw):
        raise BadAnswer("unknown_country", question=question.code, country=describe_value(raw))
    return raw


def read_text(question: Question, raw: object) -> Value:
    if not isinstance(raw, str):
        raise BadAnswer("not_text", question=question.code)
    text = normalise_text(raw).strip()
    if not text:
        raise BadAnswer("empty", question=question.code)
    if len(text) > LONGEST_TEXT:
        raise BadAnswer("too_long", question=question.code, longest=LONGEST_TEXT)
    odd = unsupported_character(text)
    if odd:
        raise BadAnswer("odd_character", question=question.code, character=f"U+{odd}")
    return text


def level_range(question: Question) -> tuple[int, int]:
    return 0, max(option.points for option in question.options)


def number_range(question: Question) -> tuple[int, int]:
    low = -WIDEST if question.minimum is None else question.minimum
    return low, WIDEST if question.maximum is None else question.maximum


def goalposts(question: Question) -> tuple[int, int]:
    return question.goalposts or number_range(question)


def most_points(question: Question) -> int:
    """The points of somebody who chooses everything."""
    return sum(option.points for option in question.options if not option.exclusive)


def score_level(question: Question, value: Value) -> Fraction:
    return Fraction(100 * as_number(value), level_range(question)[1])


def score_multi(question: Question, value: Value) -> Fraction:
    points = sum(option.points for option in question.options if option.value in as_options(value))
    return Fraction(100 * points, most_points(question))


def score_number(question: Question, value: Value) -> Fraction:
    low, high = goalposts(question)
    share = Fraction(as_number(value) - low, high - low)
    return 100 * min(max(share, Fraction(0)), Fraction(1))


def as_number(value: Value) -> int:
    if not isinstance(value, int):
        raise TypeError(value)
    return value


def as_options(value: Value) -> tuple[str, ...]:
    if not isinstance(value, tuple):
        raise TypeError(value)
    return value


def sample_level(question: Question, random: Random) -> float:
    top = level_range(question)[1]
    return 100 * int(random.random() * (top + 1)) / top


def sample_multi(question: Question, random: Random) -> float:
    chosen = [o.points for o in question.options if not o.exclusive and random.random() < 0.5]
    return 100 * sum(chosen) / most_points(question)


def sample_number(question: Question, random: Random) -> float:
    low, high = number_range(question)
    return float(score_number(question, low + int(random.random() * (high - low + 1))))


def option_words(question: Question, value: Value) -> tuple[str, ...]:
    chosen = value if isinstance(value, tuple) else (str(value),)
    return tuple(option.text for option in question.options if option.value in chosen)


def number_words(question: Question, value: Value) -> tuple[str, ...]:
    return (f"{value} {question.unit}".strip(),)


def literal_words(question: Question, value: Value) -> tuple[str, ...]:
    del question
    return (str(value),)


def number_fact(question: Question, value: Value) -> Fact | None:
    del question
    return Fraction(as_number(value))


def several_fact(question: Question, value: Value) -> Fact | None:
    del question
    return frozenset(as_options(value))


def no_fact(question: Question, value: Value) -> Fact | None:
    del question, value
    return None


def no_score(question: Question, value: Value) -> Fraction | None:
    del question, value
    return None


def no_sample(question: Question, random: Random) -> float:
    del question, random
    return 0.0


def unscored_kind(
    read: Callable[[Question, object], Value],
    words: Callable[[Question, Value], tuple[str, ...]],
    *,
    free_text: bool = False,
) -> Kind:
    return Kind(
        read, no_score, no_fact, words, no_sample, most_points, number_range, free_text=free_text
    )


KINDS: Mapping[str, Kind] = {
    "level": Kind(
        read_level,
        score_level,
        number_fact,
        option_words,
        sample_level,
        lambda question: level_range(question)[1],
        level_range,
        scored=True,
        stepped=True,
    ),
    "multi": Kind(
        read_multi,
        score_multi,
        several_fact,
        option_words,
        sample_multi,
        most_points,
        lambda question: (0, most_points(question)),
        scored=True,
        several=True,
    ),
    "number": Kind(
        read_number,
        score_number,
        number_fact,
        number_words,
        sample_number,
        lambda question: number_range(question)[1],
        number_range,
        scored=True,
    ),
    "choice": unscored_kind(read_choice, option_words),
    "country": unscored_kind(read_country, literal_words),
    "text": unscored_kind(read_text, literal_words, free_text=True),
}
