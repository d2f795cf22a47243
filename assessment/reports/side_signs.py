"""The sides by their shapes: a filled circle, a hollow square, both where they act together."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from assessment.instrument.model import COORDINATING_SECTORS
from assessment.reports.marks import mark
from assessment.reports.seat_wording import SECTORS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from assessment.instrument.model import Instrument, Role, Rule
    from assessment.reports.marks import Mark

SOCIAL, FARM = COORDINATING_SECTORS
SHAPES: Mapping[str, tuple[Mark, ...]] = {
    SOCIAL: (mark("circle", cx=7, cy=7, r=6, fill="accent"),),
    FARM: (
        mark(
            "rect", x=1.5, y=1.5, width=11, height=11, fill="sheet", stroke="second", stroke_width=3
        ),
    ),
}


class SideSign(NamedTuple):
    """`name` says what the shape stands for."""

    name: str
    marks: tuple[Mark, ...]


def roles_of(bank: Instrument, rule: Rule) -> tuple[Role, ...]:
    """Who acts and with whom; nobody in editions that name no roles."""
    return tuple(bank.role[code] for code in (rule.role, *rule.with_roles) if code)


def acting_sides(bank: Instrument, rule: Rule) -> tuple[SideSign, ...]:
    return side_signs(role.sector for role in roles_of(bank, rule))


def side_signs(sectors: Iterable[str]) -> tuple[SideSign, ...]:
    """Each side that acts, once; who belongs to no side acts for both. Others have no sign."""
    acting = set(sectors)
    if "" in acting:
        acting |= set(SHAPES)
    return tuple(
        SideSign(str(SECTORS[sector]), marks)
        for sector, marks in SHAPES.items()
        if sector in acting
    )
