"""What the soak says: one line a figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tools.soak.visitor import Visitor

MOST_TOLD = 20


def tell(name: str, figure: object) -> None:
    print(f"{name:40}{figure}", flush=True)  # noqa: T201 -- the command speaks by it


def tell_all(figures: dict[str, int]) -> dict[str, int]:
    for name, number in figures.items():
        tell(name, number)
    return figures


def said(visitors: Sequence[Visitor]) -> int:
    """How many faults people met, after naming the first of them."""
    found = [fault for visitor in visitors for fault in visitor.faults]
    for fault in found[:MOST_TOLD]:
        print(f"  {fault}")  # noqa: T201 -- the command speaks by it
    return len(found)


def seconds(measured: Sequence[float]) -> str:
    ordered = sorted(measured)
    return f"median {ordered[len(ordered) // 2]:.1f}, most {ordered[-1]:.1f}"
