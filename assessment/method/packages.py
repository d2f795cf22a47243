"""Packages: what is recommended, bundled and put in the order in which to begin.

The order follows what is worst and best known, and then what has to be there before something else
can work. The same answers always give the same order: nothing is drawn, every tie is broken.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assessment.instrument.model import DIRECTIONS
from assessment.method.dimensions import LOW
from assessment.method.evidence import questions_in
from assessment.method.result import PackageResult

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from assessment.instrument.model import Instrument, Package
    from assessment.method.result import PatternResult, Recommendation
    from assessment.method.situation import Situation

NO_DIRECTION = len(DIRECTIONS)
"""Ranks behind every direction."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """A package with what is recommended of it, the lead first."""

    package: Package
    advice: tuple[Recommendation, ...]

    @property
    def rules(self) -> tuple[str, ...]:
        return tuple(one.rule for one in self.advice)


def packages_of(
    situation: Situation,
    recommended: Sequence[Recommendation],
    patterns: Sequence[PatternResult],
) -> tuple[tuple[PackageResult, ...], tuple[Recommendation, ...]]:
    """The packages in their order, and every recommendation in the order of its package.

    What stands in no package comes before all of them.
    """
    instrument = situation.instrument
    placed = contained(instrument, recommended)
    bundles = [b for p in instrument.packages if (b := bundle(instrument, p, placed)).advice]
    ranks = leading_places(instrument, patterns)
    bundles.sort(key=lambda b: order(situation, b, ranks))
    first = by_prerequisites(first_bundles(situation, bundles))
    rest = [b for b in bundles if b not in first]
    results = [package_result(instrument, b, first, is_first=True) for b in first]
    results += [package_result(instrument, b, first, is_first=False) for b in rest]
    shown = 1 + instrument.scale.package_steps
    outside = [one for one in placed.values() if one.rule not in instrument.package_of]
    ordered = [one.put_first(first=True) for one in outside]
    for found in (*first, *rest):
        ordered += [
            replace(one, package=found.package.code, first=found in first and place < shown)
            for place, one in enumerate(found.advice)
        ]
    return tuple(results), tuple(ordered)


def contained(
    instrument: Instrument, recommended: Sequence[Recommendation]
) -> dict[str, Recommendation]:
    """Each by its rule; where both are recommended, a contained rule is a step of the other.

    A rule that stands before the packages holds nothing, and nothing holds it.
    """
    found = {one.rule: one for one in recommended}
    packed = [code for code in found if code in instrument.package_of]
    for holder in packed:
        for code in instrument.rule[holder].contains:
            if code in packed and not found[code].contained_in:
                found[code] = replace(found[code], contained_in=holder)
    return found


def bundle(instrument: Instrument, package: Package, found: dict[str, Recommendation]) -> Bundle:
    own = [found[c] for c in package.rules if c in found and not found[c].contained_in]
    advice = [one for lead in own for one in with_contained(instrument, lead, found)]
    return Bundle(package, tuple(advice))


def with_contained(
    instrument: Instrument, holder: Recommendation, found: dict[str, Recommendation]
) -> Iterator[Recommendation]:
    yield holder
    for code in instrument.rule[holder.rule].contains:
        if code in found and found[code].contained_in == holder.rule:
            yield from with_contained(instrument, found[code], found)


def leading_places(instrument: Instrument, patterns: Sequence[PatternResult]) -> dict[str, int]:
    """The packages of the leading patterns, the first pattern's first."""
    places: dict[str, int] = {}
    for place, found in enumerate(one for one in patterns if one.first):
        places.setdefault(instrument.pattern[found.pattern].package, place)
    return places


def order(
    situation: Situation,
    found: Bundle,
    places: Mapping[str, int],
) -> tuple[int, int, bool, int, int]:
    """Smallest first: leading pattern, lowest direction, how settled, low answers, place."""
    direction, settled = lowest_direction(situation, found)
    return (
        places.get(found.package.code, len(situation.instrument.patterns)),
        direction,
        not settled,
        -weight_of_low_answers(situation, found),
        situation.instrument.packages.index(found.package),
    )


def lowest_direction(situation: Situation, found: Bundle) -> tuple[int, bool]:
    """The rank of the lowest direction of the main dimensions, and whether that is settled.

    A guaranteed rule counts as low whatever its dimension: it rests on a fact of the scheme.
    """
    ranked: list[tuple[int, bool]] = []
    for one in found.advice:
        rule = situation.instrument.rule[one.rule]
        main = situation.judgements.get(rule.dimensions[0]) if rule.dimensions else None
        if rule.guaranteed:
            ranked.append((DIRECTIONS.index(LOW), True))
        elif main is not None and main.direction is not None:
            ranked.append((DIRECTIONS.index(main.direction), main.settled))
    if not ranked:
        return NO_DIRECTION, False
    lowest = min(rank for rank, _settled in ranked)
    return lowest, any(settled for rank, settled in ranked if rank == lowest)


def weight_of_low_answers(situation: Situation, found: Bundle) -> int:
    """The weight of the low answers that made the rules true, each answer once.

    Where nothing but facts of the profile did, they count as an essential question.
    """
    instrument = situation.instrument
    essential = max((q.weight for q in instrument.questions if q.essential), default=1)
    read = [questions_in(situation, one.because) for one in found.advice]
    codes = frozenset[str]().union(*read)
    scores = ((instrument.question[code].weight, situation.items[code].score) for code in codes)
    bound = instrument.scale.essential_below
    low = sum(weight for weight, score in scores if score is not None and score < bound)
    facts = any(all(r.name.startswith("profile.") for r in one.because) for one in found.advice)
    return low + (essential if facts else 0)


def first_bundles(situation: Situation, bundles: Sequence[Bundle]) -> list[Bundle]:
    """The packages to begin with; guaranteed ones take the last places if need be."""
    wanted = [b for b in bundles if is_guaranteed(situation, b)]
    number = situation.instrument.scale.first_packages
    free = number - len(wanted[:number])
    others = [b for b in bundles if b not in wanted][:free]
    chosen = [*wanted[:number], *others]
    return [b for b in bundles if b in chosen]


def is_guaranteed(situation: Situation, found: Bundle) -> bool:
    """With a guaranteed rule, or the first that speaks of a low guaranteed dimension."""
    rules = [situation.instrument.rule[code] for code in found.rules]
    low = {
        code
        for code in situation.instrument.scale.guaranteed
        if code in situation.judgements and situation.judgements[code].direction == LOW
    }
    return any(rule.guaranteed or set(rule.dimensions[:1]) & low for rule in rules)


def by_prerequisites(bundles: Sequence[Bundle]) -> list[Bundle]:
    """The same order, but none before one that has to come before it; there is no circle."""
    left, ordered = list(bundles), list[Bundle]()
    while left:
        following = next(b for b in left if not waits_for(b, left))
        left.remove(following)
        ordered.append(following)
    return ordered


def waits_for(found: Bundle, others: Sequence[Bundle]) -> tuple[str, ...]:
    """The packages among the others that have to come before this one."""
    return tuple(
        other.package.code
        for other in others
        if found.package.code in other.package.prerequisite_of
        and set(other.rules) & set(other.package.prerequisite_if)
    )


def package_result(
    instrument: Instrument, found: Bundle, first: Sequence[Bundle], *, is_first: bool
) -> PackageResult:
    lead, *steps = found.rules
    return PackageResult(
        package=found.package.code,
        first=is_first,
        lead=lead,
        steps=tuple(steps),
        timing=instrument.rule[lead].timing,
        after=waits_for(found, first) if is_first else (),
    )
