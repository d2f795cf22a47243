"""How far the members of one cell agree: average deviation, and Krippendorff's alpha.

Only cells, because the members of a margin differ by tier or sector, which is a gap and no
disagreement.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from assessment.method.result import Agreement, Alpha
from assessment.method.rounds.columns import tally, total

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

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
    return total(number * abs(value - centre) for value, number in tally(values)) / len(values)


def deviations(instrument: Instrument, cells: Cells, policy: DisclosurePolicy) -> list[Deviation]:
    """By cell and question; none of suppressed cells, and none of questions suppressed there.

    None of fewer answers than `agreement_group` either: so few agree or differ by chance. What
    fewer than the minimum of the round answered is not disclosed.
    """
    enough = instrument.scale.agreement_group
    return [
        Deviation(cell, code, average_deviation(scores) / instrument.scale.width, len(scores))
        for cell in sorted(cells)
        if cell not in policy.suppressed
        for code, scores in answered_by_code(instrument, cells[cell]).items()
        if len(scores) >= enough and policy.is_disclosed(code, cell)
    ]


def alphas(instrument: Instrument, cells: Cells, spread: Iterable[Deviation]) -> list[Alpha]:
    """By cell and dimension, over the questions that `spread` tells of, and no other."""
    told: dict[Cell, dict[str, list[str]]] = {}
    for one in spread:
        dimension = instrument.question[one.question].dimension
        told.setdefault(one.cell, {}).setdefault(dimension, []).append(one.question)
    found = []
    for cell, by_dimension in told.items():
        for dimension, codes in by_dimension.items():
            alpha = ordinal_alpha([answered_scores(code, cells[cell]) for code in codes])
            if alpha is not None:
                group = "/".join(cell)
                found.append(Alpha(group, dimension, float(alpha), tuple(codes)))
    return found


def ordinal_alpha(units: Sequence[Sequence[Fraction]]) -> Fraction | None:
    """Krippendorff's alpha: 1 less the observed disagreement over that expected by chance.

    A unit holds the values that were given to one thing; single ones are left out, because nothing
    stands beside them. How far two values lie apart is how many answers lie between them, squared.
    None where fewer than two values can be compared or all are the same: chance expects nothing
    then.
    """
    pairable = [unit for unit in units if len(unit) > 1]
    counted = [how_often(unit) for unit in pairable]
    margins = sum(counted, Counter[Fraction]())
    everyone = margins.total()
    if len(margins) < 2:
        return None
    ranks = middle_ranks(margins)
    observed = total(Fraction(apart(ranks, unit), unit.total() - 1) for unit in counted)
    expected = Fraction(apart(ranks, margins), everyone - 1)
    return 1 - observed / expected


def how_often(values: Iterable[Fraction]) -> Counter[Fraction]:
    """Each value once; `tally` may name one twice."""
    found: Counter[Fraction] = Counter()
    for value, number in tally(values):
        found[value] += number
    return found


def middle_ranks(margins: Counter[Fraction]) -> dict[Fraction, int]:
    """Where the middle of the answers of one value stands among all answers in their order.

    Twice that, which is whole: what is worked out of ranks is a ratio of their squares.
    """
    ranks, before = {}, 0
    for value in sorted(margins):
        ranks[value] = 2 * before + margins[value]
        before += margins[value]
    return ranks


def apart(ranks: Mapping[Fraction, int], unit: Counter[Fraction]) -> int:
    """The squared distances of every pair of its values."""
    held = [(ranks[value], number) for value, number in unit.items()]
    return sum(number * more * (one - other) ** 2 for one, number in held for other, more in held)


def answered_by_code(instrument: Instrument, members: Sequence[Items]) -> dict[str, list[Fraction]]:
    """In the instrument's order: that of the members would tell what the first left open."""
    codes = (question.code for question in instrument.questions if not question.profile)
    return {code: answered_scores(code, members) for code in codes}


def answered_scores(code: str, members: Sequence[Items]) -> list[Fraction]:
    """Of those who answered for themselves: what several gave together they agree on."""
    items = (one[code] for one in members if not one[code].together)
    return [item.score for item in items if item.status == "answered" and item.score is not None]
