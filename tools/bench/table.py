"""One line a measure: what was found, what is allowed, what is aimed at."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

HEAD = ("what", "median", "min to max", "bound", "aim", "")
Act = Callable[[], Any]
Clock = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Row:
    """`found` holds one figure a round; a row without bound is there to be read."""

    what: str
    unit: str
    found: Sequence[float]
    bound: float | None = None
    aim: float | None = None
    remarks: dict[str, Any] = field(default_factory=dict)

    @property
    def median(self) -> float:
        return statistics.median(self.found)

    @property
    def holds(self) -> bool:
        return self.bound is None or self.median <= self.bound

    def cells(self) -> tuple[str, ...]:
        spread = f"{figure(min(self.found))} to {figure(max(self.found))}"
        return (
            self.what,
            f"{figure(self.median)} {self.unit}".strip(),
            spread if len(self.found) > 1 else "",
            "" if self.bound is None else figure(self.bound),
            "" if self.aim is None else figure(self.aim),
            "ok" if self.holds else "MISSED",
        )

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"median": self.median, "holds": self.holds}


def figure(number: float) -> str:
    return f"{number:,.0f}" if number >= 100 or number == int(number) else f"{number:.2f}"


def table(rows: Iterable[Row]) -> str:
    lines = [HEAD, *(row.cells() for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEAD))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


def milliseconds(act: Act, times: int, clock: Clock) -> float:
    """Processor time of one call, in the mean of `times` calls."""
    began = clock()
    for _ in range(times):
        act()
    return (clock() - began) * 1000 / times


def interleaved(
    acts: dict[str, tuple[Act, int]], rounds: int, clock: Clock = time.process_time
) -> dict[str, list[float]]:
    """Milliseconds by name and round: each round measures all, so that drift meets all alike.

    `clock` tells the seconds of processor time of the process that works.
    """
    for act, _ in acts.values():
        act()
    found: dict[str, list[float]] = {name: [] for name in acts}
    for _ in range(rounds):
        for name, (act, times) in acts.items():
            found[name].append(milliseconds(act, times, clock))
    return found


def ratios(found: dict[str, list[float]], name: str, floor: str) -> list[float]:
    return [over / under for over, under in zip(found[name], found[floor], strict=True)]
