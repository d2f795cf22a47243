"""The chain of the tiers: three boxes, and between them an arrow that is whole or broken.

Places along the width are shares of it, so that the picture fits a phone, a screen and a page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from assessment.reports.marks import Mark, letters, mark
from assessment.reports.profile_picture import FONTS

if TYPE_CHECKING:
    from collections.abc import Sequence

BOX, WAY = 48, 64
"""Pixels that a box and the way to the next one take."""
EDGE = 2


class Box(NamedTuple):
    name: str
    detail: str


class Between(NamedTuple):
    """`words` in bold, `detail` below them."""

    broken: bool
    words: str
    detail: str


def chain_height() -> int:
    return 3 * BOX + 2 * WAY + 2 * EDGE


def chain_marks(boxes: Sequence[Box], between: Sequence[Between]) -> tuple[Mark, ...]:
    found: list[Mark] = []
    for at, box in enumerate(boxes):
        found += _box(EDGE + at * (BOX + WAY), box)
    for at, way in enumerate(between):
        found += _way(EDGE + at * (BOX + WAY) + BOX, way)
    return tuple(found)


def _box(top: int, box: Box) -> tuple[Mark, ...]:
    return (
        mark(
            "rect",
            x="10%",
            y=top,
            width="80%",
            height=BOX,
            rx=8,
            fill="sheet",
            stroke="ink",
            stroke_width=2,
        ),
        _at(
            "50%",
            top,
            _words(box.name, 20, 15, anchor="middle", bold=True),
            _words(box.detail, 38, 13, anchor="middle"),
        ),
    )


def _way(top: int, way: Between) -> tuple[Mark, ...]:
    arrow = _broken() if way.broken else _whole()
    return (
        _at("34%", top, *arrow),
        _at(
            "42%",
            top,
            _words(way.words, 28, 15, anchor="start", bold=way.broken),
            _words(way.detail, 46, 13, anchor="start"),
        ),
    )


def _whole() -> tuple[Mark, ...]:
    return (
        mark("line", x1=0, x2=0, y1=3, y2=WAY - 5, stroke="ink", stroke_width=4),
        _head(3),
    )


def _broken() -> tuple[Mark, ...]:
    """Dashed, with two bars across it and nothing between them."""
    dashed = {"stroke": "ink", "stroke_width": 2, "stroke_dasharray": "4 4"}
    cut = {"stroke": "second", "stroke_width": 4}
    return (
        mark("line", x1=0, x2=0, y1=3, y2=24, **dashed),
        mark("line", x1=0, x2=0, y1=38, y2=WAY - 5, **dashed),
        mark("line", x1=-14, x2=14, y1=25, y2=25, **cut),
        mark("line", x1=-14, x2=14, y1=37, y2=37, **cut),
        _head(2),
    )


def _head(width: int) -> Mark:
    tip = WAY - 3
    path = f"M-8 {tip - 10}L0 {tip}L8 {tip - 10}"
    return mark("path", d=path, fill="none", stroke="ink", stroke_width=width)


def _at(x: str, y: int, *inside: Mark) -> Mark:
    return mark("svg", *inside, x=x, y=y, overflow="visible")


def _words(text: str, y: int, size: int, *, anchor: str, bold: bool = False) -> Mark:
    return letters(
        text,
        x=0,
        y=y,
        text_anchor=anchor,
        font_size=size,
        font_family=FONTS,
        font_weight=600 if bold else 400,
        fill="ink",
    )
