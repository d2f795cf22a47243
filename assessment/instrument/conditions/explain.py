"""Why a condition holds: the comparisons that decide it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assessment.instrument.conditions.evaluate import (
    AnyOf,
    Fact,
    Facts,
    Interval,
    compared,
    evaluate_node,
    holds,
)
from assessment.instrument.conditions.grammar import (
    Comparison,
    Condition,
    Limit,
    Literal,
    Node,
    Not,
)

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Reason:
    """One true comparison behind a rule.

    `name` is the condition's name (`level.TG`, `answer.HC2`, `profile.region`), `operator` one of
    == != < <= > >= in not_in, `limit` what it was compared with, `observed` what was found.
    """

    name: str
    operator: str
    limit: float | str | tuple[str | float, ...]
    observed: float | str | tuple[str, ...]


OPPOSITE = {
    "==": "!=",
    "!=": "==",
    "<": ">=",
    "<=": ">",
    ">": "<=",
    ">=": "<",
    "in": "not_in",
    "not_in": "in",
}


def explain(condition: Condition, facts: Facts) -> tuple[Reason, ...]:
    """The comparisons that make the condition true, each once, in reading order."""
    return tuple(dict.fromkeys(reasons(condition.tree, facts, wanted=True)))


def reasons(node: Node, facts: Facts, *, wanted: bool) -> Iterator[Reason]:
    if isinstance(node, Comparison):
        yield from comparison_reasons(node, facts, wanted=wanted)
    elif isinstance(node, Not):
        yield from reasons(node.part, facts, wanted=not wanted)
    else:
        for part in node.parts:
            if evaluate_node(part, facts) is wanted:
                yield from reasons(part, facts, wanted=wanted)


def comparison_reasons(comparison: Comparison, facts: Facts, *, wanted: bool) -> Iterator[Reason]:
    fact = facts.get(comparison.name)
    if fact is None or holds(comparison, facts) is not wanted:
        return
    sign = comparison.operator if wanted else OPPOSITE[comparison.operator]
    for name, value in observed_values(comparison, fact, wanted=wanted):
        yield Reason(name, sign, to_json_limit(comparison.limit), value)


def observed_values(
    comparison: Comparison, fact: Fact, *, wanted: bool
) -> Iterator[tuple[str, float | str | tuple[str, ...]]]:
    """Of several members those that decide, each under its own name."""
    if isinstance(fact, AnyOf):
        for name, value in fact.members:
            if compared(value, comparison) is wanted:
                yield name, float(value)
    elif isinstance(fact, Interval):
        yield comparison.name, number_or_text(fact.values[0])
    elif isinstance(fact, frozenset):
        yield comparison.name, tuple(sorted(fact))
    else:
        yield comparison.name, number_or_text(fact)


def to_json_limit(limit: Limit) -> float | str | tuple[str | float, ...]:
    if isinstance(limit, tuple):
        return tuple(number_or_text(item) for item in limit)
    return number_or_text(limit)


def number_or_text(value: Literal) -> float | str:
    return value if isinstance(value, str) else float(value)
