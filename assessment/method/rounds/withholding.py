"""What too few people answered: nothing that is shown may tell what they said.

Suppression decides about groups; this is about the questions of one group. Leaving out the mean of
a question is not enough: the mean of its dimension is shown too, and the mean of its aspect (formal
or practice) beside it, so that subtracting the shown questions gives the one that is left out. So
what must not be shown counts nowhere.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from assessment.instrument.groups import TOTAL
from assessment.instrument.model import HIGHEST, LOWEST
from assessment.method.items import Item, hidden_points
from assessment.method.result import SUPPRESSED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from assessment.method.result import GroupResult


def withhold(items: Mapping[str, Item], minimum: int, closed: frozenset[str]) -> dict[str, Item]:
    """The same questions, less what fewer than the minimum answered and what is `closed`.

    `closed` are the questions whose mean in this group somebody could use to work another one out.
    """
    return {
        code: excluded(item, minimum) if must_not_be_told(item, minimum, closed) else item
        for code, item in items.items()
    }


def must_not_be_told(item: Item, minimum: int, closed: frozenset[str]) -> bool:
    # Whose question was hidden and counts all the same is a group too: a small one says which
    # answer these people gave to the question that hides it.
    answering = item.answered or item.defaulted
    return 0 < answering < minimum or (answering > 0 and item.question.code in closed)


def excluded(item: Item, minimum: int) -> Item:
    """As if nobody had answered; where enough people had it hidden, as it counts for them."""
    question = item.question
    if item.answered < minimum <= item.defaulted:
        points = hidden_points(question)
        return Item(question, "hidden", score=points, counted=True, low=points, high=points)
    low, high = (LOWEST, HIGHEST) if question.scored else (None, None)
    return replace(
        item, status=SUPPRESSED, score=None, fact=None, counted=False, low=low, high=high
    )


def without_shares(groups: Iterable[GroupResult]) -> tuple[GroupResult, ...]:
    """Where a group is hidden, who did not know is told of the whole only.

    A share counts the answers of all who are in a group, also of cells that are too small to count
    in its mean. Most shares are near nought: the whole less the groups that are shown would tell
    those of the hidden ones to a few answers.
    """
    found = tuple(groups)
    if not any(group.hidden and group.n for group in found):
        return found
    return tuple(
        group if (group.sector, group.tier) == TOTAL else _without_shares(group) for group in found
    )


def _without_shares(group: GroupResult) -> GroupResult:
    dimensions = {
        code: replace(judged, dont_know_share=None) for code, judged in group.dimensions.items()
    }
    return replace(group, dimensions=dimensions)
