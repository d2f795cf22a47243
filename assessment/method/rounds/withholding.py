"""What too few people answered: nothing that is shown may tell what they said.

Suppression decides about groups; this is about the questions of one group. Leaving out the mean of
a question is not enough: the mean of its dimension is shown too, and the mean of its aspect (formal
or practice) beside it, so that subtracting the shown questions gives the withheld one. A withheld
answer therefore counts in its dimension only together with others of the same dimension and aspect
that are withheld as well: then the subtraction yields the sum of several questions, of at least the
minimum of people. Where there are no such others it does not count at all.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from assessment.instrument.model import HIGHEST, LOWEST
from assessment.method.items import Item, hidden_points
from assessment.method.result import SUPPRESSED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from fractions import Fraction


def withhold_small_counts(
    items: Mapping[str, Item], minimum: int, suppressed: frozenset[str] = frozenset()
) -> dict[str, Item]:
    """The same questions, less what fewer than the minimum answered and what is `suppressed`.

    `suppressed` are the questions whose mean in this group would give another group away.
    """
    withheld_items = [item for item in items.values() if below_minimum(item, minimum, suppressed)]
    changed = {
        item.question.code: counted_but_withheld(item)
        if safe_in_aggregate(item, same_mean(item, withheld_items), minimum)
        else excluded(item, minimum)
        for item in withheld_items
    }
    return {code: changed.get(code, item) for code, item in items.items()}


def below_minimum(item: Item, minimum: int, suppressed: frozenset[str]) -> bool:
    # Whose question was hidden and counts all the same is a group too: a small one says which
    # answer these people gave to the question that hides it.
    answering = len(item.answered_by) or item.defaulted
    return 0 < answering < minimum or (bool(item.answered_by) and item.question.code in suppressed)


def same_mean(item: Item, withheld_items: Sequence[Item]) -> list[Item]:
    """The scored answers among them whose sum the means of dimension and aspect give away."""
    place = item.question.dimension, item.question.aspect
    return [
        other
        for other in withheld_items
        if (other.question.dimension, other.question.aspect) == place and scored_by_some(other)
    ]


def scored_by_some(item: Item) -> bool:
    return bool(item.answered_by) and item.score is not None


def safe_in_aggregate(item: Item, together: Sequence[Item], minimum: int) -> bool:
    """Whether the sum tells neither one question nor the answers of a few people.

    Questions that few answered hide each other only: one that enough answered is withheld for the
    sake of another group, and whoever is in that group can work its mean out.
    """
    few = [other for other in together if len(other.answered_by) < minimum]
    people = frozenset[int]().union(*(other.answered_by for other in few))
    few_are_safe = len(few) > 1 and len(people) >= minimum
    if len(item.answered_by) < minimum:
        return few_are_safe
    return len(together) - (0 if few_are_safe else len(few)) > 1


def counted_but_withheld(item: Item) -> Item:
    """In the mean of its dimension; not shown, and read by no condition."""
    return replace(item, withheld=True, fact=None)


def exclude_changed_sums(
    items: Mapping[str, Item], raw: Mapping[str, Item], minimum: int
) -> dict[str, Item]:
    """The same, less each sum of withheld answers that is another than in `raw`.

    Where an agreed answer takes the place of one of them, or shows or hides one, the difference of
    the two sums would tell it.
    """
    before, after = withheld_sums(raw), withheld_sums(items)
    changed = {code for place, sum_ in after.items() if before.get(place) != sum_ for code in sum_}
    return {
        code: replace(excluded(item, minimum), withheld=False) if code in changed else item
        for code, item in items.items()
    }


def withheld_sums(items: Mapping[str, Item]) -> dict[tuple[str, str], dict[str, Fraction | None]]:
    """By dimension and aspect the withheld answers that count there, by question code."""
    sums: dict[tuple[str, str], dict[str, Fraction | None]] = {}
    for code, item in items.items():
        if item.withheld:
            place = item.question.dimension, item.question.aspect
            sums.setdefault(place, {})[code] = item.score
    return sums


def excluded(item: Item, minimum: int) -> Item:
    """As if nobody had answered; where enough people had it hidden, as it counts for them."""
    question = item.question
    if len(item.answered_by) < minimum <= item.defaulted:
        points = hidden_points(question)
        return Item(question, "hidden", score=points, counted=True, low=points, high=points)
    low, high = (LOWEST, HIGHEST) if question.scored else (None, None)
    return replace(
        item, status=SUPPRESSED, score=None, fact=None, counted=False, low=low, high=high
    )
