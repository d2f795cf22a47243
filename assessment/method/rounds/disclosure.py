"""How many of each group answered a question, and in which groups its mean may be known."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from assessment.method.rounds.suppression import Cell, Group, Table, hidden_groups, revealed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from assessment.method.rounds.cells import Cells

Sizes = frozenset[tuple[Cell, int]]


@dataclass(frozen=True, slots=True)
class Voices:
    """Those who answered one question: too few in the `hidden` groups, or they give others away."""

    table: Table
    hidden: frozenset[Group]
    minimum: int

    def told(self, margins: Iterable[Group]) -> bool:
        """Whether the mean of each of these groups may be known."""
        return all(m in self.table.groups and m not in self.hidden for m in margins)

    def bears(self, sides: Sequence[frozenset[Cell]], known: Sequence[frozenset[Cell]]) -> bool:
        """Whether the means of `sides` may be known too, beside those of the groups and `known`."""
        here = [side & frozenset(self.table.cells) for side in sides]
        if any(self.table.size(side) < self.minimum for side in here):
            return False
        groups = [self.table.members(g) for g in self.table.groups if g not in self.hidden]
        return revealed(self.table, [*groups, *known, *here], self.minimum) is None


@dataclass(frozen=True, slots=True)
class Guard:
    """What of a round may be shown: its groups by their size, its questions by their voices."""

    table: Table
    hidden: frozenset[Group]
    minimum: int
    voices: Mapping[str, Voices]

    def silent_in(self, group: Group) -> frozenset[str]:
        """The questions whose mean in this group must not be known."""
        return frozenset(code for code, found in self.voices.items() if group in found.hidden)


def guard_of(cells: Cells, minimum: int) -> Guard:
    table = Table({cell: len(members) for cell, members in cells.items()})
    hidden = hidden_groups(table.sizes, minimum)
    return Guard(table, hidden, minimum, voices_of(cells, minimum))


def voices_of(cells: Cells, minimum: int) -> dict[str, Voices]:
    """By question code."""
    codes = next(iter(cells.values()))[0]
    return {code: voices(answering(cells, code), minimum) for code in codes}


def answering(cells: Cells, code: str) -> Sizes:
    return frozenset(
        (cell, sum(1 for items in members if items[code].status == "answered"))
        for cell, members in cells.items()
    )


@lru_cache(maxsize=4096)
def voices(sizes: Sizes, minimum: int) -> Voices:
    """Many questions were answered by just as many."""
    plain = dict(sizes)
    return Voices(Table(plain), hidden_groups(plain, minimum), minimum)
