"""Sums at the edge of what is possible tell their parts, though they are of enough people.

Two hidden groups of three are six people, and their mean may be known. But where it is the best
there is, both groups answered just that; where it is near it, each is known to less than a level.
So whoever has all shown figures must still be able to think of two rounds that agree with them and
lie a level apart in what is hidden, also if she is one of those who answered. Such rounds are found
by moving the answers of some cells against those of others so that every shown mean stays as it is.
Where they are not found, the whole alone is told.

The whole tells its own people in the same way if they all answer alike, and so does every group
that is shown. That cannot be taken out without hiding each clear result, so the notice says it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING

from assessment.instrument.groups import TOTAL, Cell
from assessment.instrument.model import HIGHEST

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from assessment.instrument.model import Instrument, Question
    from assessment.method.rounds.cells import Cells
    from assessment.method.rounds.disclosure import DisclosurePolicy

TOP = float(HIGHEST)
Move = dict[Cell, float]
"""How far each cell moves, against the others: no shown mean changes."""
ShownSets = frozenset[frozenset[Cell]]
"""Of one question: the sets of cells whose mean is shown."""
Sides = tuple[frozenset[Cell], ...]
"""The two sides of each published gap."""


@dataclass(frozen=True, slots=True)
class Reach:
    """How far down and up the mean of a cell can go.

    `beside` is how far it can for one of its people, who knows what she said herself.
    """

    down: float
    up: float
    down_beside: float
    up_beside: float


def without_edges(
    instrument: Instrument, cells: Cells, policy: DisclosurePolicy, compared: Mapping[str, Sides]
) -> DisclosurePolicy:
    """The same, with questions closed in all groups but the whole where there is no room.

    `compared` are the sides of gaps by question. A question with too little room in a hidden group
    is `unnamed`: it stands in no gap and no chain, because each of these would single it out.
    """
    least = float(instrument.scale.width)
    hidden = list(asked_for(policy.table.cells_in(group) for group in policy.suppressed))
    for questions in instrument.questions_of.values():
        scored = [question for question in questions if question.scored]
        if not hidden and all(policy.is_open(question.code) for question in scored):
            continue
        rooms = [QuestionRoom.of(cells, policy, q, compared.get(q.code, ())) for q in scored]
        policy = policy.close(room.code for room in rooms if room.is_tight_where_closed(least))
        rooms = [QuestionRoom.of(cells, policy, q, compared.get(q.code, ())) for q in scored]
        if any(is_tight(rooms, group, least) for group in hidden):
            policy = policy.close(question.code for question in questions)
        unnamed = {room.code for room in rooms if any(is_tight([room], g, least) for g in hidden)}
        policy = replace(policy, unnamed=policy.unnamed | unnamed)
    return policy


@dataclass(frozen=True, slots=True)
class QuestionRoom:
    """How far apart two rounds may lie in one question that look the same from outside."""

    code: str
    weight: int
    reach: Mapping[Cell, Reach]
    moves: tuple[Move, ...]
    whole: bool
    closed: tuple[frozenset[Cell], ...]

    @classmethod
    def of(
        cls, cells: Cells, policy: DisclosurePolicy, question: Question, sides: Sides
    ) -> QuestionRoom:
        code, table = question.code, policy.questions[question.code].table
        people = table.people(table.cells)
        shown = [group for group in table.groups if policy.is_disclosed(code, group)]
        named = sides if code not in policy.unnamed and shown != [TOTAL] else ()
        known = [*(table.members(group) for group in shown), *named]
        return cls(
            code,
            question.weight,
            {cell: reach(cells, cell, code) for cell in people},
            moves(tuple(sorted(people)), frozenset(table.people(some) for some in known)),
            TOTAL in shown,
            tuple(
                asked_for(
                    table.cells_in(group)
                    for group in table.groups
                    if group not in policy.suppressed and group not in shown
                )
            ),
        )

    def is_tight_where_closed(self, least: float) -> bool:
        """Whether somebody could tell what it hides in a group that is shown otherwise."""
        return any(is_tight([self], group, least) for group in self.closed)

    def in_group(self, group: frozenset[Cell]) -> float:
        """In points of the mean of the group, by the best single move: there may be more."""
        inside = group & self.reach.keys()
        return max((self.by(move, inside) for move in self.moves), default=0.0)

    def by(self, move: Move, inside: frozenset[Cell]) -> float:
        share = sum(move[cell] for cell in move.keys() & inside) / len(inside)
        forwards, backwards = (
            min(self.limit(cell, way * step, inside) / abs(step) for cell, step in move.items())
            for way in (1, -1)
        )
        return abs(share) * (forwards + backwards)

    def limit(self, cell: Cell, way: float, inside: frozenset[Cell]) -> float:
        found = self.reach[cell]
        if cell in inside:
            return found.up if way > 0 else found.down
        return found.up_beside if way > 0 else found.down_beside

    def by_the_whole(self, group: frozenset[Cell]) -> float:
        """What the whole alone leaves: the answers of the group against those of all others."""
        inside = group & self.reach.keys()
        mine = [self.reach[cell] for cell in inside]
        others = [found for cell, found in self.reach.items() if cell not in inside]
        if not self.whole:
            return TOP
        up = min(sum(found.up for found in mine), sum(found.down for found in others))
        down = min(sum(found.down for found in mine), sum(found.up for found in others))
        return (up + down) / len(inside)


def is_tight(rooms: Sequence[QuestionRoom], group: frozenset[Cell], least: float) -> bool:
    """Whether the mean of the group over these questions is known to less than a level.

    Where the whole alone leaves no more, closing the groups would help nobody.
    """
    here = [room for room in rooms if group & room.reach.keys()]
    weight = sum(room.weight for room in here)
    left = sum(room.weight * room.in_group(group) for room in here)
    whole = sum(room.weight * room.by_the_whole(group) for room in here)
    return left < min(least * weight, whole)


def asked_for(groups: Iterable[frozenset[Cell]]) -> set[frozenset[Cell]]:
    """These groups, and each less one cell: what who sits there wants to know of the others."""
    found = set(groups)
    return found | {group - {cell} for group in found if len(group) > 1 for cell in group}


def reach(cells: Cells, cell: Cell, code: str) -> Reach:
    items = [one[code] for one in cells[cell] if one[code].score is not None]
    points = [float(item.score or 0) for item in items if not item.together]
    down, up = sum(points), sum(TOP - some for some in points)
    return Reach(
        *(room / len(items) for room in (down, up)),
        *(
            (room - most) / len(items)
            for room, most in ((down, max(points)), (up, TOP - min(points)))
        ),
    )


@lru_cache(maxsize=4096)
def moves(cells: tuple[Cell, ...], known: ShownSets) -> tuple[Move, ...]:
    """The plainest moves: of as few cells as the elimination finds, and of two of these together.

    Kept by the sets of cells alone, which hold no answer and no round; never stale, because it is
    a pure function. At most 4,096, the oldest goes. Worth it: a millisecond for each question.
    """
    found = free_moves(cells, known)
    pairs = [
        {cell: one.get(cell, Fraction(0)) + sign * other.get(cell, Fraction(0)) for cell in cells}
        for one, other in combinations(found, 2)
        for sign in (1, -1)
    ]
    return tuple({cell: float(step) for cell, step in m.items() if step} for m in (*found, *pairs))


def free_moves(
    cells: tuple[Cell, ...], known: Iterable[frozenset[Cell]]
) -> list[dict[Cell, Fraction]]:
    """A basis of the moves that no known mean notices: Gauss's elimination in fractions."""
    basis: dict[Cell, dict[Cell, Fraction]] = {}
    for some in known:
        row = {cell: Fraction(cell in some) for cell in cells}
        for lead, other in basis.items():
            row = minus(row, other, row[lead])
        if any(row.values()):
            lead = next(cell for cell, share in row.items() if share)
            row = {cell: share / row[lead] for cell, share in row.items()}
            basis = {at: minus(other, row, other[lead]) for at, other in basis.items()}
            basis[lead] = row
    free = [cell for cell in cells if cell not in basis]
    return [
        {cell: Fraction(1), **{lead: -row[cell] for lead, row in basis.items() if row[cell]}}
        for cell in free
    ]


def minus(
    row: dict[Cell, Fraction], other: Mapping[Cell, Fraction], times: Fraction
) -> dict[Cell, Fraction]:
    return {cell: share - times * other[cell] for cell, share in row.items()} if times else row
