"""The picture in one row of the profile: bar, interval, and the cases as brackets.

Positions along the scale are percentages, heights are pixels. A level has a pattern as well as a
lightness, so that it is told apart in grey. Tiles are wide, because small ones leave white seams
in a PDF, and each picture holds its own: WeasyPrint 70 finds none of another picture.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assessment.reports.marks import Mark, letters, mark, place

if TYPE_CHECKING:
    from collections.abc import Iterable

    from assessment.instrument.model import Instrument
    from assessment.method.result import DimensionResult

TOP, BAR = 3, 13
MIDDLE = TOP + BAR / 2
LANE, FIRST_LANE = 10, 25
"""Pixels from one row of cases to the next, and where the first one lies."""
INSET = 0.8
"""Points by which a case ends inside its levels, so that neighbours do not touch."""
LETTER = 5.1
"""Pixels that a letter of a case takes at most."""
FONTS = "Report, system-ui, sans-serif"
DOCUMENTED = "documented"
Tile = tuple[int, int, str, str, float]
HATCH = "".join(f"M{x - 24} 24L{x} 0" for x in range(0, 121, 8))
DOTS = "".join(
    f"M{x + (3 if y % 8 == 2 else 5)} {y}h.01" for y in range(2, 24, 4) for x in range(0, 96, 6)
)
LINES = "".join(f"M0 {y}h1200" for y in range(0, 21, 5))


@dataclass(frozen=True, slots=True)
class CaseBracket:
    """The cases that the documents put on the same levels, as one bracket in one lane."""

    names: str
    low: int
    high: int
    documented: bool
    lane: int


def brackets_of(instrument: Instrument, dimension: str) -> tuple[CaseBracket, ...]:
    """The brackets of one dimension, each in the first lane that has room for it."""
    groups: dict[tuple[int, int, bool], list[str]] = {}
    for case in instrument.cases:
        for reading in case.readings:
            if reading.dimension == dimension:
                key = (reading.low, reading.high, reading.certainty == DOCUMENTED)
                groups.setdefault(key, []).append(case.country)
    lanes: list[int] = []
    found = []
    for low, high, documented in sorted(groups):
        free = (at for at, end in enumerate(lanes) if end < low)
        lane = next(free, len(lanes))
        lanes[lane : lane + 1] = [high]
        names = " ".join(dict.fromkeys(groups[low, high, documented]))
        found.append(CaseBracket(names, low, high, documented, lane))
    return tuple(found)


def height_of(brackets: Iterable[CaseBracket]) -> int:
    lanes = max((one.lane for one in brackets), default=-1) + 1
    return FIRST_LANE + LANE * (lanes - 1) + 6 if lanes else TOP + BAR + 6


def profile_marks(
    found: DimensionResult, bands: tuple[int, ...], brackets: tuple[CaseBracket, ...]
) -> tuple[Mark, ...]:
    """Nothing where nothing was asked: there is no axis to show anything on."""
    if not found.asked and found.score is None:
        return ()
    height = height_of(brackets)
    limits = (0, *bands, 100)
    return (
        *(_upright(limit, 0, height, stroke="grid", stroke_width=1) for limit in bands),
        _upright(0, 0, height, stroke="ink", stroke_width=2),
        *_answered(found),
        *(part for one in brackets for part in _bracket(one, limits)),
    )


def bar_marks(name: str, score: float, bands: tuple[int, ...]) -> tuple[Mark, ...]:
    """One score alone, with the pattern of its level; `name` is its own in the page."""
    height = TOP + BAR + 6
    level = sum(1 for limit in bands if score >= limit)
    return (
        *(_upright(limit, 0, height, stroke="grid", stroke_width=1) for limit in bands),
        _upright(0, 0, height, stroke="ink", stroke_width=2),
        *_solid(name, score, level),
    )


def _answered(found: DimensionResult) -> tuple[Mark, ...]:
    if found.score is None:
        return (_level_line(0, 100, stroke="ink", stroke_width=2, stroke_dasharray="1 4"),)
    if found.level is None:
        return (_hollow(found.score), *_dotted(found))
    return (*_solid(found.dimension, found.score, found.level), *_interval(found))


def _solid(dimension: str, score: float, level: int) -> tuple[Mark, ...]:
    if not score:
        return (_wedge(),)
    name = f"bar-{dimension.lower()}"
    fill = PLAIN.get(level, f"url(#{name})")
    bar = _rect(score, fill=fill, stroke="accent", stroke_width=1.2)
    return (bar,) if level in PLAIN else (mark("defs", _pattern(name, TILES[level])), bar)


def swatch(level: int) -> tuple[Mark, ...]:
    """A piece of a bar of this level, 48 by 16, to explain it where no scheme is judged."""
    name = f"level-{level}"
    fill = PLAIN.get(level, f"url(#{name})")
    piece = mark(
        "rect", x=1, y=1, width=46, height=14, fill=fill, stroke="accent", stroke_width=1.2
    )
    return (piece,) if level in PLAIN else (mark("defs", _pattern(name, TILES[level])), piece)


def _pattern(name: str, tile: Tile) -> Mark:
    width, height, ground, path, stroke = tile
    return mark(
        "pattern",
        mark("rect", width=width, height=height, fill=ground),
        mark("path", d=path, stroke="accent", stroke_width=stroke, stroke_linecap="round"),
        id=name,
        patternUnits="userSpaceOnUse",
        width=width,
        height=height,
    )


TILES: dict[int, Tile] = {
    1: (96, 24, "level1", HATCH, 1.1),
    2: (96, 24, "level2", DOTS, 2),
    3: (1200, 20, "level3", LINES, 1.6),
}
"""By level the tile's size, its ground, and what is drawn on it."""
PLAIN = {0: "sheet", 4: "accent"}


