"""Several options, each with points; one of them says that there is none."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from assessment.instrument.answers import BadAnswer
from assessment.instrument.conditions.domains import Numbers, OptionSets
from assessment.instrument.issues import Where, issues_unless
from assessment.instrument.kinds.kind import Improvement, ScoredKind
from assessment.instrument.kinds.parse import as_options, option_value, option_words
from assessment.instrument.model import HIGHEST, LOWEST

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from random import Random

    from assessment.instrument.answers import Value
    from assessment.instrument.conditions.domains import Domain
    from assessment.instrument.conditions.evaluate import Fact
    from assessment.instrument.issues import Issue
    from assessment.instrument.model import Question


class MultiKind(ScoredKind):
    name = "multi"
    field = "several_options"
    several = True
    option_steps = True

    def read(self, question: Question, raw: object) -> Value:
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

    def words(self, question: Question, value: Value) -> tuple[str, ...]:
        return option_words(question, value)

    def score(self, question: Question, value: Value) -> Fraction:
        chosen = as_options(value)
        points = sum(option.points for option in question.options if option.value in chosen)
        return HIGHEST * points / self.max_points(question)

    def sampler(self, question: Question, random: Random) -> Callable[[], float]:
        draw, most = random.random, self.max_points(question)
        points = [option.points for option in question.options if not option.exclusive]
        return lambda: 100 * sum([some for some in points if draw() < 0.5]) / most

    def improvements(
        self, question: Question, score: Fraction, fact: Fact | None
    ) -> Iterator[Improvement]:
        """Each option that gives points; where there is nothing at all, first what gives none.

        Of a body its meetings count and not its name, and yet it has to be named before it meets.
        """
        chosen = fact if isinstance(fact, frozenset) else frozenset()
        nothing = any(option.exclusive and option.value in chosen for option in question.options)
        first = [o for o in question.options if not o.points and not o.exclusive]
        wanted = first if nothing and first else [o for o in question.options if o.points]
        for option in wanted:
            if option.value not in chosen:
                points = HIGHEST * Fraction(option.points) / self.max_points(question)
                yield Improvement(LOWEST, 1, points, option.value)

    def max_points(self, question: Question) -> int:
        """The points of somebody who chooses everything."""
        return sum(option.points for option in question.options if not option.exclusive)

    def fact(self, question: Question, value: Value) -> Fact | None:
        return frozenset(as_options(value))

    def shared_fact(
        self, question: Question, shares: Mapping[str, Fraction], least: Fraction
    ) -> Fact | None:
        return frozenset(value for value, share in shares.items() if share >= least)

    def points_fact(self, question: Question, score: Fraction) -> Fraction | None:
        return score * self.max_points(question) / HIGHEST

    def domain(self, question: Question) -> Domain | None:
        return OptionSets(
            tuple(option.value for option in question.options if not option.exclusive),
            tuple(option.value for option in question.options if option.exclusive),
        )

    def points_domain(self, question: Question) -> Domain | None:
        return Numbers(0, self.max_points(question))

    def validate(self, question: Question) -> Iterator[Issue]:
        alone = [option.value for option in question.options if option.exclusive]
        points = sum(option.points for option in question.options)
        at = Where("questions", question.code)
        return issues_unless(
            (len(question.options) > 1, at.issue("kind", "two_options")),
            (alone == ["none"], at.issue("kind", "one_exclusive_none")),
            (not question.scored or points > 0, at.issue("kind", "no_points")),
        )
