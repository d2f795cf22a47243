"""The chain: what enough people answered in each of the three tiers, and where it drops."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from assessment.instrument.model import TIERS
from assessment.method.result import ChainLink
from assessment.method.rounds.gaps import scored_by_all, sides_of

if TYPE_CHECKING:
    from assessment.instrument.groups import Group
    from assessment.instrument.model import Instrument, Scale
    from assessment.method.rounds.cells import Cells, Items
    from assessment.method.rounds.disclosure import DisclosurePolicy


def chain(instrument: Instrument, cells: Cells, policy: DisclosurePolicy) -> tuple[ChainLink, ...]:
    """A link for each question that may be shown in all three tiers; none where a tier is not."""
    margins: list[Group] = [(None, tier) for tier in TIERS]
    if any(group in policy.suppressed or group not in policy.table.groups for group in margins):
        return ()
    sides = sides_of(instrument, cells, map(policy.table.cells_in, margins), policy)
    codes = [
        code
        for code in policy.questions
        if policy.may_be_named(code)
        and all(policy.is_disclosed(code, margin) for margin in margins)
        and scored_by_all(code, sides)
    ]
    return tuple(chain_link(instrument.scale, code, sides) for code in codes)


def chain_link(scale: Scale, code: str, sides: list[Items]) -> ChainLink:
    levels = [(side[code].score or Fraction(0)) / scale.width for side in sides]
    drops = tuple(
        f"{TIERS[n]}_{TIERS[n + 1]}"
        for n in range(len(TIERS) - 1)
        if levels[n] - levels[n + 1] >= scale.gap_levels
    )
    return ChainLink(code, float(levels[0]), float(levels[1]), float(levels[2]), drops)
