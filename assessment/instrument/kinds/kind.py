"""What a kind of question is: everything that differs from kind to kind is asked of its class."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from fractions import Fraction
    from random import Random

    from assessment.instrument.answers import Value
    from assessment.instrument.conditions.domains import Domain
    from assessment.instrument.conditions.evaluate import Fact
    from assessment.instrument.issues import Issue
    from assessment.instrument.model import Question


@dataclass(frozen=True, slots=True)
class Improvement:
    """From `start` to `to`, levels or parts of a whole; `points` of the question's 0-100.

    `option` is the one that is missing where several can be chosen.
    """

    start: Fraction
    to: int
    points: Fraction
    option: str = ""


class Kind(ABC):
    """A kind that is answered and not scored; see ScoredKind for those that count.

    A kind holds no state: one object serves all its questions.
    """

    name: ClassVar[str]
    """Stands in `Question.kind`, in the seeds and in the workbook: never renamed."""
    field: ClassVar[str]
    """The form field it wants: one_option | several_options | number | country | text."""
    several: ClassVar[bool] = False
    """An answer is a tuple of options, and conditions ask `"option" in answer.X`."""
    has_levels: ClassVar[bool] = False
    """Answers stand on described steps, so that there is a next one."""
    steps: ClassVar[tuple[str, ...]] = ()
    """The fields of a question that hold what to do next: by how far somebody has come."""
    option_steps: ClassVar[bool] = False
    """Each option holds what to do where it is not chosen."""
    free_text: ClassVar[bool] = False
    """Own words: never counted, never in files of answers, no "I do not know" beside them."""

    @final
    @property
    def scored(self) -> bool:
        """Whether its answers can count; nothing says so but that it is a ScoredKind."""
        return isinstance(self, ScoredKind)

    @abstractmethod
    def read(self, question: Question, raw: object) -> Value:
        """The value of an answer from outside: of a form, all text, or of a file; raises BadAnswer.

        A value that was read is read again as itself.
        """

    @abstractmethod
    def words(self, question: Question, value: Value) -> tuple[str, ...]:
        """The answer in the words of the bank, a line each."""

    def fact(self, question: Question, value: Value) -> Fact | None:
        """What conditions may know as `answer.X`.

        A number or a text that is a value of the question, since reports put it in words.
        """
        return None

    def mean_fact(
        self, question: Question, score: Fraction | None, number: Fraction | None
    ) -> Fact | None:
        """The same of several answers, by their mean score (0-100) and their mean number."""
        return None

    def shared_fact(
        self, question: Question, shares: Mapping[str, Fraction], least: Fraction
    ) -> Fact | None:
        """The same of several answers, by the share (0-1) of those who chose each option."""
        return None

    def points_fact(self, question: Question, score: Fraction) -> Fraction | None:
        """What conditions may know as `points.X`, None where the kind has no points."""
        return None

    def domain(self, question: Question) -> Domain | None:
        """Everything that `answer.X` can be; None where no condition can speak of it.

        Asked of drafts as well, where options may still be missing.
        """
        return None

    def points_domain(self, question: Question) -> Domain | None:
        """Everything that `points.X` can be."""
        return None

    def validate(self, question: Question) -> Iterator[Issue]:
        """What keeps a question of this kind from being asked."""
        return iter(())


class ScoredKind(Kind):
    """A kind whose answers count: 0-100 points of its dimension."""

    @abstractmethod
    def score(self, question: Question, value: Value) -> Fraction:
        """0-100."""

    @abstractmethod
    def sampler(self, question: Question, random: Random) -> Callable[[], float]:
        """Gives at each call the score of an answer drawn at random, every answer alike.

        A result calls it a thousand times: what does not change is worked out before.
        """

    def improvements(
        self, question: Question, score: Fraction, fact: Fact | None
    ) -> Iterator[Improvement]:
        """What can be done next: one thing for a level or a number, one an option of several."""
        return iter(())

    @abstractmethod
    def max_points(self, question: Question) -> int:
        """The points that stand for 100: the top level, all options, the largest number."""
