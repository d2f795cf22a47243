"""The two sides of a round beside each other: what each sees, and what to ask one another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from assessment.instrument.model import COORDINATING_SECTORS
from assessment.reports import formats
from assessment.reports.charts import group_in_all
from assessment.reports.marks import mark, place
from assessment.reports.profile_table import Picture, subject_slug
from assessment.reports.sections.lines import Section
from assessment.reports.side_signs import side_signs
from assessment.reports.wording import SECTORS

if TYPE_CHECKING:
    from assessment.method.result import DimensionResult, Gap, GroupResult
    from assessment.reports.marks import Mark
    from assessment.reports.report_data import ReportData
    from assessment.reports.side_signs import SideSign

MOST_QUESTIONS = 3
HEIGHT, MIDDLE = 22, 11


@dataclass(frozen=True, slots=True)
class SideRow:
    """One subject as both sides see it; without a picture one of them has no score there."""

    name: str
    slug: str
    picture: Picture | None
    scores: tuple[str, ...]
    apart: str
    large: bool


@dataclass(frozen=True, slots=True)
class HiddenSide:
    """A side that is not shown: how many of it submitted."""

    name: str
    size: str


@dataclass(frozen=True, slots=True)
class TwoSides:
    signs: tuple[SideSign, ...]
    questions: tuple[str, ...]
    rows: tuple[SideRow, ...]
    hidden: tuple[HiddenSide, ...]
    minimum: str


def two_sides(report: ReportData) -> Section | None:
    """In rounds of several alone; where a side is hidden, why, and no figure of either."""
    if not report.several:
        return None
    found = [group_in_all(report, sector) for sector in COORDINATING_SECTORS]
    hidden = tuple(
        HiddenSide(str(SECTORS[sector]), formats.number(group.n if group else 0))
        for sector, group in zip(COORDINATING_SECTORS, found, strict=True)
        if group is None or group.hidden
    )
    shown = [group for group in found if group and not group.hidden]
    minimum = report.result.minimum or report.instrument.scale.minimum_group
    content = TwoSides(
        signs=side_signs(COORDINATING_SECTORS),
        questions=() if hidden else tuple(_questions(report)),
        rows=() if hidden else tuple(_row(report, c, shown) for c in report.result.dimensions),
        hidden=hidden,
        minimum=formats.number(minimum),
    )
    return Section("two-sides", _("What the two sides see"), "report/_two_sides.html", content)


def _gaps(report: ReportData) -> dict[str, Gap]:
    gaps = (gap for gap in report.result.gaps if gap.between == COORDINATING_SECTORS)
    return {gap.on: gap for gap in gaps if gap.on in report.instrument.dimension}


def _questions(report: ReportData) -> list[str]:
    """The widest gaps, as what the one side asks the other."""
    wide = [gap for gap in _gaps(report).values() if _is_large(report, gap)]
    widest = sorted(wide, key=lambda gap: -abs(gap.levels))[:MOST_QUESTIONS]
    return [_question(report, gap) for gap in widest]


def _question(report: ReportData, gap: Gap) -> str:
    higher, lower = gap.between if gap.levels > 0 else reversed(gap.between)
    return _(
        "{subject}: {higher} sees it {levels} levels higher than {lower}. What does {higher} see "
        "there that {lower} does not, and the other way round?"
    ).format(
        subject=report.instrument.dimension[gap.on].name,
        higher=SECTORS[higher],
        lower=SECTORS[lower],
        levels=formats.number(abs(gap.levels), 1),
    )


def _row(report: ReportData, code: str, sides: list[GroupResult]) -> SideRow:
    dimension = report.instrument.dimension[code]
    found = [side.dimensions[code] for side in sides]
    gap = _gaps(report).get(code)
    scores = tuple(formats.number(one.score or 0) if _has_score(one) else "" for one in found)
    return SideRow(
        name=dimension.name,
        slug=subject_slug(code),
        picture=_picture(report, code, found) if all(map(_has_score, found)) else None,
        scores=scores,
        apart=_apart(report, gap),
        large=gap is not None and _is_large(report, gap),
    )


def _has_score(found: DimensionResult) -> bool:
    return found.settled and found.score is not None


def _is_large(report: ReportData, gap: Gap) -> bool:
    return abs(gap.levels) >= report.instrument.scale.gap_levels


def _apart(report: ReportData, gap: Gap | None) -> str:
    if gap is None:
        return _("not enough answers to compare")
    if not _is_large(report, gap):
        return _("seen alike")
    levels = formats.number(abs(gap.levels), 1)
    return _("{levels} levels apart").format(levels=levels)


def _picture(report: ReportData, code: str, found: list[DimensionResult]) -> Picture:
    first, second = (one.score or 0 for one in found)
    title = _("{first} {one}, {second} {other} of 100").format(
        first=SECTORS[COORDINATING_SECTORS[0]],
        second=SECTORS[COORDINATING_SECTORS[1]],
        one=formats.number(first),
        other=formats.number(second),
    )
    marks = (*_grid(report), *_between(first, second), _square(second), _circle(first))
    return Picture(title, HEIGHT, marks)


def _grid(report: ReportData) -> tuple[Mark, ...]:
    edges = (0, *report.instrument.scale.bands, 100)
    upright = (
        mark("line", x1=place(at), x2=place(at), y1=0, y2=HEIGHT, stroke="grid") for at in edges
    )
    return (*upright, mark("line", x1=0, x2="100%", y1=MIDDLE, y2=MIDDLE, stroke="grid"))


def _between(first: float, second: float) -> tuple[Mark, ...]:
    low, high = sorted((first, second))
    return (
        mark("rect", x=place(low), y=MIDDLE - 3, width=place(high - low), height=6, fill="case"),
    )


def _circle(at: float) -> Mark:
    return mark(
        "circle", cx=place(at), cy=MIDDLE, r=6.5, fill="accent", stroke="sheet", stroke_width=1.5
    )


def _square(at: float) -> Mark:
    """Its corner stands at the place, so that it is drawn round it in coordinates of its own."""
    square = mark(
        "rect", x=-5, y=-5, width=10, height=10, fill="sheet", stroke="second", stroke_width=3
    )
    return mark("svg", square, x=place(at), y=MIDDLE, overflow="visible")
