"""Which groups stay hidden, so that neither they nor a subtraction shows fewer than the minimum."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations

from assessment.instrument.groups import TOTAL, Cell, Group
from assessment.instrument.model import SECTORS, TIERS

PRIME = 2**31 - 1


class FrequencyTable:
    """The cells of a round with their sizes, and the margins and total that follow from them."""

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
        """The parts of every sum that somebody could undo, with the sum."""
        for sector in self.sectors:
            yield [cell for cell in self.cells if cell[0] == sector], (sector, None)
        for tier in self.tiers:
            yield [cell for cell in self.cells if cell[1] == tier], (None, tier)
        yield [(sector, None) for sector in self.sectors], TOTAL
        yield [(None, tier) for tier in self.tiers], TOTAL


def suppressed_groups(sizes: Mapping[Cell, int], minimum: int) -> frozenset[Group]:
    """Starts from the groups that are too small and hides until nothing gives them away."""
    table = FrequencyTable(sizes)
    hidden = {group for group in table.groups if table.n(group) < minimum}
    while (more := next_to_suppress(table, hidden, minimum)) is not None:
        hidden.add(more)
    return frozenset(hidden)


def next_to_suppress(table: FrequencyTable, hidden: set[Group], minimum: int) -> Group | None:
    for parts, whole in table.lines():
        shown = [group for group in parts if group not in hidden]
        if shown and line_discloses(table, parts, whole, hidden, minimum):
            return smallest(table, shown)
    rest = [table.members(group) for group in table.groups if group not in hidden]
    found = singled_out(table, rest, minimum)
    if found is None:
        return None
    return smallest(table, [g for g in table.groups if g not in hidden and g != TOTAL])


def line_discloses(
    table: FrequencyTable, parts: list[Group], whole: Group, hidden: set[Group], minimum: int
) -> bool:
    """A shown sum gives away hidden parts that are few; shown parts give away a hidden sum."""
    together = sum(table.n(group) for group in parts if group in hidden)
    return not together if whole in hidden else 0 < together < minimum


def smallest(table: FrequencyTable, groups: list[Group]) -> Group:
    return min(groups, key=table.n)


def singled_out(
    table: FrequencyTable, shown: list[frozenset[Cell]], minimum: int
) -> frozenset[Cell] | None:
    """A set of fewer than `minimum` people that sums and differences of `shown` single out."""
    small = [cell for cell in table.cells if table.sizes[cell] < minimum]
    basis = basis_of(table, shown) if small else {}
    for size in range(1, min(minimum, len(small) + 1)):
        for cells in combinations(small, size):
            few = table.size(frozenset(cells)) < minimum
            if few and not any(reduced(vector(table, frozenset(cells)), basis)):
                return frozenset(cells)
    return None


def vector(table: FrequencyTable, cells: frozenset[Cell]) -> list[int]:
    return [int(cell in cells) for cell in table.cells]


def basis_of(table: FrequencyTable, shown: list[frozenset[Cell]]) -> dict[int, list[int]]:
    """Gauss's elimination over a prime field, exact for tables this small; by leading place."""
    basis: dict[int, list[int]] = {}
    for cells in shown:
        rest = reduced(vector(table, cells), basis)
        lead = next((n for n, value in enumerate(rest) if value), None)
        if lead is not None:
            inverse = pow(rest[lead], -1, PRIME)
            basis[lead] = [value * inverse % PRIME for value in rest]
    return basis


def reduced(row: list[int], basis: dict[int, list[int]]) -> list[int]:
    for lead in sorted(basis):
        factor = row[lead]
        if factor:
            row = [(a - factor * b) % PRIME for a, b in zip(row, basis[lead], strict=True)]
    return row
