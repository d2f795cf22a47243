"""What enough people answered in each of the three tiers, and where the level drops."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from assessment.instrument.model import TIERS
from assessment.method.result import ChainLink
from assessment.method.rounds.gaps import scored_by_all, sides_of, width

if TYPE_CHECKING:
    from assessment.instrument.model import Instrument, Scale
    from assessment.method.rounds.cells import Cells, Items
    from assessment.method.rounds.disclosure import Guard
    from assessment.method.rounds.suppression import Group


def chain(instrument: Instrument, cells: Cells, guard: Guard) -> tuple[ChainLink, ...]:
    """What enough people answered in each of the three tiers, and where the level drops."""
    margins: list[Group] = [(None, tier) for tier in TIERS]
    if any(group in guard.hidden or group not in guard.table.groups for group in margins):
        return ()
    sides = sides_of(instrument, cells, map(guard.table.members, margins))
    told = (code for code, voice in guard.voices.items() if voice.told(margins))
    codes = [code for code in told if scored_by_all(code, sides)]
    return tuple(link(instrument.scale, code, sides) for code in codes)


def link(scale: Scale, code: str, sides: list[Items]) -> ChainLink:
    levels = [(side[code].score or Fraction(0)) / width(scale) for side in sides]
    drops = tuple(
        f"{TIERS[n]}_{TIERS[n + 1]}"
        for n in range(len(TIERS) - 1)
        if levels[n] - levels[n + 1] >= scale.gap_levels
    )
    return ChainLink(code, float(levels[0]), float(levels[1]), float(levels[2]), drops)
