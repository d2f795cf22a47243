"""One line a measurement: what was found, what is allowed, what is aimed at."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

HEAD = ("what", "median", "min to max", "bound", "aim", "")


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

    def cells(self) -> tuple[str, ...]:
        spread = f"{in_short(min(self.figures))} to {in_short(max(self.figures))}"
        return (
            self.what,
            f"{in_short(self.median)} {self.unit}".strip(),
            spread if len(self.figures) > 1 else "",
            "" if self.bound is None else in_short(self.bound),
            "" if self.aim is None else in_short(self.aim),
            "ok" if self.holds else "MISSED",
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
        }


def in_short(number: float) -> str:
    return f"{number:,.0f}" if number >= 100 or number == int(number) else f"{number:.2f}"


def table(measurements: Iterable[Measurement]) -> str:
    lines = [HEAD, *(measurement.cells() for measurement in measurements)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEAD))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )
