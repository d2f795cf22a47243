"""How far the members of one cell agree: average deviation, and Krippendorff's alpha.

Only cells, because the members of a margin differ by tier or sector, which is a gap and no
disagreement.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from assessment.method.result import Agreement
from assessment.method.rounds.aggregation import total

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assessment.instrument.groups import Cell
    from assessment.instrument.model import Instrument
    from assessment.method.rounds.cells import Cells, Items
    from assessment.method.rounds.disclosure import DisclosurePolicy


@dataclass(frozen=True, slots=True)
class Deviation:
    """The average deviation of one cell on one question, in exact levels."""

    cell: Cell
    question: str
    ad: Fraction
    n: int

    def result(self) -> Agreement:
        return Agreement("/".join(self.cell), self.question, float(self.ad), self.n)


def average_deviation(values: Sequence[Fraction]) -> Fraction:
    """The mean distance from the mean."""
    centre = total(values) / len(values)
    return total(abs(value - centre) for value in values) / len(values)


def deviations(instrument: Instrument, cells: Cells, policy: DisclosurePolicy) -> list[Deviation]:
    """By cell and question; none of suppressed cells, and none of questions suppressed there.

    None of fewer answers than `agreement_group` either: so few agree or differ by chance.
    """
    enough = max(instrument.scale.agreement_group, policy.minimum)
    return [
        Deviation(cell, code, average_deviation(levels), len(levels))
        for cell in sorted(cells)
        if cell not in policy.suppressed
        for code, levels in answered_levels(instrument, cells[cell]).items()
        if len(levels) >= enough and policy.is_disclosed(code, cell)
    ]


def answered_levels(instrument: Instrument, members: Sequence[Items]) -> dict[str, list[Fraction]]:
    """In the instrument's order: that of the members would tell what the first left open."""
    codes = (question.code for question in instrument.questions if not question.profile)
    found = {code: answered_scores(code, members) for code in codes}
    width = instrument.scale.width
    return {code: [score / width for score in scores] for code, scores in found.items() if scores}


def answered_scores(code: str, members: Sequence[Items]) -> list[Fraction]:
    """Of those who answered for themselves: what several gave together they agree on."""
    items = (one[code] for one in members if not one[code].together)
    return [item.score for item in items if item.status == "answered" and item.score is not None]
