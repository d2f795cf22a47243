"""Four signs for what the documents saw: a wall hinders, a bridge helps; broken where not here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assessment.reports.marks import mark

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assessment.reports.marks import Mark

BRIDGE = "M2 4h28v5h-3v11h-5a6 6 0 0 0-12 0H5V9H2z"
BRICKS = ((2, 4, 12), (16, 4, 14), (2, 10, 5), (9, 10, 13), (24, 10, 6), (2, 16, 12), (16, 16, 14))
WALL = "".join(f"M{x} {y}h{width}v4H{x}z" for x, y, width in BRICKS)
"""One path: the PDF takes as long for a path as for a single brick."""
BROKEN = {"fill": "none", "stroke": "ink", "stroke_width": 1.5, "stroke_dasharray": "3 2"}

SIGNS: Mapping[str, tuple[Mark, ...]] = {
    "hinders-here": (mark("path", d=WALL, fill="second"),),
    "helps-absent": (mark("path", d=BRIDGE, **BROKEN),),
    "helps-here": (mark("path", d=BRIDGE, fill="accent"),),
    "hinders-absent": (
        mark("rect", x=2, y=4, width=28, height=16, **BROKEN),
        mark("path", d="M11 17L21 7", fill="none", stroke="ink", stroke_width=1.5),
    ),
}
"""By look, in the order in which they stand."""
