"""What each name of the condition language can be in an instrument."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import chain, combinations
from math import floor
from typing import TYPE_CHECKING

from assessment.instrument.conditions.evaluate import AnyOf
from assessment.instrument.issues import Issue

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from assessment.instrument.conditions.evaluate import Fact
    from assessment.instrument.conditions.grammar import Comparison, Limit
    from assessment.instrument.issues import Param

ORDERS = frozenset({"<", "<=", ">", ">="})


@dataclass(frozen=True, slots=True)
class Numbers:
    """From `low` to `high`; `whole` where nothing between whole numbers can occur.

    `any_of`: one name for several numbers (`gap.sectors.any`), of which one is enough.
    """

    low: int
    high: int
    whole: bool = False
    any_of: bool = False

    def asking(self, name: str, value: str) -> str:
        """The condition that `name` has this value."""
        return f"{name} == {value}"

    def fault(self, comparison: Comparison) -> Issue | None:
        if any(isinstance(value, str) for value in limit_values(comparison.limit)):
            return fault_of(comparison, "text_for_number")
        if self.any_of and comparison.operator not in ORDERS:
            return fault_of(comparison, "only_orders")
        return None

    def samples(self, limits: Iterable[Fraction | str]) -> list[Fact]:
        step = Fraction(1) if self.whole else Fraction(1, 1000)
        edges = {limit for limit in limits if isinstance(limit, Fraction)}
        near = {edge + by for edge in edges for by in (-step, Fraction(0), step)}
        near |= {Fraction(self.low), Fraction(self.high)}
        if self.whole:
            near = {Fraction(floor(value)) for value in near}
        inside = sorted(value for value in near if self.low <= value <= self.high)
        if not self.any_of:
            return list(inside)
        # All at once makes true what any of them makes true, one alone what needs the others away.
        every = [tuple(("", value) for value in inside), *((("", value),) for value in inside)]
        return [AnyOf(members) for members in every]


@dataclass(frozen=True, slots=True)
class Categories:
    """One of a few slugs."""

    allowed: tuple[str, ...]

    def asking(self, name: str, value: str) -> str:
        return f'{name} == "{value}"'

    def fault(self, comparison: Comparison) -> Issue | None:
        if comparison.operator in ORDERS:
            return fault_of(comparison, "text_without_order")
        if comparison.operator in {"in", "not_in"} and not isinstance(comparison.limit, tuple):
            return fault_of(comparison, "single_value")
        return unknown_values(comparison, self.allowed)

    def samples(self, limits: Iterable[Fraction | str]) -> list[Fact]:
        named = [word for word in self.allowed if word in set(limits)]
        return [*named, *[word for word in self.allowed if word not in named][:1]]


@dataclass(frozen=True, slots=True)
class OptionSets:
    """Several options of one question; `alone` are those that exclude the others.

    `samples` takes every set of the options that a comparison names and of one more.
    """

    allowed: tuple[str, ...]
    alone: tuple[str, ...]

    def asking(self, name: str, value: str) -> str:
        return f'"{value}" in {name}'

    def fault(self, comparison: Comparison) -> Issue | None:
        if comparison.operator not in {"in", "not_in"} or isinstance(comparison.limit, tuple):
            return fault_of(comparison, "several_options")
        return unknown_values(comparison, (*self.allowed, *self.alone))

    def samples(self, limits: Iterable[Fraction | str]) -> list[Fact]:
        named = [option for option in self.allowed if option in set(limits)]
        others = [option for option in self.allowed if option not in named][:1]
        several = powerset([*named, *others])
        together = map(frozenset, filter(None, several))
        return [*(frozenset({option}) for option in self.alone), *together]


Domain = Numbers | Categories | OptionSets


def limit_values(limit: Limit) -> tuple[Fraction | str, ...]:
    return limit if isinstance(limit, tuple) else (limit,)


def powerset(items: list[str]) -> Iterator[tuple[str, ...]]:
    return chain.from_iterable(combinations(items, size) for size in range(len(items) + 1))


def unknown_values(comparison: Comparison, allowed: tuple[str, ...]) -> Issue | None:
    strange = [value for value in limit_values(comparison.limit) if value not in allowed]
    return fault_of(comparison, "impossible_value", value=str(strange[0])) if strange else None


def fault_of(comparison: Comparison, code: str, **params: Param) -> Issue:
    return Issue(code, params={"name": comparison.name, **params})
