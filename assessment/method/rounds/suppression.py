"""Which groups are suppressed, so that neither they nor a subtraction shows fewer than the minimum.

A group below the minimum is suppressed (primary suppression). That is not enough: who knows the
figure of a sector and of two of its three tiers knows the third. So further groups are suppressed
until no sum or difference of what is left shown belongs to fewer people (complementary
suppression, as statistical offices do it for tables).

Groups are treated as sets of cells. A shown mean, times the number of its cells, is the sum of the
means of these cells: a vector of noughts and ones over the cells. Whatever somebody can work
out from shown figures by adding and subtracting is a linear combination of such vectors. A set of
cells is given away exactly if its own vector is one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations

from assessment.instrument.groups import TOTAL, Cell, Group
from assessment.instrument.model import SECTORS, TIERS

PRIME = 2**31 - 1
"""Whole numbers modulo a prime can be divided like fractions, stay small and are never rounded.

The answer is that of exact fractions: it could differ only if a determinant of noughts and ones
were a multiple of the prime, and with at most 12 cells (4 sectors, 3 tiers) none
exceeds 4,249, Hadamard's bound.
"""


class FrequencyTable:
    """The cells of a round with their sizes, and the margins and total that follow from them.

    `sizes` counts people: all who responded, or those who answered one question. Cells without
    anybody are left out: their emptiness says nothing of a person.
    """

    def __init__(self, sizes: Mapping[Cell, int]) -> None:
        self.cells: tuple[Cell, ...] = tuple(
            (sector, tier) for sector in SECTORS for tier in TIERS if sizes.get((sector, tier))
        )
        self.sizes = sizes
        self.sectors = tuple(s for s in SECTORS if any(cell[0] == s for cell in self.cells))
        self.tiers = tuple(t for t in TIERS if any(cell[1] == t for cell in self.cells))
        self.groups: tuple[Group, ...] = (
            *self.cells,
            *((sector, None) for sector in self.sectors),
            *((None, tier) for tier in self.tiers),
            TOTAL,
        )

    def members(self, group: Group) -> frozenset[Cell]:
        sector, tier = group
        return frozenset(
            cell for cell in self.cells if sector in {None, cell[0]} and tier in {None, cell[1]}
        )

    def size(self, cells: frozenset[Cell]) -> int:
        return sum(self.sizes[cell] for cell in cells)

    def n(self, group: Group) -> int:
        return self.size(self.members(group))

    def lines(self) -> Iterator[tuple[list[Group], Group]]:
        """The parts and the sum of each line of the table, the plainest subtractions."""
        for sector in self.sectors:
            yield [cell for cell in self.cells if cell[0] == sector], (sector, None)
        for tier in self.tiers:
            yield [cell for cell in self.cells if cell[1] == tier], (None, tier)
        yield [(sector, None) for sector in self.sectors], TOTAL
        yield [(None, tier) for tier in self.tiers], TOTAL


def suppressed_groups(sizes: Mapping[Cell, int], minimum: int) -> frozenset[Group]:
    """Starts from the groups that are too small and suppresses until nothing gives them away.

    Ends, because each step takes one more group away, and the total alone gives away nobody: it is
    either below the minimum, and everything is suppressed, or it is a mean of enough people.
    """
    table = FrequencyTable(sizes)
    suppressed = {group for group in table.groups if table.n(group) < minimum}
    while (more := next_to_suppress(table, suppressed, minimum)) is not None:
        suppressed.add(more)
    return frozenset(suppressed)


def next_to_suppress(table: FrequencyTable, suppressed: set[Group], minimum: int) -> Group | None:
    """The next group that has to go, the smallest that helps; None where all is safe.

    Lines first: there the smallest shown part of the very sum is taken, which costs least. What is
    left are combinations across lines, for which any smallest group is taken.
    """
    for parts, whole in table.lines():
        shown = [group for group in parts if group not in suppressed]
        if shown and line_discloses(table, parts, whole, suppressed, minimum):
            return smallest(table, shown)
    rest = [table.members(group) for group in table.groups if group not in suppressed]
    found = singled_out(table, rest, minimum)
    if found is None:
        return None
    return smallest(table, [g for g in table.groups if g not in suppressed and g != TOTAL])


def line_discloses(
    table: FrequencyTable, parts: list[Group], whole: Group, suppressed: set[Group], minimum: int
) -> bool:
    """Whether the sum less its shown parts, or all parts together, tell what must not be shown."""
    together = sum(table.n(group) for group in parts if group in suppressed)
    return not together if whole in suppressed else 0 < together < minimum


def smallest(table: FrequencyTable, groups: list[Group]) -> Group:
    return min(groups, key=table.n)


def singled_out(
    table: FrequencyTable, shown: list[frozenset[Cell]], minimum: int
) -> frozenset[Cell] | None:
    """A set of fewer than `minimum` people that sums and differences of `shown` single out.

    None where there is none, which is what makes `shown` safe. Only cells below the minimum can
    belong to such a set, and fewer of them than the minimum, as nobody's cell is empty: at most a
    few hundred sets, each tried against the same basis.
    """
    small = [cell for cell in table.cells if table.sizes[cell] < minimum]
    basis = basis_of(table, shown) if small else {}
    for size in range(1, min(minimum, len(small) + 1)):
        for cells in combinations(small, size):
            few = table.size(frozenset(cells)) < minimum
            if few and not any(reduced(vector(table, frozenset(cells)), basis)):
                return frozenset(cells)
    return None


def vector(table: FrequencyTable, cells: frozenset[Cell]) -> list[int]:
    """One place a cell of the table, 1 where it belongs to the set."""
    return [int(cell in cells) for cell in table.cells]


def basis_of(table: FrequencyTable, shown: list[frozenset[Cell]]) -> dict[int, list[int]]:
    """Gauss's elimination over the field of `PRIME`: independent rows by their leading place."""
    basis: dict[int, list[int]] = {}
    for cells in shown:
        rest = reduced(vector(table, cells), basis)
        lead = next((n for n, value in enumerate(rest) if value), None)
        if lead is not None:
            inverse = pow(rest[lead], -1, PRIME)
            basis[lead] = [value * inverse % PRIME for value in rest]
    return basis


def reduced(row: list[int], basis: dict[int, list[int]]) -> list[int]:
    """What is left of the row; nothing but noughts if it is a combination of the basis."""
    for lead in sorted(basis):
        factor = row[lead]
        if factor:
            row = [(a - factor * b) % PRIME for a, b in zip(row, basis[lead], strict=True)]
    return row
