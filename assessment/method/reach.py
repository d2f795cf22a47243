"""Whether conditions make sense: questions that can be shown, rules that can fire, no circles."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING

from assessment.method.conditions import ANSWER_FAMILIES, check, evaluate, names
from assessment.method.faults import Fault
from assessment.method.scoring import asks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assessment.method.conditions import Condition, Fact
    from assessment.method.instrument import Instrument, Rule

ARRANGEMENTS = (
    "coincident",
    "complementary_same",
    "complementary_different",
    "integrated_strategy",
    "single",
)


def condition_faults(instrument: Instrument) -> Iterator[Fault]:
    for question in instrument.questions:
        if question.shown_if is not None:
            for message in check(question.shown_if, instrument, families=ANSWER_FAMILIES):
                yield Fault(question.code, f"The field “Shown if”: {message}", "shown_if")
    for rule in instrument.rules:
        for label, column, condition in _conditions(rule):
            for message in check(condition, instrument):
                yield Fault(rule.code, f"The field “{label}”: {message}", column)


def _conditions(rule: Rule) -> Iterator[tuple[str, str, Condition]]:
    yield "Condition", "when", rule.when
    if rule.when_case is not None:
        yield "Condition for cases", "when_case", rule.when_case
    if rule.suppressed_when is not None:
        yield "Suppressed only when", "suppressed_when", rule.suppressed_when
    for variant in rule.variants:
        yield "Variant: condition", "", variant.when


def circles(instrument: Instrument) -> Iterator[Fault]:
    for question in instrument.questions:
        reached: set[str] = set()
        ahead = set(asks(question))
        while ahead:
            code = ahead.pop()
            reached.add(code)
            ahead |= asks(instrument.question[code]) - reached
        if question.code in reached:
            yield Fault(question.code, "The field “Shown if” leads back to the question itself.")


def displaced(instrument: Instrument) -> Iterator[Fault]:
    """Rules that take each other's place: where all of them hold, none would be recommended."""
    for rule in instrument.rules:
        passed = [rule.code]
        ahead = rule.suppressed_by
        while ahead and ahead not in passed:
            passed.append(ahead)
            ahead = instrument.rule[ahead].suppressed_by
        if ahead == rule.code:
            yield Fault(rule.code, _displacing(passed))


def _displacing(circle: list[str]) -> str:
    if len(circle) == 1:
        return "The field “Suppressed by rule” names the rule itself."
    return (
        "The field “Suppressed by rule” goes in a circle, so none of these rules would be "
        f"recommended where all hold: {', '.join(circle)}."
    )


def silent_dimensions(instrument: Instrument) -> Iterator[Fault]:
    """Every dimension has advice when it is low, in every region."""
    for dimension, region in product(instrument.dimensions, instrument.regions):
        if not any(_fires_on_low(rule, dimension.code, region.code) for rule in instrument.rules):
            yield Fault(
                dimension.code, f"In {region.name}, no rule holds when its level is the lowest."
            )


def _fires_on_low(rule: Rule, dimension: str, region: str) -> bool:
    """Whether the lowest level alone is enough for the rule in some arrangement."""
    return f"level.{dimension}" in names(rule.when) and any(
        evaluate(rule.when, _lowest(dimension, region, arrangement)) for arrangement in ARRANGEMENTS
    )


def _lowest(dimension: str, region: str, arrangement: str) -> dict[str, Fact]:
    return {
        f"level.{dimension}": Fraction(0),
        "profile.region": region,
        "profile.arrangement": arrangement,
        "profile.programmes": Fraction(1 if arrangement == "single" else 2),
    }
