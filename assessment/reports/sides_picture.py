"""The two sides on one axis: a filled circle and a hollow square, and how far they lie apart.

A level or more apart is a bar between them, less a line, seen alike a capsule round both. What
rests on too few answers for a level has a broken edge. All of it is told apart in grey.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from assessment.reports.marks import Mark, mark, place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

HEIGHT, MIDDLE = 22, 11
BROKEN = {"stroke_dasharray": "3 2"}


class Stand(NamedTuple):
    """Where one side stands on the scale of 0 to 100; `firm`: enough is known for a level."""

    score: float
    firm: bool


class Between(StrEnum):
    LARGE = "a level or more"
    SOME = "less"
    ALIKE = "seen alike"


def sides_marks(
    bands: Iterable[int], first: Stand, second: Stand, between: Between
) -> tuple[Mark, ...]:
    """Later marks lie over earlier ones: where both stand at one place, the circle in the square.

    `bands` are the limits of the levels.
    """
    low, high = sorted((first.score, second.score))
    return (
        *_axis(bands),
        *SIDES_AS_MARKS[between](low, high),
        _square(second),
        _circle(first),
    )


def _axis(bands: Iterable[int]) -> tuple[Mark, ...]:
    upright = (
        mark("line", x1=place(at), x2=place(at), y1=0, y2=HEIGHT, stroke="grid")
        for at in (0, *bands, 100)
    )
    return (*upright, mark("line", x1=0, x2="100%", y1=MIDDLE, y2=MIDDLE, stroke="grid"))


def _bar(low: float, high: float) -> tuple[Mark, ...]:
    return (
        mark(
            "rect",
            x=place(low),
            y=MIDDLE - 4,
            width=place(high - low),
            height=8,
            fill="joint",
            stroke="ink",
            stroke_width=1,
        ),
    )


def _capsule(low: float, high: float) -> tuple[Mark, ...]:
    ends = {"x1": place(low), "x2": place(high), "y1": MIDDLE, "y2": MIDDLE}
    # A line of no length has no round ends everywhere.
    ends["x2"] = place(max(high, low + 0.2))
    return tuple(
        mark("line", **ends, stroke=colour, stroke_width=width, stroke_linecap="round")
        for colour, width in (("ink", 21), ("caution", 18.6))
    )


def _line(low: float, high: float) -> tuple[Mark, ...]:
    ends = {"x1": place(low), "x2": place(high), "y1": MIDDLE, "y2": MIDDLE}
    return (mark("line", **ends, stroke="ink", stroke_width=2),)


SIDES_AS_MARKS: Mapping[Between, Callable[[float, float], tuple[Mark, ...]]] = {
    Between.LARGE: _bar,
    Between.SOME: _line,
    Between.ALIKE: _capsule,
}


def _circle(stand: Stand) -> Mark:
    firm = {"fill": "accent", "stroke": "sheet", "stroke_width": 1.5}
    open_ = {"fill": "sheet", "stroke": "accent", "stroke_width": 2.5, **BROKEN}
    return mark(
        "circle", cx=place(stand.score), cy=MIDDLE, r=6.5, **(firm if stand.firm else open_)
    )


def _square(stand: Stand) -> Mark:
    """Its corner stands at the place, so that it is drawn round it in coordinates of its own."""
    look = {"fill": "sheet", "stroke": "second", "stroke_width": 3}
    if not stand.firm:
        look |= BROKEN
    square = mark("rect", x=-5, y=-5, width=10, height=10, **look)
    return mark("svg", square, x=place(stand.score), y=MIDDLE, overflow="visible")
