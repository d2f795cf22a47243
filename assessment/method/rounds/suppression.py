"""Which groups are suppressed, so that nothing tells of fewer than the minimum, by no subtraction.

A group in which somebody would weigh more than one of the minimum is suppressed (primary
suppression): a group of fewer people, and one of a small cell beside a few others, because each
cell weighs the same. That is not enough: who knows the figure of a sector and of two of its three
tiers knows the third. So further groups are suppressed until no sum or difference of what is left
shown tells such a group (complementary suppression, as statistical offices do it for tables).

Groups are treated as sets of cells. A shown mean, times the number of its cells, is the sum of the
means of these cells: a vector of noughts and ones over the cells. Whatever somebody can work
out from shown figures by adding and subtracting is a linear combination of such vectors. A set of
cells is given away exactly if its own vector is one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

from assessment.instrument.groups import TOTAL, Cell, Group
from assessment.instrument.model import SECTORS, TIERS

PRIME = 2**31 - 1
"""Whole numbers modulo a prime can be divided like fractions, stay small and are never rounded.

The answer is that of exact fractions: it could differ only if a determinant of noughts and ones
were a multiple of the prime, and with at most 12 cells (4 sectors, 3 tiers) none
exceeds 4,249, Hadamard's bound.
"""
MULTIPLIER = 48271
"""A generator modulo PRIME: its powers mix the conditions of `Span` into one number a cell."""


class FrequencyTable:
    """The cells of a round with their sizes, and the margins and total that follow from them.

    `sizes` counts people: all who responded, or those who answered one question. Cells without
    anybody are left out: their emptiness says nothing of a person. 0 is a cell of nothing but
    answers that several gave together: those are shown in any case, so its figure is known, nobody
    can be singled out in it, and a sum it belongs to is one of the other cells.

    `counted` are the cells that count in a figure: a cell so small that its people would weigh too
    much in whatever is left of a sum counts in none (`counted_cells`).
    """

    def __init__(self, sizes: Mapping[Cell, int], minimum: int) -> None:
        self.cells: tuple[Cell, ...] = tuple(
            (sector, tier) for sector in SECTORS for tier in TIERS if (sector, tier) in sizes
        )
        self.sizes = sizes
        self.minimum = minimum
        self.counted = counted_cells(sizes, minimum)
        self.sectors = tuple(s for s in SECTORS if any(cell[0] == s for cell in self.cells))
        self.tiers = tuple(t for t in TIERS if any(cell[1] == t for cell in self.cells))
        self.groups: tuple[Group, ...] = (
            *self.cells,
            *((sector, None) for sector in self.sectors),
            *((None, tier) for tier in self.tiers),
            TOTAL,
        )

    def cells_in(self, group: Group) -> frozenset[Cell]:
        sector, tier = group
        return frozenset(
            cell for cell in self.cells if sector in {None, cell[0]} and tier in {None, cell[1]}
        )

    def members(self, group: Group) -> frozenset[Cell]:
        """The cells of the group that count in its figures."""
        return self.cells_in(group) & self.counted

    def n(self, group: Group) -> int:
        return sum(self.sizes[cell] for cell in self.cells_in(group))

    def people(self, cells: Iterable[Cell]) -> frozenset[Cell]:
        """Those of the cells that count and whose figure is not known anyway."""
        return frozenset(cell for cell in cells if cell in self.counted and self.sizes[cell])

    def secrets(self, hidden: Iterable[Group]) -> list[frozenset[Cell]]:
        """What must not be told of these groups; nothing where nobody in them counts."""
        return [some for group in hidden if (some := self.people(self.members(group)))]

    def is_too_few(self, cells: frozenset[Cell]) -> bool:
        """Whether somebody weighs more than one of the minimum in their mean; or they are nobody.

        Each cell weighs the same, so a person's share is one by the cells, by the people of hers.
        What several gave together is known, and lessens nobody's weight.
        """
        people = [size for cell in cells if (size := self.sizes[cell])]
        return not cells or any(len(people) * size < self.minimum for size in people)

    def lines(self) -> Iterator[tuple[list[Group], Group]]:
        """The parts and the sum of each line of the table, the plainest subtractions."""
        for sector in self.sectors:
            yield [cell for cell in self.cells if cell[0] == sector], (sector, None)
        for tier in self.tiers:
            yield [cell for cell in self.cells if cell[1] == tier], (None, tier)
        yield [(sector, None) for sector in self.sectors], TOTAL
        yield [(None, tier) for tier in self.tiers], TOTAL


def counted_cells(sizes: Mapping[Cell, int], minimum: int) -> frozenset[Cell]:
    """All cells but those whose people nothing could hide.

    A cell below the minimum stays in the sums where the others below it hide it, or one more cell
    beside it, which is then hidden for its sake. Where it would take several, it would cost more
    than it tells: one person's answer is no reason to hide four groups.
    """
    hidden = sorted(size for size in sizes.values() if 0 < size < minimum)
    while hidden and max(len(hidden), 2) * hidden[0] < minimum:
        hidden.pop(0)
    smallest = hidden[0] if hidden else minimum
    return frozenset(cell for cell, size in sizes.items() if size >= smallest or not size)


def suppressed_groups(
    table: FrequencyTable, protected: frozenset[Group] = frozenset()
) -> frozenset[Group]:
    """Starts from the groups that are too small and suppresses until nothing gives them away.

    `protected` are hidden for another reason and must not be told either. Ends, because each step
    takes one more group away. What can be worked out all the same and is of enough people is shown:
    to call it hidden would be untrue.
    """
    kept = {group for group in table.groups if group in protected and table.secrets([group])}
    suppressed = {g for g in table.groups if table.is_too_few(table.members(g))} | kept
    secrets = table.secrets(kept)
    while (more := next_to_suppress(table, suppressed, secrets)) is not None:
        suppressed.add(more)
    span = Span(table, [table.members(group) for group in table.groups if group not in suppressed])
    told = {g for g in suppressed - kept if not table.is_too_few(table.members(g))}
    return frozenset(g for g in suppressed if g not in told or not span.tells(table.members(g)))


def next_to_suppress(
    table: FrequencyTable, suppressed: set[Group], secrets: list[frozenset[Cell]]
) -> Group | None:
    """The next group that has to go, the smallest that helps; None where all is safe.

    Lines first: there the smallest shown part of the very sum is taken, which costs least. What is
    left are combinations across lines, for which any smallest group is taken, the total last.
    """
    for parts, whole in table.lines():
        shown = [group for group in parts if group not in suppressed and table.n(group)]
        if shown and line_discloses(table, parts, whole, suppressed):
            return smallest(table, shown)
    rest = [table.members(group) for group in table.groups if group not in suppressed]
    if not singles_out(table, rest, secrets):
        return None
    hideable = [g for g in table.groups if g not in suppressed and g != TOTAL and table.n(g)]
    return smallest(table, hideable) if hideable else TOTAL


def line_discloses(
    table: FrequencyTable, parts: list[Group], whole: Group, suppressed: set[Group]
) -> bool:
    """Whether the sum less its shown parts tells of too few."""
    hidden = frozenset[Cell]().union(*(table.members(g) for g in parts if g in suppressed))
    return whole not in suppressed and bool(hidden) and table.is_too_few(hidden)


def smallest(table: FrequencyTable, groups: list[Group]) -> Group:
    return min(groups, key=table.n)


def singles_out(
    table: FrequencyTable,
    shown: Iterable[frozenset[Cell]],
    secrets: Iterable[frozenset[Cell]] = (),
) -> bool:
    """Whether sums and differences of `shown` tell the mean of too few, or one of `secrets`.

    Too few are a cell below the minimum and so many others at most that its people still weigh too
    much: at most a few hundred sets, each a sum of a few numbers.
    """
    span = Span(table, shown)
    if any(span.tells(secret) for secret in secrets):
        return True
    people = sorted(table.people(table.cells))
    return any(
        span.tells({cell, *others})
        for cell in people
        for more in range((table.minimum - 1) // table.sizes[cell])
        for others in combinations([other for other in people if other != cell], more)
    )


class Span:
    """What sums and differences of some sets of cells can tell.

    A vector lies in the span of others if it meets every condition that all of these meet. The
    conditions are mixed into one number a cell, and a set meets them where its numbers add up to
    nought. One that is told is never missed; one in PRIME may be taken for told by accident, and is
    then hidden.
    """

    def __init__(self, table: FrequencyTable, shown: Iterable[frozenset[Cell]]) -> None:
        basis: dict[int, list[int]] = {}
        for cells in shown:
            add_to_basis(basis, vector(table, cells))
        free = [place for place in range(len(table.cells)) if place not in basis]
        mixed = {place: pow(MULTIPLIER, n + 1, PRIME) for n, place in enumerate(free)}
        for lead, row in basis.items():
            mixed[lead] = -sum(mixed[place] * row[place] for place in free) % PRIME
        places = {cell: place for place, cell in enumerate(table.cells)}
        self.numbers = {cell: mixed[places[cell]] for cell in table.people(table.cells)}

    def tells(self, cells: Iterable[Cell]) -> bool:
        return sum(self.numbers.get(cell, 0) for cell in cells) % PRIME == 0


def vector(table: FrequencyTable, cells: frozenset[Cell]) -> list[int]:
    """One place a cell of the table, 1 where it belongs to the set; what is known is no unknown."""
    people = table.people(cells)
    return [int(cell in people) for cell in table.cells]


def add_to_basis(basis: dict[int, list[int]], row: list[int]) -> None:
    """Gauss's elimination over the field of `PRIME`: no row has anything at another's lead."""
    for lead, other in basis.items():
        row = less(row, other, row[lead])
    if not any(row):
        return
    lead = next(place for place, value in enumerate(row) if value)
    inverse = pow(row[lead], -1, PRIME)
    row = [value * inverse % PRIME for value in row]
    for place, other in basis.items():
        basis[place] = less(other, row, other[lead])
    basis[lead] = row


def less(row: list[int], other: list[int], factor: int) -> list[int]:
    if not factor:
        return row
    return [(a - factor * b) % PRIME for a, b in zip(row, other, strict=True)]
