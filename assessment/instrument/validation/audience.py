"""Who is asked what in a round: tiers and sectors that see nothing, or nothing of a dimension."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from assessment.instrument.model import SECTORS, TIERS
from assessment.instrument.validation.issues import Issue

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from assessment.instrument.groups import Cell
    from assessment.instrument.model import Instrument, Question


def groups_asked_nothing(instrument: Instrument) -> Iterator[Issue]:
    """Tiers and sectors that nobody asks anything."""
    reached = _reached(instrument.questions)
    for tier in TIERS:
        if all(tier != cell[1] for cell in reached):
            yield Issue("", f"In a round, the {tier} tier is asked no question at all.")
    for sector in SECTORS:
        if all(sector != cell[0] for cell in reached):
            yield Issue("", f"In a round, the sector {_words(sector)} is asked no question at all.")


def dimensions_not_asked(instrument: Instrument) -> Iterator[Issue]:
    """Cells that are asked something, but nothing of a whole dimension, a warning for each tier.

    Where the documents give a tier nothing to say on a dimension this is meant.
    """
    everywhere = _reached(instrument.questions)
    sectors, tiers = {sector for sector, _ in everywhere}, {tier for _, tier in everywhere}
    for tier, sector in product(TIERS, SECTORS):
        if (sector, tier) not in everywhere and tier in tiers and sector in sectors:
            yield Issue(
                "",
                f"In a round, the {tier} tier is asked no question at all in the sector "
                f"{_words(sector)}.",
            )
    for code, questions in instrument.questions_of.items():
        missing = everywhere - _reached(questions)
        for tier in TIERS:
            if missed := [sector for sector in SECTORS if (sector, tier) in missing]:
                yield Issue(code, _nothing_of_it(tier, missed, everywhere))


def _nothing_of_it(tier: str, sectors: list[str], everywhere: frozenset[Cell]) -> str:
    sentence = f"In a round, the {tier} tier is asked no question of this dimension"
    if len(sectors) == sum(1 for cell in everywhere if cell[1] == tier):
        return f"{sentence}."
    return f"{sentence} in these sectors: {', '.join(map(_words, sectors))}."


def _reached(questions: Iterable[Question]) -> frozenset[Cell]:
    inside = [question for question in questions if question.dimension]
    return frozenset(
        (sector, tier)
        for sector, tier in product(SECTORS, TIERS)
        if any(question.routed_to(tier, sector) for question in inside)
    )


def _words(slug: str) -> str:
    return slug.replace("_", " ")
