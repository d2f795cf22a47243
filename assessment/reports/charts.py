"""Charts as plain geometry for one SVG template; the words beside them are HTML, not SVG text.

Positions along the scale are percentages, so that a chart fits any width without distortion;
heights are pixels. Shapes carry the meaning, colour never does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from assessment.reports import formats
from assessment.reports.marks import Mark, mark, place

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from assessment.method.result import DimensionResult, GroupResult
    from assessment.reports.report_data import ReportData

ROW = 20
BAR = 12


@dataclass(frozen=True, slots=True)
class Band:
    """One level's part of the scale; `size` is its width in steps of five, for the style sheet."""

    label: str
    x: str
    width: str
    size: int
    shaded: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One line: its words and its marks, later ones over earlier ones."""

    label: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """`title` says everything that the picture shows."""

    name: str
    title: str
    legend: str
    height: int
    bands: tuple[Band, ...]
    rows: tuple[Row, ...]

    @property
    def marks(self) -> list[Mark]:
        return [mark for row in self.rows for mark in row.marks]


def top(at: int) -> int:
    """The upper edge of a bar in the row that has so many above it."""
    return ROW * at + (ROW - BAR) // 2


def middle(at: int) -> int:
    return ROW * at + ROW // 2


def bands_of(report: ReportData) -> tuple[Band, ...]:
    scale = report.instrument.scale
    limits = (0, *scale.bands, 100)
    return tuple(
        Band(
            label=label,
            x=place(limits[at]),
            width=place(limits[at + 1] - limits[at]),
            size=5 * round((limits[at + 1] - limits[at]) / 5),
            shaded=at % 2 == 0,
        )
        for at, label in enumerate(scale.labels)
    )


def chart(
    report: ReportData, name: str, heading: str, legend: str, rows: Iterable[tuple[Row, str]]
) -> Chart:
    """The chart of these rows; each comes with its sentence for those who do not see it."""
    lines = tuple(rows)
    return Chart(
        name=name,
        title=" ".join([heading, *(sentence for _row, sentence in lines)]),
        legend=legend,
        height=ROW * len(lines),
        bands=bands_of(report),
        rows=tuple(row for row, _sentence in lines),
    )


def line_between(at: int, low: float | None, high: float | None) -> tuple[Mark, ...]:
    """Nothing where the interval is one point."""
    if low is None or high is None or low == high:
        return ()
    width = place(high - low)
    return (mark("rect", x=place(low), y=middle(at), width=width, height=2, fill="second"),)


def whisker(at: int, low: float | None, high: float | None) -> tuple[Mark, ...]:
    """The line with an end at each side."""
    line = line_between(at, low, high)
    return line and (*line, end(at, low or 0), end(at, high or 0))


def end(at: int, value: float) -> Mark:
    x, y = place(value), top(at)
    return mark("line", x1=x, x2=x, y1=y, y2=y + BAR + 1, stroke="second", stroke_width=2)


def circle(at: int, value: float) -> Mark:
    return mark("circle", cx=place(value), cy=middle(at), r=5, fill="accent")


def ring(at: int, value: float) -> Mark:
    place_of_it = {"cx": place(value), "cy": middle(at)}
    return mark("circle", **place_of_it, r=5, fill="sheet", stroke="accent", stroke_width=2)


def square(at: int, value: float) -> Mark:
    """In a picture of its own, because half a square is no share of the width."""
    box = mark(
        "rect",
        x=-BAR // 2,
        y=0,
        width=BAR,
        height=BAR,
        fill="sheet",
        stroke="second",
        stroke_width=2,
    )
    return mark("svg", box, x=place(value), y=top(at), overflow="visible")


def pair_chart(report: ReportData, paired: list[DimensionResult]) -> Chart:
    """Circle: what is agreed on paper. Square: what is practised."""
    return chart(
        report,
        "pairs",
        _("What is agreed on paper beside what is practised, on the scale of 0 to 100."),
        _("Circle: agreed on paper. Square: practised."),
        (_pair_row(report, at, found) for at, found in enumerate(paired)),
    )


def _pair_row(report: ReportData, at: int, found: DimensionResult) -> tuple[Row, str]:
    dimension = report.instrument.dimension[found.dimension]
    formal, practice = found.formal or 0, found.practice or 0
    sentence = _("{dimension}: on paper {formal}, practised {practice}.").format(
        dimension=dimension.name,
        formal=formats.number(formal),
        practice=formats.number(practice),
    )
    return _dots(dimension.short, at, formal, practice), sentence


def _dots(label: str, at: int, first: float, second: float) -> Row:
    """A circle and a square, and the distance between them."""
    line = line_between(at, min(first, second), max(first, second))
    return Row(label, (*line, square(at, second), circle(at, first)))


def then_and_now(
    report: ReportData,
    name: str,
    title: str,
    legend: str,
    scores: Mapping[str, tuple[float, float]],
) -> Chart:
    """A ring and a circle a subject, as `legend` explains them; the square is of a side."""

    def row(at: int, code: str) -> tuple[Row, str]:
        dimension, (first, second) = report.instrument.dimension[code], scores[code]
        sentence = _("{dimension}: {first}, then {second}.").format(
            dimension=dimension.name,
            first=formats.number(first),
            second=formats.number(second),
        )
        line = line_between(at, min(first, second), max(first, second))
        marks = (*line, ring(at, first), circle(at, second))
        return Row(dimension.short, marks), sentence

    return chart(report, name, title, legend, (row(at, code) for at, code in enumerate(scores)))


def range_chart(report: ReportData) -> Chart:
    return chart(
        report,
        "ranges",
        _("Where the scores lie when weights and missing answers vary, on the scale of 0 to 100."),
        _("Circle: score. Line with ends: nine of ten draws lie between them."),
        (_range_row(report, at, code) for at, code in enumerate(report.result.robustness)),
    )


def _range_row(report: ReportData, at: int, code: str) -> tuple[Row, str]:
    dimension, spread = report.instrument.dimension[code], report.result.robustness[code]
    score = report.result.dimensions[code].score or 0
    row = Row(dimension.short, (*whisker(at, spread.p05, spread.p95), circle(at, score)))
    sentence = _("{dimension}: score {score}, between {low} and {high}.").format(
        dimension=dimension.name,
        score=formats.number(score),
        low=formats.number(spread.p05),
        high=formats.number(spread.p95),
    )
    return row, sentence


def group_in_all(report: ReportData, sector: str) -> GroupResult | None:
    """A sector at all tiers, hidden or not."""
    groups = (g for g in report.result.groups if g.sector == sector and g.tier is None)
    return next(groups, None)
