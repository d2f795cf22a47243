"""Rules: which hold, which of those are recommended, in which order and why."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from assessment.instrument.conditions.evaluate import AnyOf, evaluate
from assessment.instrument.conditions.explain import explain
from assessment.instrument.model import COUNTED_DIRECTIONS, HORIZONS
from assessment.method.items import item_facts
from assessment.method.result import Recommendation
from assessment.method.visibility import profile_facts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from assessment.instrument.conditions.evaluate import Fact, Facts
    from assessment.instrument.model import Instrument, Rule, Scale
    from assessment.method.dimensions import Judgement
    from assessment.method.items import Item


@dataclass(frozen=True, slots=True)
class Differences:
    """What only several respondents can show: absolute gaps in levels, and disagreement."""

    sectors: Mapping[str, Fraction]
    tiers: Mapping[str, Fraction]
    disagreement: Fraction | None = None


NO_DIFFERENCES = Differences({}, {})


def facts_of(
    instrument: Instrument,
    profile: Mapping[str, int | str],
    items: Mapping[str, Item],
    judgements: Mapping[str, Judgement],
    differences: Differences = NO_DIFFERENCES,
) -> Facts:
    facts = profile_facts(profile)
    for item in items.values():
        facts.update(item_facts(item))
    facts.update(judged_facts(judgements))
    shares = {c: j.dont_know_share for c, j in judgements.items() if j.dont_know_share is not None}
    facts.update(family_facts("unknown", shares, tuple(judgements)))
    facts.update(count_facts(instrument.scale, judgements, shares))
    facts.update(family_facts("gap.sectors", differences.sectors, tuple(instrument.dimension)))
    facts.update(family_facts("gap.tiers", differences.tiers, tuple(instrument.dimension)))
    if differences.disagreement is not None:
        facts["disagreement.any"] = differences.disagreement
    return facts


def judged_facts(judgements: Mapping[str, Judgement]) -> dict[str, Fact]:
    facts: dict[str, Fact] = {}
    for code, judgement in judgements.items():
        facts[f"standing.{code}"] = judgement.standing
        if judgement.direction is not None:
            facts[f"direction.{code}"] = judgement.direction
        if judgement.score is not None and judgement.level is not None:
            facts[f"score.{code}"] = judgement.score
            facts[f"level.{code}"] = Fraction(judgement.level)
    return facts


def count_facts(
    scale: Scale, judgements: Mapping[str, Judgement], dont_know_shares: Mapping[str, Fraction]
) -> dict[str, Fact]:
    """In how many dimensions something holds; nothing while nothing is answered at all.

    A count over answers that nobody gave would be a number about nobody: zero dimensions are low
    where none has a direction.
    """
    directions = [j.direction for j in judgements.values() if j.direction is not None]
    facts: dict[str, Fact] = {}
    if directions:
        for direction in COUNTED_DIRECTIONS:
            facts[f"directions.{direction}"] = Fraction(directions.count(direction))
    if dont_know_shares:
        many = sum(share > scale.unknown_share for share in dont_know_shares.values())
        facts["unknown.count"] = Fraction(many)
    return facts


def family_facts(
    root: str, values: Mapping[str, Fraction], dimensions: Sequence[str]
) -> dict[str, Fact]:
    """One fact a code, and under `any` those of the dimensions together."""
    facts: dict[str, Fact] = {f"{root}.{code}": value for code, value in values.items()}
    members = tuple((f"{root}.{code}", values[code]) for code in dimensions if code in values)
    if members:
        facts[f"{root}.any"] = AnyOf(members)
    return facts


def evaluate_rules(instrument: Instrument, facts: Facts) -> dict[str, bool | None]:
    return {rule.code: evaluate(rule.when, facts) for rule in instrument.rules}


def recommendations(
    instrument: Instrument,
    judgements: Mapping[str, Judgement],
    facts: Facts,
    verdicts: Mapping[str, bool | None],
) -> tuple[Recommendation, ...]:
    """Every true rule that no other suppresses; those to begin with come first."""
    applicable = [
        rule
        for rule in instrument.rules
        if verdicts[rule.code] is True and not suppressed(rule, verdicts, facts)
    ]
    applicable.sort(key=lambda rule: priority_order(rule, judgements))
    first = {rule.code for rule in first_rules(instrument, applicable, judgements)}
    applicable.sort(key=lambda rule: rule.code not in first)
    return tuple(
        Recommendation(
            rule.code, matching_variant(rule, facts), rule.code in first, explain(rule.when, facts)
        )
        for rule in applicable
    )


def suppressed(rule: Rule, verdicts: Mapping[str, bool | None], facts: Facts) -> bool:
    if verdicts.get(rule.suppressed_by) is not True:
        return False
    return rule.suppressed_when is None or evaluate(rule.suppressed_when, facts) is True


def matching_variant(rule: Rule, facts: Facts) -> int | None:
    fitting = (n for n, v in enumerate(rule.variants) if evaluate(v.when, facts) is True)
    return next(fitting, None)


def priority_order(
    rule: Rule, judgements: Mapping[str, Judgement]
) -> tuple[int, bool, Fraction | int, int, str]:
    """Priority, lowest settled score among its dimensions (none known: last), horizon, code."""
    judged = (judgements[code] for code in rule.dimensions if code in judgements)
    known = (judgement.score for judgement in judged if judgement.settled)
    lowest = min((score for score in known if score is not None), default=None)
    return (
        rule.priority,
        lowest is None,
        lowest or 0,
        HORIZONS.index(rule.horizon),
        rule.code,
    )


def first_rules(
    instrument: Instrument, applicable: Sequence[Rule], judgements: Mapping[str, Judgement]
) -> list[Rule]:
    """At most `first`, of these at most `per_dimension` with the same main dimension."""
    scale = instrument.scale
    chosen: list[Rule] = []
    for rule in applicable:
        same = sum(1 for other in chosen if other.dimensions[:1] == rule.dimensions[:1])
        if len(chosen) < scale.first and (not rule.dimensions or same < scale.per_dimension):
            chosen.append(rule)
    for code in scale.guaranteed:
        chosen = with_guaranteed(scale, chosen, applicable, judgements.get(code))
    return chosen


def with_guaranteed(
    scale: Scale, chosen: list[Rule], applicable: Sequence[Rule], judgement: Judgement | None
) -> list[Rule]:
    """A low guaranteed dimension has a rule among the first, in place of the last if need be."""
    if judgement is None or judgement.level is None or judgement.level > scale.low_level:
        return chosen
    own = [rule for rule in applicable if judgement.dimension in rule.dimensions]
    if not own or any(rule in chosen for rule in own):
        return chosen
    return [*chosen[: scale.first - 1], own[0]]
