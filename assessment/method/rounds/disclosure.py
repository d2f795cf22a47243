"""Who may see what of a round: the one small-group rule.

A group of fewer than the minimum shows nothing, and neither does a group whose figures would let
somebody work such a group out by subtraction (`suppression.py`). The same holds for every single
question, because its mean comes from those who answered it and not from all who are in the group:
five members of whom one answered are one person. Whatever leaves `assess()` about a group or a
question goes through the DisclosurePolicy made here; `withholding.py` applies it to the items.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from assessment.instrument.groups import Cell, Group
from assessment.method.rounds.suppression import FrequencyTable, singled_out, suppressed_groups

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from assessment.method.rounds.cells import Cells

Sizes = frozenset[tuple[Cell, int]]


@dataclass(frozen=True, slots=True)
class QuestionDisclosure:
    """In which groups the mean of one question may be shown: in all that are not `suppressed`.

    `table` counts those who answered it, not those who are in the group.
    """

    table: FrequencyTable
    suppressed: frozenset[Group]
    minimum: int

    def is_disclosed(self, margins: Iterable[Group]) -> bool:
        """Whether the mean of each of these groups may be known."""
        return all(m in self.table.groups and m not in self.suppressed for m in margins)

    def may_be_published_with(
        self, sides: Sequence[frozenset[Cell]], known: Sequence[frozenset[Cell]]
    ) -> bool:
        """Whether the means of `sides` may be shown too, beside those of the groups and `known`.

        `sides` and `known` are the two sides of gaps: sets of cells that need not be a group of
        the table, and so open subtractions of their own.
        """
        here = [side & frozenset(self.table.cells) for side in sides]
        if any(self.table.size(side) < self.minimum for side in here):
            return False
        groups = [self.table.members(g) for g in self.table.groups if g not in self.suppressed]
        return singled_out(self.table, [*groups, *known, *here], self.minimum) is None


@dataclass(frozen=True, slots=True)
class DisclosurePolicy:
    """What of a round may be shown: groups by their size, questions by how many answered them.

    `table` counts respondents, `suppressed` are the groups of which nothing is shown, `questions`
    holds the same for each question by its code. A group can be shown and a question of it not.
    """

    table: FrequencyTable
    suppressed: frozenset[Group]
    minimum: int
    questions: Mapping[str, QuestionDisclosure]

    def suppressed_questions(self, group: Group) -> frozenset[str]:
        """The questions whose mean in this group must not be known."""
        return frozenset(
            code for code, found in self.questions.items() if group in found.suppressed
        )


def disclosure_policy(cells: Cells, minimum: int) -> DisclosurePolicy:
    table = FrequencyTable({cell: len(members) for cell, members in cells.items()})
    suppressed = suppressed_groups(table.sizes, minimum)
    return DisclosurePolicy(table, suppressed, minimum, question_disclosures(cells, minimum))


def question_disclosures(cells: Cells, minimum: int) -> dict[str, QuestionDisclosure]:
    """By question code; every respondent has an item for every question, so any tells the codes."""
    codes = next(iter(cells.values()))[0]
    return {code: question_disclosure(answered_sizes(cells, code), minimum) for code in codes}


def answered_sizes(cells: Cells, code: str) -> Sizes:
    return frozenset(
        (cell, sum(1 for items in members if items[code].status == "answered"))
        for cell, members in cells.items()
    )


@lru_cache(maxsize=4096)
def question_disclosure(sizes: Sizes, minimum: int) -> QuestionDisclosure:
    """Kept by how many answered in each cell, and the minimum: it follows from these alone.

    Never stale, because it is a pure function; never private, because a pattern of sizes holds no
    answer and no round. At most 4,096 patterns, the oldest goes. Worth it: the search takes up to
    half a millisecond, and most of the fifty questions of a round were answered by the same people.
    """
    plain = dict(sizes)
    return QuestionDisclosure(FrequencyTable(plain), suppressed_groups(plain, minimum), minimum)
