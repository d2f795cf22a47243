"""Who is asked what in a round: tiers and sectors that see nothing, or nothing of a dimension."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from assessment.instrument.model import SECTORS, TIERS
from assessment.instrument.validation.issues import Issue

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from assessment.instrument.model import Instrument, Question

Group = tuple[str, str]
"""A tier and a sector."""


def unasked(instrument: Instrument) -> Iterator[Issue]:
    """Tiers and sectors that nobody asks anything."""
    reached = _reached(instrument.questions)
    for tier in TIERS:
        if all(tier != group[0] for group in reached):
            yield Issue("", f"In a round, the {tier} tier is asked no question at all.")
    for sector in SECTORS:
        if all(sector != group[1] for group in reached):
            yield Issue("", f"In a round, the sector {_words(sector)} is asked no question at all.")


def unseen(instrument: Instrument) -> Iterator[Issue]:
    """Groups that are asked something, but nothing of a whole dimension, a warning for each tier.

    Where the documents give a tier nothing to say on a dimension this is meant.
    """
    everywhere = _reached(instrument.questions)
    for tier, sector in product(TIERS, SECTORS):
        others = {group[0] for group in everywhere}, {group[1] for group in everywhere}
        if (tier, sector) not in everywhere and tier in others[0] and sector in others[1]:
            yield Issue(
                "",
                f"In a round, the {tier} tier is asked no question at all in the sector "
                f"{_words(sector)}.",
            )
    for code, questions in instrument.questions_of.items():
        missing = everywhere - _reached(questions)
        for tier in TIERS:
            sectors = [sector for sector in SECTORS if (tier, sector) in missing]
            if sectors:
                yield Issue(code, _nothing_of_it(tier, sectors, everywhere))


def _nothing_of_it(tier: str, sectors: list[str], everywhere: frozenset[Group]) -> str:
    sentence = f"In a round, the {tier} tier is asked no question of this dimension"
    if len(sectors) == len([group for group in everywhere if group[0] == tier]):
        return f"{sentence}."
    return f"{sentence} in these sectors: {', '.join(map(_words, sectors))}."


def _reached(questions: Iterable[Question]) -> frozenset[Group]:
    inside = [question for question in questions if question.dimension]
    return frozenset(
        group for group in product(TIERS, SECTORS) if any(q.routed_to(*group) for q in inside)
    )


def _words(slug: str) -> str:
    return slug.replace("_", " ")
