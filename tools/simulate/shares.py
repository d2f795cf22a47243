"""Who did not know: the same attack on the shares of “I do not know”, dimension by dimension.

An unknown is how many of the questions that the people of a cell were asked they did not know. What
a hidden group did not know must stay open to a quarter of what it can be, as its means do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from assessment.instrument.kinds.registry import kind_of
from tools.simulate.findings import Finding
from tools.simulate.readings import SHARE
from tools.simulate.solver import EXACT, Fact, Solver

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from assessment.instrument.groups import Cell
    from tools.simulate.attacker import Attacker, Place
    from tools.simulate.readings import Reading

LEAST = 0.25
"""Of the share: as wide as a level of a mean."""


def findings_of_shares(attacker: Attacker) -> Iterator[Finding]:
    shares = [one for one in attacker.readings() if one.kind == SHARE]
    for dimension in dict.fromkeys(one.on for one in shares):
        found = [one for one in shares if one.on == dimension]
        facts = [fact for one in found for fact in _fact(attacker, one)]
        counts = {place: _count(attacker, place) for fact in facts for place in fact.of}
        untrue = list(_untrue(facts, {place: float(count[0]) for place, count in counts.items()}))
        yield from untrue
        if not untrue:
            bounds = {place: (0.0, float(asked)) for place, (_unknown, asked) in counts.items()}
            yield from _told(facts, bounds, attacker, dimension)


def _fact(attacker: Attacker, one: Reading) -> Iterator[Fact]:
    """Over the questions that do not stand at their hidden points there."""
    whole = attacker.policy.table.cells_in(one.group)
    inside = attacker.policy.told_of_unknown(whole)
    places = [
        (cell, question.code)
        for question in attacker.instrument.questions_of[one.on]
        if not kind_of(question).free_text
        and (attacker.counts(question, one.group) or not attacker.stands_hidden(question, whole))
        for cell in inside
    ]
    asked = sum(_count(attacker, place)[1] for place in places)
    if asked:
        name = f"share {one.group} {one.on}"
        yield Fact(name, dict.fromkeys(places, 1 / asked), one.value, one.group, one.slack)


def _count(attacker: Attacker, place: Place) -> tuple[int, int]:
    """How many did not know, of how many that were asked."""
    cell, code = place
    items = [one[code] for one in attacker.cells[cell]]
    return sum(item.dont_knows for item in items), sum(item.asked for item in items)


def _untrue(facts: Sequence[Fact], counts: dict[Place, float]) -> Iterator[Finding]:
    for fact in facts:
        value = sum(share * counts[place] for place, share in fact.of.items())
        if abs(value - fact.value) > fact.slack + EXACT:
            yield Finding("untrue", fact.name, value - fact.value)


def _told(
    facts: Sequence[Fact],
    bounds: dict[Place, tuple[float, float]],
    attacker: Attacker,
    dimension: str,
) -> Iterator[Finding]:
    solver = Solver(bounds, facts)
    apart = [Solver(bounds, [fact]) for fact in facts]
    for group in attacker.policy.suppressed:
        # Of its cells that are shown themselves the page says it; the rest is what it hides.
        hidden = attacker.policy.table.cells_in(group) & attacker.policy.suppressed
        cells = hidden - {attacker.own_cell}
        places = [place for place in bounds if place[0] in cells]
        untold = _asked_elsewhere(attacker, dimension, cells, bounds)
        asked = sum(bounds[place][1] for place in places) + untold
        if not places or not asked:
            continue
        target = dict.fromkeys(places, 1 / asked)
        width = solver.width(target) + untold / asked
        alone = min(one.width(target) for one in apart) + untold / asked
        if width < LEAST and alone > width + EXACT:
            kind = "exact" if width <= 3 * EXACT else "narrow"
            yield Finding(kind, f"share {group} {dimension}", width)


def _asked_elsewhere(
    attacker: Attacker, dimension: str, cells: Iterable[Cell], told: Mapping[Place, object]
) -> int:
    """How many questions these cells were asked of which no figure says anything."""
    codes = [question.code for question in attacker.instrument.questions_of[dimension]]
    open_places = [(c, code) for c in cells for code in codes if (c, code) not in told]
    return sum(_count(attacker, place)[1] for place in open_places)
