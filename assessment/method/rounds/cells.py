"""The answers of a round by cell: one sector at one tier.

The cell is the smallest group of a round. Everything that is shown of several respondents is a
mean of cells or a sum of cells, so what could be worked out of a few people can be decided by
looking at cells alone (`suppression.py`).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from assessment.method.items import Item, KnownItems, items_of
from assessment.method.rounds.columns import Column

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from assessment.instrument.groups import Cell
    from assessment.instrument.model import Instrument
    from assessment.method.result import Respondent


Items = dict[str, Item]
"""By question code; profile questions have none."""


class Cells(dict["Cell", list[Items]]):
    """By sector and tier the items of each response, in the order of the responses."""

    def __init__(self) -> None:
        self._columns: dict[tuple[Cell, str], Column] = {}

    def column(self, cell: Cell, code: str) -> Column:
        """Once all responses are in: it is kept."""
        if (cell, code) not in self._columns:
            self._columns[cell, code] = Column([items[code] for items in self[cell]])
        return self._columns[cell, code]


def cells_of(
    instrument: Instrument, profile: Mapping[str, int | str], respondents: Iterable[Respondent]
) -> Cells:
    cells = Cells()
    known: KnownItems = {}
    for respondent in respondents:
        cell = (respondent.sector or "", respondent.tier or "")
        cells.setdefault(cell, []).append(member(instrument, profile, respondent, known))
    return cells


def member(
    instrument: Instrument,
    profile: Mapping[str, int | str],
    respondent: Respondent,
    known: KnownItems,
) -> Items:
    items = items_of(instrument, profile, respondent, known)
    if respondent.people is None:
        return items
    return {code: replace(item, together=True) for code, item in items.items()}


def people_in(members: Iterable[Items]) -> int:
    """How many of these answered for themselves."""
    return sum(1 for items in members if not next(iter(items.values())).together)
