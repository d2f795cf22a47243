"""The documented cases beside a scheme: no ranking, nothing where the documents say nothing."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from assessment.instrument.answers import DONT_KNOW
from assessment.instrument.conditions.evaluate import Interval, evaluate
from assessment.method.dimensions import direction_of_level
from assessment.method.result import CaseAtLevel, CaseDistance, CaseOfArrangement
from assessment.method.visibility import profile_facts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assessment.instrument.conditions.evaluate import Fact, Facts
    from assessment.instrument.model import Case, Instrument, Rule, Scale
    from assessment.method.dimensions import Judgement


def cases_at_level(
    instrument: Instrument, judgements: Mapping[str, Judgement]
) -> dict[str, tuple[CaseAtLevel, ...]]:
    """For each dimension the cases whose interval contains its level."""
    return {
        code: tuple(
            CaseAtLevel(case.code, reading.certainty)
            for case in instrument.cases
            for reading in case.readings
            if reading.dimension == code
            and judgement.level is not None
            and reading.low <= judgement.level <= reading.high
        )
        for code, judgement in judgements.items()
    }


def same_arrangement(instrument: Instrument, profile: Mapping[str, int | str]) -> tuple[str, ...]:
    return tuple(found.case for found in cases_of_arrangement(instrument, profile))


def cases_of_arrangement(
    instrument: Instrument, profile: Mapping[str, int | str]
) -> tuple[CaseOfArrangement, ...]:
    """The cases of the same arrangement, with what else is the same there."""
    return tuple(
        CaseOfArrangement(
            case.code,
            same(profile.get("programmes"), case.programmes),
            same(profile.get("intention"), case.intention),
        )
        for case in instrument.cases
        if same(profile.get("arrangement"), case.arrangement)
    )


def same(here: int | str | None, there: int | str) -> bool | None:
    return None if here in {None, DONT_KNOW} else here == there


def distances(
    instrument: Instrument, judgements: Mapping[str, Judgement]
) -> tuple[CaseDistance, ...]:
    """Gower's distance to every case with enough overlap, in the order of the bank."""
    levels = {code: j.level for code, j in judgements.items() if j.level is not None}
    width = instrument.scale.top_level
    found = ((case.code, distance(levels, case, width)) for case in instrument.cases)
    return tuple(
        CaseDistance(code, float(Fraction(*pair)), pair[1] // width)
        for code, pair in found
        if pair[1] // width >= instrument.scale.overlap
    )


def distance(levels: Mapping[str, int], case: Case, width: int) -> tuple[int, int]:
    """Numerator and denominator: how far outside the case's intervals, over what was compared."""
    outside = [
        max(0, reading.low - levels[reading.dimension], levels[reading.dimension] - reading.high)
        for reading in case.readings
        if reading.dimension in levels
    ]
    return sum(outside), width * len(outside)


def case_facts(scale: Scale, case: Case) -> Facts:
    profile: dict[str, int | str] = {
        "country": case.country,
        "region": case.region,
        "programmes": case.programmes,
        "arrangement": case.arrangement,
        "intention": case.intention,
    }
    facts: dict[str, Fact] = profile_facts(profile)
    for reading in case.readings:
        levels = range(reading.low, reading.high + 1)
        directions = dict.fromkeys(direction_of_level(scale, level) for level in levels)
        facts[f"level.{reading.dimension}"] = Interval(tuple(map(Fraction, levels)))
        facts[f"direction.{reading.dimension}"] = Interval(tuple(directions))
    return facts


def case_verdict(scale: Scale, rule: Rule, case: Case) -> bool | None:
    """Whether the rule would have fired on the case; None where the documents do not say."""
    return evaluate(rule.when_case or rule.when, case_facts(scale, case))
