"""What a condition says of known facts, in three values: True, False, and None for unknown.

Kleene's logic: a missing fact makes its comparison unknown, `and` is false as soon as one part is,
`or` true as soon as one is, and whatever that leaves open stays unknown. A rule speaks only where
its condition is true, a question is hidden only where its condition is false.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, cast

from assessment.instrument.conditions.grammar import (
    And,
    Comparison,
    Condition,
    Node,
    Not,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Several members under one name (`gap.sectors.any`): one that satisfies is enough."""

    members: tuple[tuple[str, Fraction], ...]


@dataclass(frozen=True, slots=True)
class Interval:
    """A level or a direction known as an interval: certain only where all its values agree."""

    values: tuple[Fraction | str, ...]


Fact = Fraction | str | frozenset[str] | AnyOf | Interval
Facts = Mapping[str, Fact]
"""What is known, by the names of the language; a name that is missing is unknown."""


def evaluate(condition: Condition, facts: Facts) -> bool | None:
    return evaluate_node(condition.tree, facts)


def evaluate_node(node: Node, facts: Facts) -> bool | None:
    if isinstance(node, Comparison):
        return holds(node, facts)
    if isinstance(node, Not):
        inner = evaluate_node(node.part, facts)
        return None if inner is None else not inner
    decisive, known = not isinstance(node, And), True
    for part in node.parts:
        value = evaluate_node(part, facts)
        if value is decisive:
            return decisive
        known = known and value is not None
    return not decisive if known else None


def holds(comparison: Comparison, facts: Facts) -> bool | None:
    fact = facts.get(comparison.name)
    if fact is None:
        return None
    if isinstance(fact, AnyOf):
        return any(compared(value, comparison) for _, value in fact.members)
    if isinstance(fact, Interval):
        answers = {compared(value, comparison) for value in fact.values}
        return answers.pop() if len(answers) == 1 else None
    return compared(fact, comparison)


def compared(value: Fraction | str | frozenset[str], comparison: Comparison) -> bool:
    sign, limit = comparison.operator, comparison.limit
    if sign not in {"in", "not_in"}:
        return COMPARE[sign](value, limit)
    inside = limit in value if isinstance(value, frozenset) else value in cast("tuple[Any]", limit)
    return inside is (sign == "in")


def names(condition: Condition) -> frozenset[str]:
    return frozenset(comparison.name for comparison in comparisons(condition.tree))


def comparisons(node: Node) -> Iterator[Comparison]:
    if isinstance(node, Comparison):
        yield node
    elif isinstance(node, Not):
        yield from comparisons(node.part)
    else:
        for part in node.parts:
            yield from comparisons(part)
