"""Between groups: signed gaps over the questions both were shown, and the chain of tiers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from assessment.method.groups import items_together
from assessment.method.instrument import COORDINATING_SECTORS, TIERS
from assessment.method.levels import mean
from assessment.method.result import ChainLink, Gap
from assessment.method.scoring import HIGHEST
from assessment.method.suppression import revealed

if TYPE_CHECKING:
    from assessment.method.groups import Cells, Items
    from assessment.method.instrument import Instrument, Question, Scale
    from assessment.method.suppression import Cell, Group, Table

SECTOR_AXIS, TIER_AXIS = 0, 1
PAIRS = (
    (SECTOR_AXIS, (COORDINATING_SECTORS[0], COORDINATING_SECTORS[1])),
    (TIER_AXIS, (TIERS[0], TIERS[-1])),
)


@dataclass(frozen=True, slots=True)
class Found:
    """The gaps along one axis in exact levels, by dimension and by question."""

    between: tuple[str, str]
    levels: Mapping[str, Fraction]
    questions: Mapping[str, tuple[str, ...]]

    def gaps(self) -> Iterator[Gap]:
        for on, levels in self.levels.items():
            yield Gap(self.between, on, float(levels), self.questions[on])

    def absolute(self) -> dict[str, Fraction]:
        return {on: abs(levels) for on, levels in self.levels.items()}


def find_gaps(
    instrument: Instrument, cells: Cells, table: Table, hidden: frozenset[Group], minimum: int
) -> tuple[Found, Found]:
    """Between the two sectors and between the outer tiers; empty where it would reveal a few."""
    known = [table.members(group) for group in table.groups if group not in hidden]
    found = []
    for axis, between in PAIRS:
        sides = [comparable(table, axis, name, between) for name in between]
        margins = [margin(axis, name) for name in between]
        safe = all(table.size(side) >= minimum for side in sides) and not hidden & set(margins)
        if safe and revealed(table, [*known, *sides], minimum) is None:
            known += sides
            found.append(compare(instrument, between, sides_of(instrument, cells, sides), minimum))
        else:
            found.append(Found(between, {}, {}))
    return found[0], found[1]


def margin(axis: int, name: str) -> Group:
    return (name, None) if axis == SECTOR_AXIS else (None, name)


def comparable(table: Table, axis: int, name: str, between: tuple[str, str]) -> frozenset[Cell]:
    """The cells of one side whose counterpart exists on the other side."""
    across = 1 - axis
    both = [{cell[across] for cell in table.cells if cell[axis] == side} for side in between]
    shared = both[0] & both[1]
    return frozenset(c for c in table.cells if c[axis] == name and c[across] in shared)


def sides_of(instrument: Instrument, cells: Cells, sides: Iterable[frozenset[Cell]]) -> list[Items]:
    return [items_together(instrument, cells, side) for side in sides]


def compare(
    instrument: Instrument, between: tuple[str, str], sides: list[Items], minimum: int
) -> Found:
    levels: dict[str, Fraction] = {}
    over: dict[str, tuple[str, ...]] = {}
    for code, questions in instrument.questions_of.items():
        shared = [q for q in questions if told_by_all(q.code, sides, minimum)]
        for on, some in ((code, shared), *((question.code, [question]) for question in shared)):
            if some:
                levels[on] = difference(instrument.scale, some, *sides)
                over[on] = tuple(question.code for question in some)
    return Found(between, levels, over)


def told_by_all(code: str, sides: list[Items], minimum: int) -> bool:
    """Whether on every side enough people answered for their mean to be shown."""
    return all(side[code].score is not None and len(side[code].voters) >= minimum for side in sides)


def difference(scale: Scale, questions: list[Question], first: Items, second: Items) -> Fraction:
    differences = []
    for question in questions:
        here, there = first[question.code].score, second[question.code].score
        differences.append((question.weight, (here or Fraction(0)) - (there or Fraction(0))))
    return (mean(differences) or Fraction(0)) / width(scale)


def width(scale: Scale) -> Fraction:
    """The points of one level."""
    return HIGHEST / (len(scale.levels) - 1)


def chain(
    instrument: Instrument, cells: Cells, table: Table, hidden: frozenset[Group], minimum: int
) -> tuple[ChainLink, ...]:
    """What enough people answered in each of the three tiers, and where the level drops."""
    margins: list[Group] = [(None, tier) for tier in TIERS]
    if any(group in hidden or group not in table.groups for group in margins):
        return ()
    sides = sides_of(instrument, cells, map(table.members, margins))
    codes = [code for code in sides[0] if told_by_all(code, sides, minimum)]
    return tuple(link(instrument.scale, code, sides) for code in codes)


def link(scale: Scale, code: str, sides: list[Items]) -> ChainLink:
    levels = [(side[code].score or Fraction(0)) / width(scale) for side in sides]
    drops = tuple(
        f"{TIERS[n]}_{TIERS[n + 1]}"
        for n in range(len(TIERS) - 1)
        if levels[n] - levels[n + 1] >= scale.gap_levels
    )
    return ChainLink(code, float(levels[0]), float(levels[1]), float(levels[2]), drops)
