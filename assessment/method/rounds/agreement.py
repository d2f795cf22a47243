"""How far the members of one cell agree: average deviation, and Krippendorff's alpha.

Only cells, because the members of a margin differ by tier or sector, which is a gap and no
disagreement.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from assessment.method.items import items_of
from assessment.method.result import Agreement

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from assessment.instrument.groups import Cell, Group
    from assessment.instrument.model import Instrument
    from assessment.method.result import Respondent
    from assessment.method.rounds.cells import Cells, Items


MeasurementScale = Literal["nominal", "ordinal", "interval", "ratio"]


class NoAlpha(ValueError):
    """Alpha says nothing here; the text is the reason."""


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
    centre = sum(values, Fraction(0)) / len(values)
    return sum((abs(value - centre) for value in values), Fraction(0)) / len(values)


def deviations(
    instrument: Instrument, cells: Cells, hidden: frozenset[Group], minimum: int
) -> list[Deviation]:
    """By cell and question; none of suppressed cells.

    None of fewer answers than `agreement_group` either: so few agree or differ by chance.
    """
    enough = max(instrument.scale.agreement_group, minimum)
    return [
        Deviation(cell, code, average_deviation(levels), len(levels))
        for cell in sorted(cells)
        if cell not in hidden
        for code, levels in answered_levels(instrument, cells[cell]).items()
        if len(levels) >= enough
    ]


def answered_levels(instrument: Instrument, members: Sequence[Items]) -> dict[str, list[Fraction]]:
    width = instrument.scale.width
    found: dict[str, list[Fraction]] = {}
    for items in members:
        for code, item in items.items():
            if item.status == "answered" and item.score is not None:
                found.setdefault(code, []).append(item.score / width)
    return found


def alpha(rows: Sequence[Sequence[float | None]], scale: MeasurementScale = "ordinal") -> float:
    """Krippendorff's alpha of raters (rows) over units (columns), None where one did not answer.

    1 is agreement, 0 what chance gives. Raises NoAlpha where it is not defined.
    """
    import krippendorff

    units = [[value for value in unit if value is not None] for unit in zip(*rows, strict=True)]
    paired = [value for unit in units if len(unit) > 1 for value in unit]
    if not paired:
        raise NoAlpha("No unit has two values.")
    if len(set(paired)) == 1:
        raise NoAlpha("All values are the same.")
    data = [[float("nan") if value is None else float(value) for value in row] for row in rows]
    return float(krippendorff.alpha(reliability_data=data, level_of_measurement=scale))


def alpha_of(
    instrument: Instrument,
    profile: Mapping[str, int | str],
    responses: Sequence[Respondent],
    dimension: str,
) -> float:
    """Alpha over the scored questions of one dimension, for the facilitator."""
    respondents_items = [items_of(instrument, profile, respondent) for respondent in responses]
    codes = [question.code for question in instrument.questions_of[dimension] if question.scored]
    return alpha([[score_of(items, code) for code in codes] for items in respondents_items])


def score_of(items: Items, code: str) -> float | None:
    item = items[code]
    return float(item.score) if item.status == "answered" and item.score is not None else None
