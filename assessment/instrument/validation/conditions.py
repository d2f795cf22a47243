"""Whether conditions make sense: questions that can be shown, rules that can fire, no circles."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING

from assessment.instrument.conditions.check import ANSWER_FAMILIES, check
from assessment.instrument.conditions.evaluate import evaluate, names
from assessment.instrument.conditions.grammar import FAMILIES
from assessment.instrument.conditions.shown_if import deciding_codes
from assessment.instrument.issues import Issue, Where

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
    for where, condition in _conditions(instrument):
        families = ANSWER_FAMILIES if where.kind == "questions" else frozenset(FAMILIES)
        for issue in check(condition, instrument, families=families):
            yield replace(issue, where=where)


def unknown_names(instrument: Instrument) -> Iterator[Issue]:
    """Conditions that speak of a question or dimension that is not there, in whatever state."""
    codes = {"any", *instrument.question, *instrument.dimension}
    for where, condition in _conditions(instrument):
        for name in sorted(names(condition)):
            if not name.startswith("profile.") and name.rpartition(".")[2] not in codes:
                yield Issue("unknown_name", where, {"name": name}, blocks_saving=True)


def _conditions(instrument: Instrument) -> Iterator[tuple[Where, Condition]]:
    """Every condition with the field it stands in."""
    for question in instrument.questions:
        if question.shown_if is not None:
            yield Where("questions", question.code, "shown_if"), question.shown_if
    for rule in instrument.rules:
        for field, condition in _conditions_of_rule(rule):
            if condition is not None:
                yield Where("rules", rule.code, field), condition


def _conditions_of_rule(rule: Rule) -> Iterator[tuple[str, Condition | None]]:
    yield "when", rule.when
    yield "when_case", rule.when_case
    yield "suppressed_when", rule.suppressed_when
    for number, variant in enumerate(rule.variants, 1):
        yield f"variants/{number}/when", variant.when


def cyclic_conditions(instrument: Instrument) -> Iterator[Issue]:
    for question in instrument.questions:
        reached: set[str] = set()
        ahead = set(deciding_codes(question))
        while ahead:
            code = ahead.pop()
            reached.add(code)
            ahead |= deciding_codes(instrument.question[code]) - reached
        if question.code in reached:
            yield Where("questions", question.code).issue("shown_if", "condition_circle")


def mutual_suppression(instrument: Instrument) -> Iterator[Issue]:
    """Rules that take each other's place: where all of them hold, none would be recommended."""
    for rule in instrument.rules:
        passed = [rule.code]
        ahead = rule.suppressed_by
        while ahead and ahead not in passed:
            passed.append(ahead)
            ahead = instrument.rule[ahead].suppressed_by
        if ahead == rule.code:
            yield _circle(Where("rules", rule.code), tuple(passed))


def _circle(at: Where, rules: tuple[str, ...]) -> Issue:
    if len(rules) == 1:
        return at.issue("suppressed_by", "suppressed_by_itself")
    return at.issue("suppressed_by", "suppression_circle", rules=rules)


def dimensions_without_rule(instrument: Instrument) -> Iterator[Issue]:
    """Every dimension has advice when it is low, in every region."""
    for dimension, region in product(instrument.dimensions, instrument.regions):
        if not any(_fires_on_low(rule, dimension.code, region.code) for rule in instrument.rules):
            at = Where("dimensions", dimension.code)
            yield at.issue("code", "no_rule_for_lowest", region=region.name)


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
