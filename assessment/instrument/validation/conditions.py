"""Whether conditions make sense: questions that can be shown, rules that can fire, no circles."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING

from assessment.instrument.conditions.check import ANSWER_FAMILIES, check
from assessment.instrument.conditions.evaluate import evaluate, names
from assessment.instrument.conditions.grammar import FAMILIES
from assessment.instrument.conditions.names import COUNTS
from assessment.instrument.issues import Issue, Where
from assessment.instrument.kinds.registry import kind_of
from assessment.instrument.model import DIRECTIONS, LOWEST

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

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

CONDITION_FIELDS: Mapping[str, tuple[str, ...]] = {
    "questions": ("shown_if",),
    "rules": ("when", "when_case", "suppressed_when", "unless"),
    "patterns": ("when", "unless"),
    "findings": ("applies", "have", "seen", "partly"),
}
"""By part its fields that hold a condition; a rule's variants have one each beside them."""


def condition_faults(instrument: Instrument) -> Iterator[Issue]:
    for where, condition in _conditions(instrument):
        families = ANSWER_FAMILIES if where.kind == "questions" else frozenset(FAMILIES)
        for issue in check(condition, instrument, families=families):
            yield replace(issue, where=where)


def unknown_names(instrument: Instrument) -> Iterator[Issue]:
    """Conditions that speak of a question or dimension that is not there, in whatever state."""
    codes = {"any", *instrument.question, *instrument.dimension}
    counts = {f"{root}.{rest}" for root, rest in COUNTS}
    for where, condition in _conditions(instrument):
        for name in sorted(names(condition)):
            known = name.startswith("profile.") or name in counts
            if not known and name.rpartition(".")[2] not in codes:
                yield Issue("unknown_name", where, {"name": name}, blocks_saving=True)


def _conditions(instrument: Instrument) -> Iterator[tuple[Where, Condition]]:
    """Every condition with the field it stands in."""
    for part, fields in CONDITION_FIELDS.items():
        for entry in getattr(instrument, part):
            for field in fields:
                if (condition := getattr(entry, field)) is not None:
                    yield Where(part, entry.code, field), condition
    for rule in instrument.rules:
        for number, variant in enumerate(rule.variants, 1):
            yield Where("rules", rule.code, f"variants/{number}/when"), variant.when


def cyclic_conditions(instrument: Instrument) -> Iterator[Issue]:
    for question in instrument.questions:
        if question.code in instrument.deciding[question.code]:
            yield Where("questions", question.code).issue("shown_if", "condition_circle")


def dimensions_without_rule(instrument: Instrument) -> Iterator[Issue]:
    """Every dimension has advice when it is low, in every region."""
    for dimension, region in product(instrument.dimensions, instrument.regions):
        if not any(
            _fires_on_low(rule, dimension.code, region.code, instrument)
            for rule in instrument.rules
        ):
            at = Where("dimensions", dimension.code)
            yield at.issue("code", "no_rule_for_lowest", region=region.name)


def _fires_on_low(rule: Rule, dimension: str, region: str, instrument: Instrument) -> bool:
    """Whether the dimension at its lowest is enough for the rule in some arrangement."""
    lowest = _lowest(dimension, instrument)
    spoken_of = names(rule.when) & lowest.keys()
    return bool(spoken_of) and any(
        evaluate(rule.when, lowest | _profile(region, arrangement)) for arrangement in ARRANGEMENTS
    )


def _lowest(dimension: str, instrument: Instrument) -> dict[str, Fact]:
    """Every question of the dimension at its worst, and what follows from it."""
    facts: dict[str, Fact] = {
        f"direction.{dimension}": DIRECTIONS[0],
        f"level.{dimension}": LOWEST,
        f"score.{dimension}": LOWEST,
    }
    for question in instrument.questions_of[dimension]:
        kind = kind_of(question)
        answer = kind.mean_fact(question, LOWEST, LOWEST)
        points = kind.points_fact(question, LOWEST)
        named = {"answer": answer, "points": points}
        facts |= {f"{n}.{question.code}": fact for n, fact in named.items() if fact is not None}
    return facts


def _profile(region: str, arrangement: str) -> dict[str, Fact]:
    return {
        "profile.region": region,
        "profile.arrangement": arrangement,
        "profile.programmes": Fraction(1 if arrangement == "single" else 2),
    }
