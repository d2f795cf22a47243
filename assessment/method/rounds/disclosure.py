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
    """Those who answered one question: too few in the `hidden` groups, or they give others away."""

    table: FrequencyTable
    suppressed: frozenset[Group]
    minimum: int

    def is_disclosed(self, margins: Iterable[Group]) -> bool:
        """Whether the mean of each of these groups may be known."""
        return all(m in self.table.groups and m not in self.suppressed for m in margins)

    def may_be_published_with(
        self, sides: Sequence[frozenset[Cell]], known: Sequence[frozenset[Cell]]
    ) -> bool:
        """Whether the means of `sides` may be known too, beside those of the groups and `known`."""
        here = [side & frozenset(self.table.cells) for side in sides]
        if any(self.table.size(side) < self.minimum for side in here):
            return False
        groups = [self.table.members(g) for g in self.table.groups if g not in self.suppressed]
        return singled_out(self.table, [*groups, *known, *here], self.minimum) is None


@dataclass(frozen=True, slots=True)
class DisclosurePolicy:
    """What of a round may be shown: `hidden` groups by their size, questions by who answered.

    `questions` holds, by question code, in which groups its mean may be known.
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
    hidden = suppressed_groups(table.sizes, minimum)
    return DisclosurePolicy(table, hidden, minimum, question_disclosures(cells, minimum))


def question_disclosures(cells: Cells, minimum: int) -> dict[str, QuestionDisclosure]:
    """By question code."""
    codes = next(iter(cells.values()))[0]
    return {code: question_disclosure(answered_sizes(cells, code), minimum) for code in codes}


def answered_sizes(cells: Cells, code: str) -> Sizes:
    return frozenset(
        (cell, sum(1 for items in members if items[code].status == "answered"))
        for cell, members in cells.items()
    )


@lru_cache(maxsize=4096)
def question_disclosure(sizes: Sizes, minimum: int) -> QuestionDisclosure:
    """Worked out once for each pattern of sizes: most questions were answered by the same people.

    Searching what could be singled out is the dear part of a round; a pattern holds no answers.
    """
    plain = dict(sizes)
    return QuestionDisclosure(FrequencyTable(plain), suppressed_groups(plain, minimum), minimum)
