"""What the soak prints: one line a figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tools.soak.visitor import Visitor

MOST_LINES = 20


def print_figure(name: str, figure: object) -> None:
    print(f"{name:40}{figure}", flush=True)


def print_figures(figures: dict[str, int]) -> dict[str, int]:
    for name, number in figures.items():
        print_figure(name, number)
    return figures


def print_faults(visitors: Sequence[Visitor]) -> int:
    """How many faults people met, after naming the first of them."""
    faults = [fault for visitor in visitors for fault in visitor.faults]
    for fault in faults[:MOST_LINES]:
        print(f"  {fault}")
    return len(faults)


def median_and_most(seconds: Sequence[float]) -> str:
    ordered = sorted(seconds)
    return f"median {ordered[len(ordered) // 2]:.1f}, most {ordered[-1]:.1f}"
