"""The attacker on who does not know, and on how far people agree.

The share of those who do not know a subject is shown of each group, beside its mean. Each is a sum
over cells, so she solves them as she solves the means: how many of a hidden group did not know must
not follow from them. Agreement is shown of single groups alone, and of questions told in them: what
it says is of their own people.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from assessment.instrument.kinds.registry import kind_of
from tools.simulate.attacker import EXACT, Fact, Finding, Solver

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from assessment.instrument.groups import Cell
    from tools.simulate.attacker import Attacker, Place


def unknown_findings(attacker: Attacker) -> Iterator[Finding]:
    for dimension in attacker.instrument.dimension:
        yield from _of_dimension(attacker, dimension)
    yield from _untold_agreement(attacker)


def _of_dimension(attacker: Attacker, dimension: str) -> Iterator[Finding]:
    known = {cell: _known(attacker, dimension, cell) for cell in attacker.cells}
    places: list[Place] = [(cell, dimension) for cell, (_not, asked) in known.items() if asked]
    facts = list(_facts(attacker, dimension, known))
    bounds = [(0.0, float(known[cell][1])) for cell, _dimension in places]
    solver = Solver(places, facts, bounds)
    apart = [Solver(places, [fact], bounds) for fact in facts] or [Solver(places, [], bounds)]
    shown = {(group.sector, group.tier) for group in attacker.result.groups if not group.hidden}
    for group in attacker.policy.table.groups:
        cells = attacker.policy.table.cells_in(group) - {attacker.own_cell}
        target = {place: 1.0 for place in places if place[0] in cells}
        if group in shown or not target:
            continue
        width = solver.width(target)
        if width < 1 - EXACT and min(one.width(target) for one in apart) > width + EXACT:
            yield Finding("exact", f"{group} {dimension} do not know", width)


def _known(attacker: Attacker, dimension: str, cell: Cell) -> tuple[int, int]:
    """How many did not know, and of how many who were asked."""
    codes = [
        question.code
        for question in attacker.instrument.questions
        if question.dimension == dimension and not kind_of(question).free_text
    ]
    items = [one[code] for one in attacker.cells[cell] for code in codes]
    return sum(item.dont_knows for item in items), sum(item.asked for item in items)


def _facts(
    attacker: Attacker, dimension: str, known: dict[Cell, tuple[int, int]]
) -> Iterable[Fact]:
    for group in attacker.result.groups:
        found = group.dimensions.get(dimension)
        if found is None or found.dont_know_share is None:
            continue
        here = (group.sector, group.tier)
        cells = attacker.policy.told_of_unknown(attacker.policy.table.cells_in(here))
        asked = sum(known[cell][1] for cell in cells)
        value = found.dont_know_share * asked
        # What stands hidden for enough people is asked of nobody in that group: she is misled.
        if abs(value - sum(known[cell][0] for cell in cells)) < EXACT:
            of = {(cell, dimension): 1.0 for cell in cells if known[cell][1]}
            yield Fact(f"{here} {dimension} do not know", of, value, here)


def _untold_agreement(attacker: Attacker) -> Iterator[Finding]:
    of_alpha = [(one.group, code) for one in attacker.result.alphas for code in one.questions]
    of_spread = [(one.group, one.question) for one in attacker.result.agreement]
    for name, code in (*of_alpha, *of_spread):
        sector, _slash, tier = name.partition("/")
        hidden = (sector, tier) in attacker.policy.suppressed
        if hidden or not attacker.is_told(attacker.instrument.question[code], (sector, tier)):
            yield Finding("exact", f"agreement {name} {code}", 0.0)
