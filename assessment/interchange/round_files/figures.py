"""Every figure of a stored result of a round, one a row, in an order that tells of nobody.

Made of the stored result alone: what is hidden there is not in it. Figures are rounded, because the
last digits of an exact mean tell how many people there were and what each of them can have said.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from assessment.instrument.groups import TOTAL
from assessment.instrument.model import SECTORS, TIERS
from assessment.method.result import TOO_FEW

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from assessment.instrument.groups import Cell, Group
    from assessment.method.result import DimensionResult, GroupResult, Result

POINTS, LEVELS, SHARES = 1, 2, 2
"""Decimal places of each unit."""
FEW, BESIDE = "few", "beside"
"""Why a group is hidden: it is below the minimum, or another could be worked out from it."""
NUMBERS: Mapping[str, int] = {
    "score": POINTS,
    "low": POINTS,
    "high": POINTS,
    "level": 0,
    "formal": POINTS,
    "practice": POINTS,
    "dont_know_share": SHARES,
    "questions_answered": 0,
    "questions_asked": 0,
}
"""By figure of a subject its decimal places."""
CODES = ("standing", "direction")
PARTS = ("group", "whole", "apart", "question", "gap", "chain", "spread", "together", "code")
FIGURES = (
    *("invited", "submitted", "shown", "why"),
    *NUMBERS,
    *CODES,
    *("status", "agreed", "levels", "ad", "n", "people", "pattern", "package", "rule"),
)
Value = str | int | float


class Figure(NamedTuple):
    """`sector` and `tier` say whose it is, empty: all; `against` the other side of a gap.

    `number` counts responses that several gave together.
    """

    part: str
    sector: str = ""
    tier: str = ""
    against: str = ""
    number: int | str = ""
    subject: str = ""
    question: str = ""
    figure: str = ""
    value: Value = ""


@dataclass(frozen=True, slots=True)
class RoundFigures:
    """`invited` counts people by cell; `rounded` gives a number with so many places."""

    result: Result
    invited: Mapping[Cell, int]
    rounded: Callable[[float, int], float]

    def __iter__(self) -> Iterator[Figure]:
        result = self.result
        for group in result.groups:
            yield from self._group(group)
        if result.status != TOO_FEW:
            yield from self._subjects(Figure("whole"), result.dimensions)
            yield from self._subjects(Figure("apart"), result.raw or {})
            yield from self._questions()
            yield from self._differences()
        for number, given in enumerate(result.together, 1):
            given_by = Figure("together", given.sector or "", given.tier or "", number=number)
            yield given_by._replace(figure="people", value=given.people)
            yield from self._subjects(given_by, given.dimensions)
        yield from self._codes()

    def invited_to(self, group: Group) -> int:
        sector, tier = group
        cells = ((s, t) for s in SECTORS for t in TIERS)
        inside = (cell for cell in cells if sector in {None, cell[0]} and tier in {None, cell[1]})
        return sum(self.invited.get(cell, 0) for cell in inside)

    def why(self, group: GroupResult) -> str:
        """Empty where it is shown."""
        if not group.hidden:
            return ""
        return FEW if group.n < (self.result.minimum or 0) else BESIDE

    def _group(self, group: GroupResult) -> Iterator[Figure]:
        row = Figure("group", group.sector or "", group.tier or "")
        invited = self.invited_to((group.sector, group.tier))
        yield row._replace(figure="invited", value=max(invited, group.n))
        yield row._replace(figure="submitted", value=group.n)
        yield row._replace(figure="shown", value="no" if group.hidden else "yes")
        if group.hidden:
            yield row._replace(figure="why", value=self.why(group))
        if (group.sector, group.tier) != TOTAL:
            yield from self._subjects(row, group.dimensions)

    def _subjects(self, row: Figure, found: Mapping[str, DimensionResult]) -> Iterator[Figure]:
        for code, one in found.items():
            here = row._replace(subject=code)
            for name, places in NUMBERS.items():
                value = getattr(one, name)
                if value is not None:
                    yield here._replace(figure=name, value=self._number(value, places))
            for name in CODES:
                if value := getattr(one, name):
                    yield here._replace(figure=name, value=value)

    def _questions(self) -> Iterator[Figure]:
        for code, item in self.result.items.items():
            row = Figure("question", question=code)
            yield row._replace(figure="status", value=item.status)
            if item.score is not None:
                yield row._replace(figure="score", value=self._number(item.score, POINTS))
            if item.agreed:
                yield row._replace(figure="agreed", value="yes")

    def _differences(self) -> Iterator[Figure]:
        subjects = set(self.result.dimensions)
        for gap in self.result.gaps:
            first, second = gap.between
            side = {"sector" if first in SECTORS else "tier": first}
            on = {"subject" if gap.on in subjects else "question": gap.on}
            row = Figure("gap", against=second, figure="levels", **side, **on)
            yield row._replace(value=self._number(gap.levels, LEVELS))
        for link in self.result.chain:
            for tier, levels in zip(TIERS, (link.national, link.regional, link.local), strict=True):
                row = Figure("chain", tier=tier, question=link.question, figure="levels")
                yield row._replace(value=self._number(levels, LEVELS))
        for one in self.result.agreement:
            sector, _slash, tier = one.group.partition("/")
            row = Figure("spread", sector, tier, question=one.question)
            yield row._replace(figure="ad", value=self._number(one.ad, LEVELS))
            yield row._replace(figure="n", value=one.n)

    def _codes(self) -> Iterator[Figure]:
        result = self.result
        for pattern in result.patterns:
            yield Figure("code", figure="pattern", value=pattern.pattern)
        for package in result.packages:
            yield Figure("code", figure="package", value=package.package)
        for code, holds in result.rules.items():
            if holds:
                yield Figure("code", figure="rule", value=code)

    def _number(self, value: float, places: int) -> Value:
        return self.rounded(value, places) if places else int(value)
