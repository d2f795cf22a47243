"""Processor time of what is done, in turns, so that a drift of the machine meets all alike."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

Act = Callable[[], Any]
Clock = Callable[[], float]


def milliseconds(act: Act, times: int, clock: Clock) -> float:
    """Processor time of one call, in the mean of `times` calls."""
    began = clock()
    for _ in range(times):
        act()
    return (clock() - began) * 1000 / times


def interleave(
    acts: dict[str, tuple[Act, int]], rounds: int, clock: Clock = time.process_time
) -> dict[str, list[float]]:
    """Milliseconds by name and round: each round measures every act, so many times.

    `clock` tells the seconds of processor time of the process that works.
    """
    for act, _ in acts.values():
        act()
    times_of: dict[str, list[float]] = {name: [] for name in acts}
    for _ in range(rounds):
        for name, (act, times) in acts.items():
            times_of[name].append(milliseconds(act, times, clock))
    return times_of


def ratios(times: dict[str, list[float]], name: str, floor: str) -> list[float]:
    return [over / under for over, under in zip(times[name], times[floor], strict=True)]
