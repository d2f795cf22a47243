"""Whether conditions make sense: questions that can be shown, rules that can fire, no circles."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING

from assessment.instrument.conditions.check import ANSWER_FAMILIES, UNKNOWN, check
from assessment.instrument.conditions.evaluate import evaluate, names
from assessment.instrument.conditions.shown_if import deciding_codes
from assessment.instrument.validation.issues import Issue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assessment.instrument.conditions.evaluate import Fact
    from assessment.instrument.conditions.grammar import Condition
    from assessment.instrument.model import Instrument, Rule

ARRANGEMENTS = (
    "coincident",
    "complementary_same",
    "complementary_different",
    "integrated_strategy",
    "single",
)


def condition_faults(instrument: Instrument) -> Iterator[Issue]:
    for question in instrument.questions:
        if question.shown_if is not None:
            for message in check(question.shown_if, instrument, families=ANSWER_FAMILIES):
                yield Issue(question.code, f"The field “Shown if”: {message}", "shown_if")
    for rule in instrument.rules:
        for label, place, condition in _conditions(rule):
            for message in check(condition, instrument):
                yield Issue(rule.code, f"The field “{label}”: {message}", place)


def unknown_names(instrument: Instrument) -> Iterator[Issue]:
    """Conditions that speak of a question or dimension that is not there, in whatever state."""
    codes = {"any", *instrument.question, *instrument.dimension}
    for question in instrument.questions:
        if question.shown_if is not None:
            yield from _unknown_name_issues(
                question.code, "Shown if", "shown_if", question.shown_if, codes
            )
    for rule in instrument.rules:
        for label, place, condition in _conditions(rule):
            yield from _unknown_name_issues(rule.code, label, place, condition, codes)


def _unknown_name_issues(
    code: str, label: str, place: str, condition: Condition, codes: set[str]
) -> Iterator[Issue]:
    for name in sorted(names(condition)):
        if not name.startswith("profile.") and name.rpartition(".")[2] not in codes:
            message = f"The field “{label}”: {UNKNOWN.format(name=name)}"
            yield Issue(code, message, place, blocks_saving=True)


def _conditions(rule: Rule) -> Iterator[tuple[str, str, Condition]]:
    """The label of its field, its place, and the condition itself."""
    yield "Condition", "when", rule.when
    if rule.when_case is not None:
        yield "Condition for cases", "when_case", rule.when_case
    if rule.suppressed_when is not None:
        yield "Suppressed only when", "suppressed_when", rule.suppressed_when
    for number, variant in enumerate(rule.variants, 1):
        yield "Variant: condition", f"variants/{number}/when", variant.when


def cyclic_conditions(instrument: Instrument) -> Iterator[Issue]:
    for question in instrument.questions:
        reached: set[str] = set()
        ahead = set(deciding_codes(question))
        while ahead:
            code = ahead.pop()
            reached.add(code)
            ahead |= deciding_codes(instrument.question[code]) - reached
        if question.code in reached:
            message = "The field “Shown if” leads back to the question itself."
            yield Issue(question.code, message, "shown_if")


def mutual_suppression(instrument: Instrument) -> Iterator[Issue]:
    """Rules that take each other's place: where all of them hold, none would be recommended."""
    for rule in instrument.rules:
        passed = [rule.code]
        ahead = rule.suppressed_by
        while ahead and ahead not in passed:
            passed.append(ahead)
            ahead = instrument.rule[ahead].suppressed_by
        if ahead == rule.code:
            yield Issue(rule.code, _circle_message(passed), "suppressed_by")


def _circle_message(circle: list[str]) -> str:
    if len(circle) == 1:
        return "The field “Suppressed by rule” names the rule itself."
    return (
        "The field “Suppressed by rule” goes in a circle, so none of these rules would be "
        f"recommended where all hold: {', '.join(circle)}."
    )


def dimensions_without_rule(instrument: Instrument) -> Iterator[Issue]:
    """Every dimension has advice when it is low, in every region."""
    for dimension, region in product(instrument.dimensions, instrument.regions):
        if not any(_fires_on_low(rule, dimension.code, region.code) for rule in instrument.rules):
            message = f"In {region.name}, no rule holds when its level is the lowest."
            yield Issue(dimension.code, message, "code")


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
