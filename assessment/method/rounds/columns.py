"""One question in one cell, and the exact sums of what was answered there."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from assessment.method.items import Item


@dataclass(frozen=True)
class Column:
    """The items of a cell's members; what is worked out of them serves every group of the cell."""

    items: Sequence[Item]

    @cached_property
    def statuses(self) -> frozenset[str]:
        return frozenset("counted" if item.counted else item.status for item in self.items)

    @cached_property
    def score(self) -> Fraction | None:
        return plain_mean([item.score for item in self.items if item.score is not None])

    @cached_property
    def number(self) -> Fraction | None:
        return plain_mean([item.fact for item in self.items if isinstance(item.fact, Fraction)])

    @cached_property
    def shares(self) -> Mapping[str, Fraction] | None:
        """By option the share (0-1) of answers that chose it; None where nobody chose any."""
        facts = [item.fact for item in self.items if isinstance(item.fact, frozenset)]
        chosen = Counter(option for fact in facts for option in fact)
        return {o: Fraction(n, len(facts)) for o, n in chosen.items()} if facts else None

    @cached_property
    def answered(self) -> int:
        return sum(item.status == "answered" and not item.together for item in self.items)

    @cached_property
    def defaulted(self) -> int:
        return sum(item.counted and not item.together for item in self.items)

    @cached_property
    def dont_knows(self) -> int:
        return sum(item.dont_knows for item in self.items)

    @cached_property
    def asked(self) -> int:
        return sum(item.asked for item in self.items)


def plain_mean(values: Sequence[Fraction]) -> Fraction | None:
    return total(values) / len(values) if values else None


def total(values: Iterable[Fraction]) -> Fraction:
    """Their exact sum: of a thousand answers most are one of few, and have few denominators."""
    numerators: dict[int, int] = {}
    for value, number in tally(values):
        below = value.denominator
        numerators[below] = numerators.get(below, 0) + number * value.numerator
    return sum((Fraction(above, below) for below, above in numerators.items()), Fraction(0))


def tally(values: Iterable[Fraction]) -> Iterator[tuple[Fraction, int]]:
    """Each number with how often it stands there; one that was made twice may come twice.

    They are told apart as objects: to hash or compare fractions takes longer than to add them.
    """
    held = list(values)
    known = {id(value): value for value in held}
    return ((known[at], number) for at, number in Counter(map(id, held)).items())
