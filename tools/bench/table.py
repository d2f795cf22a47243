"""One line a measurement: what was found, what is allowed, what is aimed at."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

HEAD = ("what", "median", "min to max", "bound", "aim", "")
WIDTHS = (58, 24, 18, 7, 7, 0)


@dataclass(frozen=True, slots=True)
class Measurement:
    """`figures` holds one a round; a measurement without bound is there to be read."""

    what: str
    unit: str
    figures: Sequence[float]
    bound: float | None = None
    aim: float | None = None
    remarks: dict[str, Any] = field(default_factory=dict)

    @property
    def median(self) -> float:
        return statistics.median(self.figures)

    @property
    def holds(self) -> bool:
        return self.bound is None or self.median <= self.bound

    @property
    def reaches_aim(self) -> bool:
        return self.aim is None or self.median <= self.aim

    @property
    def verdict(self) -> str:
        if not self.holds:
            return "MISSED"
        return "ok" if self.reaches_aim else "aim missed"

    def cells(self) -> tuple[str, ...]:
        spread = f"{in_short(min(self.figures))} to {in_short(max(self.figures))}"
        return (
            self.what,
            f"{in_short(self.median)} {self.unit}".strip(),
            spread if len(self.figures) > 1 else "",
            "" if self.bound is None else in_short(self.bound),
            "" if self.aim is None else in_short(self.aim),
            self.verdict,
        )

    def as_json(self) -> dict[str, Any]:
        return {
            "what": self.what,
            "unit": self.unit,
            "found": self.figures,
            "bound": self.bound,
            "aim": self.aim,
            "remarks": self.remarks,
            "median": self.median,
            "holds": self.holds,
            "reaches_aim": self.reaches_aim,
        }


def in_short(number: float) -> str:
    return f"{number:,.0f}" if number >= 100 or number == int(number) else f"{number:.2f}"


def line(cells: Iterable[str]) -> str:
    """Of the same widths for each, so that a row can be printed as soon as it is found."""
    padded = (cell.ljust(width) for cell, width in zip(cells, WIDTHS, strict=True))
    return "  ".join(padded).rstrip()