def _hollow(score: float) -> Mark:
    """Of an indication: no pattern, and an edge that is no firm line in grey either."""
    if not score:
        return _wedge()
    return _rect(score, fill="sheet", stroke="ink", stroke_width=1.5, stroke_dasharray="4 3")


def _wedge() -> Mark:
    """A zero is a result: a bar of no width would look like nothing known."""
    path = f"M1 {TOP}L12 {MIDDLE}L1 {TOP + BAR}"
    return mark("path", d=path, fill="sheet", stroke="ink", stroke_width=1.5)


def _rect(score: float, **look: object) -> Mark:
    return mark("rect", x=0, y=TOP, width=place(score), height=BAR, **look)


def _dotted(found: DimensionResult) -> tuple[Mark, ...]:
    low, high = found.low or 0, found.high or 0
    dots = {"stroke": "ink", "stroke_width": 2, "stroke_dasharray": "2 3"}
    return (
        _level_line(low, high, **dots),
        *(_upright(at, TOP + 2, TOP + BAR - 2, stroke="ink", stroke_width=2) for at in (low, high)),
    )


def _interval(found: DimensionResult) -> tuple[Mark, ...]:
    """On a white halo, so that it is seen on a solid bar and in grey; nothing where it is exact."""
    if found.low is None or found.high is None or found.low == found.high:
        return ()
    marks = [_level_line(found.low, found.high, stroke="sheet", stroke_width=6)]
    for stroke, width in (("sheet", 6), ("ink", 2)):
        ends = (found.low, found.high)
        marks += [
            _upright(at, TOP + 1, TOP + BAR - 1, stroke=stroke, stroke_width=width) for at in ends
        ]
    return (*marks, _level_line(found.low, found.high, stroke="ink", stroke_width=2))


def _bracket(one: CaseBracket, limits: tuple[int, ...]) -> tuple[Mark, ...]:
    low, high = limits[one.low] + INSET, limits[one.high + 1] - INSET
    y = FIRST_LANE + LANE * one.lane
    dash = {} if one.documented else {"stroke_dasharray": "2 2"}
    look = {"stroke": "case", "stroke_width": 1}
    width = LETTER * len(one.names) + 5
    return (
        mark("line", x1=place(low), x2=place(high), y1=y, y2=y, **look, **dash),
        *(_upright(at, y - 3, y + 3, **look) for at in (low, high)),
        mark(
            "svg",
            mark("rect", x=-width / 2, y=-4.5, width=width, height=9, fill="sheet"),
            letters(
                one.names,
                x=0,
                y=3,
                text_anchor="middle",
                font_size=8,
                font_family=FONTS,
                fill="muted",
            ),
            x=place((low + high) / 2),
            y=y,
            overflow="visible",
        ),
    )


def _level_line(low: float, high: float, **look: object) -> Mark:
    return mark("line", x1=place(low), x2=place(high), y1=MIDDLE, y2=MIDDLE, **look)


def _upright(at: float, top: float, bottom: float, **look: object) -> Mark:
    return mark("line", x1=place(at), x2=place(at), y1=top, y2=bottom, **look)
