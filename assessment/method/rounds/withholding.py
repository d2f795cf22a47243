"""What too few people answered: nothing that is shown may tell what they said."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from assessment.instrument.model import HIGHEST, LOWEST
from assessment.method.items import Item, hidden_points
from assessment.method.result import FEW

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def with_privacy(
    items: Mapping[str, Item], minimum: int, silent: frozenset[str] = frozenset()
) -> dict[str, Item]:
    """The same questions, those guarded that fewer than the minimum answered or that are `silent`.

    They count with the others where only several of them together could be worked out from what
    is shown; else they stand as not answered.
    """
    quiet = [item for item in items.values() if unheard(item, minimum, silent)]
    guarded = {
        item.question.code: counted_unseen(item)
        if blended(beside(item, quiet), minimum)
        else left_out(item, minimum)
        for item in quiet
    }
    return {code: guarded.get(code, item) for code, item in items.items()}


def unheard(item: Item, minimum: int, silent: frozenset[str]) -> bool:
    heard = len(item.voters) or item.defaulted
    return 0 < heard < minimum or (bool(item.voters) and item.question.code in silent)


def beside(item: Item, quiet: Sequence[Item]) -> list[Item]:
    """The scored answers among `quiet` whose sum the means of dimension and aspect give away."""
    place = item.question.dimension, item.question.aspect
    return [
        other
        for other in quiet
        if (other.question.dimension, other.question.aspect) == place and scored_by_some(other)
    ]


def scored_by_some(item: Item) -> bool:
    return bool(item.voters) and item.score is not None


def blended(together: Sequence[Item], minimum: int) -> bool:
    """Whether the sum tells neither one question nor the answers of a few people."""
    people = frozenset[int]().union(*(item.voters for item in together))
    return len(together) > 1 and len(people) >= minimum


def counted_unseen(item: Item) -> Item:
    return replace(item, private=True, fact=None)


def left_out(item: Item, minimum: int) -> Item:
    question = item.question
    if len(item.voters) < minimum <= item.defaulted:
        points = hidden_points(question)
        return Item(question, "hidden", score=points, counted=True, low=points, high=points)
    low, high = (LOWEST, HIGHEST) if question.scored else (None, None)
    return replace(item, status=FEW, score=None, fact=None, counted=False, low=low, high=high)
