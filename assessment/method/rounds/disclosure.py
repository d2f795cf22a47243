"""Who may see what of a round: the one small-group rule.

A group in which somebody would weigh more than one of the minimum shows nothing, and neither does a
group whose figures would let somebody work such a group out by subtraction (`suppression.py`). The
same holds for every single question, because its mean comes from those who answered it and not from
all who are in the group: five members of whom one answered are one person. Whatever leaves
`assess()` about a group or a question goes through the DisclosurePolicy made here; `withholding.py`
applies it to the items, and `edges.py` takes out what only the figures themselves give away.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from assessment.instrument.groups import TOTAL, Cell, Group
from assessment.method.rounds.cells import people_in
from assessment.method.rounds.suppression import FrequencyTable, singles_out, suppressed_groups

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from assessment.method.rounds.cells import Cells

Sizes = frozenset[tuple[Cell, int]]


@dataclass(frozen=True, slots=True)
class QuestionDisclosure:
    """In which groups the mean of one question may be shown: in all that are not `suppressed`.

    `table` counts those who answered it, not those who are in the group; in the groups of `few`
    fewer than the minimum did, whoever else it counts for.
    """

    table: FrequencyTable
    suppressed: frozenset[Group]
    few: frozenset[Group] = frozenset()

    def may_be_published_with(
        self, sides: Sequence[frozenset[Cell]], known: Sequence[frozenset[Cell]]
    ) -> bool:
        """Whether the means of `sides` may be shown too, beside those of the groups and `known`.

        `sides` and `known` are the two sides of gaps: sets of cells that need not be a group of
        the table, and so open subtractions of their own.
        """
        table = self.table
        if any(table.is_too_few(side & table.counted) for side in sides):
            return False
        groups = [table.members(g) for g in table.groups if g not in self.suppressed]
        secrets = table.secrets(self.suppressed)
        return not singles_out(table, [*groups, *known, *sides], secrets)


@dataclass(frozen=True, slots=True)
class DisclosurePolicy:
    """What of a round may be shown: groups by their size, questions by how many answered them.

    `table` counts people, each with a response of her own; `suppressed` are the groups of which
    nothing is shown, `questions` holds the same for each question by its code. A group can be shown
    and a question of it not. `closed` are questions that only the whole shows, and `unnamed` those
    that no gap and no chain names, because of the figures themselves (`edges.py`).
    """

    table: FrequencyTable
    suppressed: frozenset[Group]
    questions: Mapping[str, QuestionDisclosure]
    closed: frozenset[str] = frozenset()
    unnamed: frozenset[str] = frozenset()

    @property
    def minimum(self) -> int:
        return self.table.minimum

    def is_disclosed(self, code: str, group: Group) -> bool:
        """Whether the mean of the question in this group may be known."""
        found = self.questions[code]
        shown = group in found.table.groups and group not in found.suppressed | found.few
        open_here = group == TOTAL or code not in self.closed
        return shown and open_here and group not in self.suppressed

    def is_open(self, code: str) -> bool:
        """Whether every group in which anybody answered shows it."""
        return not self.questions[code].suppressed | self.questions[code].few

    def may_be_named(self, code: str) -> bool:
        """Whether a gap or a chain may tell of the question by itself."""
        return code not in self.closed | self.unnamed

    def close(self, codes: Iterable[str]) -> DisclosurePolicy:
        """The same, with these questions shown of the whole only."""
        return replace(self, closed=self.closed.union(codes))

    def closed_questions(self, group: Group) -> frozenset[str]:
        """The questions whose mean in this group must not be known, or that nobody answered."""
        return frozenset(code for code in self.questions if not self.is_disclosed(code, group))

    def told_of_unknown(self, members: Iterable[Cell]) -> frozenset[Cell]:
        """Of these the cells over which those who do not know are counted: no hidden one.

        Often nobody of a few does not know, and a sum of nought tells each of its parts. Where no
        cell is shown, the whole alone tells it, of all that count.
        """
        table, chosen = self.table, frozenset(members)
        shown = frozenset(cell for cell in table.cells if cell not in self.suppressed)
        if shown:
            return shown & chosen
        return table.counted if chosen == frozenset(table.cells) else frozenset()

    def counted(self, code: str) -> frozenset[Cell]:
        """The cells whose answers to the question count in the figures of any group."""
        return self.questions[code].table.counted


def disclosure_policy(cells: Cells, minimum: int) -> DisclosurePolicy:
    table = FrequencyTable({cell: people_in(members) for cell, members in cells.items()}, minimum)
    suppressed = suppressed_groups(table)
    return DisclosurePolicy(table, suppressed, question_disclosures(cells, minimum, suppressed))


def question_disclosures(
    cells: Cells, minimum: int, hidden: frozenset[Group]
) -> dict[str, QuestionDisclosure]:
    """By question code; every respondent has an item for every question, so any tells the codes."""
    codes = next(iter(cells.values()))[0]
    found = {}
    for code in codes:
        disclosure = question_disclosure(answered_sizes(cells, code), minimum, hidden)
        found[code] = replace(disclosure, few=few_of(cells, code, disclosure.table))
    return found


def few_of(cells: Cells, code: str, table: FrequencyTable) -> frozenset[Group]:
    """The groups in which too few answered, or had it counted where nobody did."""
    asked = {
        cell: [one[code] for one in cells[cell] if not one[code].together] for cell in table.cells
    }
    answered = {c: sum(item.status == "answered" for item in some) for c, some in asked.items()}
    counted = {c: sum(item.counted for item in some) for c, some in asked.items()}

    def answering(group: Group) -> int:
        inside = table.cells_in(group)
        return sum(answered[c] for c in inside) or sum(counted[c] for c in inside)

    return frozenset(group for group in table.groups if 0 < answering(group) < table.minimum)


def answered_sizes(cells: Cells, code: str) -> Sizes:
    """Where anybody answered the question: how many of them for themselves.

    Where nobody did for herself, but it counts with its hidden points, how many of those: that it
    counts says what they answered to another question, also beside what several gave together.
    """
    found = []
    for cell, members in cells.items():
        items = [one[code] for one in members]
        own = [item for item in items if not item.together]
        answered = sum(item.status == "answered" for item in own)
        counting = answered or sum(item.counted for item in own)
        if counting or any(item.status == "answered" or item.counted for item in items):
            found.append((cell, counting))
    return frozenset(found)


@lru_cache(maxsize=4096)
def question_disclosure(
    sizes: Sizes, minimum: int, hidden: frozenset[Group] = frozenset()
) -> QuestionDisclosure:
    """Kept by how many answered in each cell, the minimum, and the groups that are hidden anyway.

    Never stale, because it is a pure function; never private, because a pattern of sizes holds no
    answer and no round. At most 4,096 patterns, the oldest goes. Worth it: the search takes up to
    some milliseconds, and most of the fifty questions of a round were answered by the same people.
    """
    table = FrequencyTable(dict(sizes), minimum)
    return QuestionDisclosure(table, suppressed_groups(table, hidden))
