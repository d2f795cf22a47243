"""A whole number within bounds; its score runs from one goalpost to the other."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from assessment.instrument.answers import BadAnswer
from assessment.instrument.conditions.domains import Numbers
from assessment.instrument.issues import Where, issues_unless
from assessment.instrument.kinds.kind import Improvement, ScoredKind
from assessment.instrument.kinds.parse import as_number, number_in_range
from assessment.instrument.kinds.written_number import (
    Between,
    NotWhole,
    TooLarge,
    Unclear,
    read_written_number,
)
from assessment.instrument.model import HIGHEST
from assessment.instrument.plain_text import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from random import Random

    from assessment.instrument.answers import Value
    from assessment.instrument.conditions.domains import Domain
    from assessment.instrument.conditions.evaluate import Fact
    from assessment.instrument.issues import Issue
    from assessment.instrument.model import Question

WIDEST = 999_999_999


class NumberKind(ScoredKind):
    name = "number"
    field = "number"
    steps = ("step_low",)

    def read(self, question: Question, raw: object) -> Value:
        low, high = number_range(question)
        number = raw if not isinstance(raw, str) else written_number(question, raw)
        return number_in_range(question, number, low, high)

    def words(self, question: Question, value: Value) -> tuple[str, ...]:
        return (f"{value} {question.unit}".strip(),)

    def score(self, question: Question, value: Value) -> Fraction:
        low, high = question.goalposts or number_range(question)
        share = Fraction(as_number(value) - low, high - low)
        return 100 * min(max(share, Fraction(0)), Fraction(1))

    def sampler(self, question: Question, random: Random) -> Callable[[], float]:
        draw, (low, high) = random.random, number_range(question)
        return lambda: float(self.score(question, low + int(draw() * (high - low + 1))))

    def improvements(
        self, question: Question, score: Fraction, fact: Fact | None
    ) -> Iterator[Improvement]:
        if score < HIGHEST:
            yield Improvement(score / HIGHEST, 1, HIGHEST - score)

    def max_points(self, question: Question) -> int:
        return number_range(question)[1]

    def fact(self, question: Question, value: Value) -> Fact | None:
        return Fraction(as_number(value))

    def mean_fact(
        self, question: Question, score: Fraction | None, number: Fraction | None
    ) -> Fact | None:
        return number

    def domain(self, question: Question) -> Domain | None:
        return Numbers(*number_range(question))

    def validate(self, question: Question) -> Iterator[Issue]:
        bounded = question.minimum is not None and question.maximum is not None
        counts = question.scored and bool(question.dimension)
        at = Where("questions", question.code)
        return issues_unless(
            (bounded, at.issue("minimum", "no_bounds")),
            (not counts or question.goalposts is not None, at.issue("goalposts", "no_goalposts")),
        )


def written_number(question: Question, raw: str) -> int:
    low, high = number_range(question)
    try:
        return read_written_number(raw, question.unit)
    except Between as error:
        if not low <= error.below < high:
            raise BadAnswer("out_of_range", question=question.code, low=low, high=high) from error
        raise BadAnswer(
            "between_whole",
            question=question.code,
            written=visible(raw),
            below=error.below,
            above=error.below + 1,
        ) from error
    except NotWhole as error:
        raise BadAnswer("not_whole", question=question.code) from error
    except Unclear as error:
        raise BadAnswer("unclear_number", question=question.code, written=visible(raw)) from error
    except TooLarge as error:
        raise BadAnswer("out_of_range", question=question.code, low=low, high=high) from error


def number_range(question: Question) -> tuple[int, int]:
    low = -WIDEST if question.minimum is None else question.minimum
    return low, WIDEST if question.maximum is None else question.maximum
