"""Between groups: signed gaps over the questions that enough people of both sides answered.

The sides of a gap are not the groups of the table: sectors are compared in the tiers that both
have, so a side may be a sector without one of its tiers. Such a side beside the whole sector gives
the tier away, which is why every gap is asked for at the disclosure policy again, with all sides
that were published before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from assessment.instrument.model import COORDINATING_SECTORS, TIERS
from assessment.method.dimensions import mean
from assessment.method.result import Gap
from assessment.method.rounds.aggregation import aggregate_items
from assessment.method.rounds.suppression import singles_out

if TYPE_CHECKING:
    from assessment.instrument.groups import Cell, Group
    from assessment.instrument.model import Instrument, Question, Scale
    from assessment.method.rounds.cells import Cells, Items
    from assessment.method.rounds.disclosure import DisclosurePolicy
    from assessment.method.rounds.suppression import FrequencyTable

SECTOR_AXIS, TIER_AXIS = 0, 1
PAIRS = (
    (SECTOR_AXIS, (COORDINATING_SECTORS[0], COORDINATING_SECTORS[1])),
    (TIER_AXIS, (TIERS[0], TIERS[-1])),
)


@dataclass(frozen=True, slots=True)
class AxisGaps:
    """The gaps along one axis in exact levels, by dimension and by question."""

    between: tuple[str, str]
    levels: Mapping[str, Fraction]
    questions: Mapping[str, tuple[str, ...]]

    def gaps(self) -> Iterator[Gap]:
        for on, levels in self.levels.items():
            yield Gap(self.between, on, float(levels), self.questions[on])

    def absolute(self) -> dict[str, Fraction]:
        return {on: abs(levels) for on, levels in self.levels.items()}


@dataclass(frozen=True, slots=True)
class ComparedAxis:
    """The sides of one axis, and the questions of which both may be shown."""

    between: tuple[str, str]
    sides: tuple[frozenset[Cell], ...] = ()
    disclosed: frozenset[str] = frozenset()


def compared_axes(policy: DisclosurePolicy) -> tuple[ComparedAxis, ...]:
    """Between the two sectors and between the outer tiers; of nothing where it would reveal a few.

    The sectors come first and so win where only one of the two gaps can be shown.
    """
    table, hidden = policy.table, policy.suppressed
    known = [table.members(group) for group in table.groups if group not in hidden]
    secrets = table.secrets(hidden)
    published: list[frozenset[Cell]] = []
    found = []
    for axis, between in PAIRS:
        sides = tuple(comparable_cells(table, axis, name, between) for name in between)
        few = any(table.is_too_few(side & table.counted) for side in sides)
        safe = not few and not hidden & {margin(axis, name) for name in between}
        if safe and not singles_out(table, [*known, *published, *sides], secrets):
            disclosed = {
                code
                for code, disclosure in policy.questions.items()
                if disclosure.may_be_published_with(sides, published)
            }
            found.append(ComparedAxis(between, sides, frozenset(disclosed)))
            published += sides
        else:
            found.append(ComparedAxis(between))
    return tuple(found)


def compared_sides(compared: Iterable[ComparedAxis]) -> dict[str, tuple[frozenset[Cell], ...]]:
    """By question all sides of which its mean would be shown."""
    found: dict[str, tuple[frozenset[Cell], ...]] = {}
    for one in compared:
        for code in one.disclosed:
            found[code] = (*found.get(code, ()), *one.sides)
    return found


def find_gaps(
    instrument: Instrument,
    cells: Cells,
    policy: DisclosurePolicy,
    compared: Iterable[ComparedAxis],
) -> tuple[AxisGaps, ...]:
    """By axis; of questions that may be named."""
    found = []
    for one in compared:
        sides = sides_of(instrument, cells, one.sides, policy)
        disclosed = {code for code in one.disclosed if policy.may_be_named(code)}
        found.append(axis_gaps(instrument, one.between, sides, disclosed))
    return tuple(found)


def margin(axis: int, name: str) -> Group:
    return (name, None) if axis == SECTOR_AXIS else (None, name)


def comparable_cells(
    table: FrequencyTable, axis: int, name: str, between: tuple[str, str]
) -> frozenset[Cell]:
    """The cells of one side whose counterpart exists on the other side: like beside like."""
    across = 1 - axis
    both = [{cell[across] for cell in table.cells if cell[axis] == side} for side in between]
    shared = both[0] & both[1]
    return frozenset(c for c in table.cells if c[axis] == name and c[across] in shared)


def sides_of(
    instrument: Instrument,
    cells: Cells,
    sides: Iterable[frozenset[Cell]],
    policy: DisclosurePolicy,
) -> list[Items]:
    return [aggregate_items(instrument, cells, side, policy) for side in sides]


def axis_gaps(
    instrument: Instrument, between: tuple[str, str], sides: list[Items], disclosed: set[str]
) -> AxisGaps:
    levels: dict[str, Fraction] = {}
    over: dict[str, tuple[str, ...]] = {}
    for code, questions in instrument.questions_of.items():
        shared = [q for q in questions if q.code in disclosed and scored_by_all(q.code, sides)]
        for on, some in ((code, shared), *((question.code, [question]) for question in shared)):
            if some:
                levels[on] = difference(instrument.scale, some, *sides)
                over[on] = tuple(question.code for question in some)
    return AxisGaps(between, levels, over)


def scored_by_all(code: str, sides: list[Items]) -> bool:
    return all(side[code].score is not None for side in sides)


def difference(scale: Scale, questions: list[Question], first: Items, second: Items) -> Fraction:
    differences = []
    for question in questions:
        here, there = first[question.code].score, second[question.code].score
        differences.append((question.weight, (here or Fraction(0)) - (there or Fraction(0))))
    return (mean(differences) or Fraction(0)) / scale.width
