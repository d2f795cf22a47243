"""A described level from 0 to 4."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING

from assessment.instrument.conditions.domains import Numbers
from assessment.instrument.issues import Where, issues_unless
from assessment.instrument.kinds.kind import Improvement, ScoredKind
from assessment.instrument.kinds.parse import as_number, number_in_range, option_words
from assessment.instrument.model import HIGHEST

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from random import Random

    from assessment.instrument.answers import Value
    from assessment.instrument.conditions.domains import Domain
    from assessment.instrument.conditions.evaluate import Fact
    from assessment.instrument.issues import Issue
    from assessment.instrument.model import Question

LEVELS = [0, 1, 2, 3, 4]


class LevelKind(ScoredKind):
    name = "level"
    field = "one_option"
    has_levels = True
    steps = ("step_low", "step_high")

    def read(self, question: Question, raw: object) -> Value:
        return number_in_range(question, raw, 0, self.max_points(question))

    def words(self, question: Question, value: Value) -> tuple[str, ...]:
        return option_words(question, value)

    def score(self, question: Question, value: Value) -> Fraction:
        return share_of_points(as_number(value), self.max_points(question))

    def sampler(self, question: Question, random: Random) -> Callable[[], float]:
        draw, top = random.random, self.max_points(question)
        scores = [100 * level / top for level in range(top + 1)]
        return lambda: scores[int(draw() * (top + 1))]

    def improvements(
        self, question: Question, score: Fraction, fact: Fact | None
    ) -> Iterator[Improvement]:
        if score < HIGHEST:
            width = HIGHEST / self.max_points(question)
            start = score / width
            to = int(start) + 1
            yield Improvement(start, to, to * width - score)

    def max_points(self, question: Question) -> int:
        points = [option.points for option in question.options]
        return max(points) if points else LEVELS[-1]

    def fact(self, question: Question, value: Value) -> Fact | None:
        return as_fraction(as_number(value))

    def mean_fact(
        self, question: Question, score: Fraction | None, number: Fraction | None
    ) -> Fact | None:
        return None if score is None else score * self.max_points(question) / HIGHEST

    def domain(self, question: Question) -> Domain | None:
        return Numbers(0, self.max_points(question))

    def validate(self, question: Question) -> Iterator[Issue]:
        values = [option.value for option in question.options]
        points = [option.points for option in question.options]
        rising = values == list(map(str, LEVELS)) and points == LEVELS
        at = Where("questions", question.code)
        return issues_unless((rising, at.issue("kind", "five_levels")))


@lru_cache(maxsize=1000)
def as_fraction(number: int) -> Fraction:
    return Fraction(number)


@lru_cache(maxsize=1000)
def share_of_points(points: int, most: int) -> Fraction:
    """0-100; kept, because everybody who answers a round has one of five."""
    return HIGHEST * points / most
