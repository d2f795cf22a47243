"""What conditions may read of a result: answers, judged dimensions, counts, differences."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from assessment.instrument.conditions.evaluate import AnyOf
from assessment.instrument.model import COUNTED_DIRECTIONS
from assessment.method.items import item_facts
from assessment.method.visibility import profile_facts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from assessment.instrument.conditions.evaluate import Fact, Facts
    from assessment.instrument.model import Instrument, Scale
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
