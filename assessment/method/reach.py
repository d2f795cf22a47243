"""Whether conditions make sense: questions that can be shown, rules that can fire, no circles."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING

from assessment.method import instrument as model
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
                yield Fault(question.code, f"shown_if: {message}")
    for rule in instrument.rules:
        for place, condition in _conditions(rule):
            for message in check(condition, instrument):
                yield Fault(rule.code, f"{place}: {message}")


def _conditions(rule: Rule) -> Iterator[tuple[str, Condition]]:
    yield "when", rule.when
    if rule.when_case is not None:
        yield "when_case", rule.when_case
    if rule.suppressed_when is not None:
        yield "suppressed_when", rule.suppressed_when
    for variant in rule.variants:
        yield "variant", variant.when


def circles(instrument: Instrument) -> Iterator[Fault]:
    for question in instrument.questions:
        reached: set[str] = set()
        ahead = set(asks(question))
        while ahead:
            code = ahead.pop()
            reached.add(code)
            ahead |= asks(instrument.question[code]) - reached
        if question.code in reached:
            yield Fault(question.code, "shown_if leads back to the question itself")


def silent_dimensions(instrument: Instrument) -> Iterator[Fault]:
    """Every dimension has advice when it is low, in every region."""
    for dimension, region in product(instrument.dimensions, model.REGIONS):
        if not any(_fires_on_low(rule, dimension.code, region) for rule in instrument.rules):
            yield Fault(dimension.code, f"no rule fires when its level is low in region {region}")


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
