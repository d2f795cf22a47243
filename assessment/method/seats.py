"""Where a reader works, and what follows from it for each who acts: start, ask, or take higher."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assessment.instrument.model import ABOVE, TIERS

if TYPE_CHECKING:
    from assessment.instrument.model import Role

START, ASK, HIGHER = WAYS_TO_ACT = ("start", "ask", "higher")


@dataclass(frozen=True, slots=True)
class Seat:
    """The tier and the sector in which somebody works; each empty where she did not say it.

    It changes no question and no result, and stands in neither.
    """

    tier: str = ""
    sector: str = ""


NO_SEAT = Seat()


def part_of(seat: Seat, role: Role) -> str:
    """What somebody in this seat, of which the tier is known, can do where this role acts.

    A role without a tier or sector may be her own. One of her tier and another sector, or of one
    below her, is somebody to ask; one above her is whom she has to reach.
    """
    if role.relation == ABOVE:
        return HIGHER
    if role.tier and TIERS.index(role.tier) < TIERS.index(seat.tier):
        return HIGHER
    own_tier = role.tier in ("", seat.tier)
    return START if own_tier and role.sector in ("", seat.sector) else ASK
