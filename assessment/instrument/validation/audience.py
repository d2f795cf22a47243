"""Who is asked what in a round: tiers and sectors that see nothing, or nothing of a dimension."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from assessment.instrument.issues import Issue, Where
from assessment.instrument.model import SECTORS, TIERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from assessment.instrument.groups import Cell
    from assessment.instrument.model import Instrument, Question


def groups_asked_nothing(instrument: Instrument) -> Iterator[Issue]:
    """Tiers and sectors that nobody asks anything."""
    reached = _reached(instrument.questions)
    for tier in TIERS:
        if all(tier != cell[1] for cell in reached):
            yield Issue("tier_asked_nothing", params={"tier": tier})
    for sector in SECTORS:
        if all(sector != cell[0] for cell in reached):
            yield Issue("sector_asked_nothing", params={"sector": sector})


def dimensions_not_asked(instrument: Instrument) -> Iterator[Issue]:
    """Cells that are asked something, but nothing of a whole dimension, a warning for each tier.

    Where the documents give a tier nothing to say on a dimension this is meant.
    """
    everywhere = _reached(instrument.questions)
    sectors, tiers = {sector for sector, _ in everywhere}, {tier for _, tier in everywhere}
    for tier, sector in product(TIERS, SECTORS):
        if (sector, tier) not in everywhere and tier in tiers and sector in sectors:
            yield Issue("cell_asked_nothing", params={"tier": tier, "sector": sector})
    for code, questions in instrument.questions_of.items():
        missing = everywhere - _reached(questions)
        for tier in TIERS:
            if missed := [sector for sector in SECTORS if (sector, tier) in missing]:
                yield _nothing_of_it(Where("dimensions", code), tier, missed, everywhere)


def _nothing_of_it(at: Where, tier: str, sectors: list[str], everywhere: frozenset[Cell]) -> Issue:
    if len(sectors) == sum(1 for cell in everywhere if cell[1] == tier):
        return at.issue("code", "dimension_not_asked", tier=tier)
    return at.issue("code", "dimension_not_asked_in", tier=tier, sectors=tuple(sectors))


def _reached(questions: Iterable[Question]) -> frozenset[Cell]:
    inside = [question for question in questions if question.dimension]
    return frozenset(
        (sector, tier)
        for sector, tier in product(SECTORS, TIERS)
        if any(question.routed_to(tier, sector) for question in inside)
    )
