"""Where things stand on the printed pages: measured on the boxes that WeasyPrint lays out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from assessment.reports.pdf import render as drawing
from assessment.reports.pdf.files import print_html
from assessment.reports.report_data import NamedProgramme
from assessment.reports.sections import LAYERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assessment.reports.report_data import ReportData

pytestmark = pytest.mark.no_cover

MILLIMETRE = 96 / 25.4
HEADINGS = {"h1", "h2", "h3", "h4"}


@dataclass(frozen=True)
class Sheet:
    """A printed page: its boxes in order, each with its element's name and class."""

    page: Any
    boxes: tuple[tuple[str, str, Any], ...]

    def named(self, tag: str, kind: str = "") -> list[Any]:
        return [box for name, its, box in self.boxes if name == tag and kind in (*its.split(), "")]

    @property
    def words(self) -> list[Any]:
        return [box for _tag, _kind, box in self.boxes if getattr(box, "text", "").strip()]


def boxes_of(box: Any) -> Iterator[tuple[str, str, Any]]:
    box = getattr(box, "_box", box)
    kind = "" if box.element is None else box.element.get("class", "")
    yield box.element_tag or "", kind, box
    for child in getattr(box, "children", ()):
        if not type(child).__name__.startswith("Margin"):
            yield from boxes_of(child)


def sheets_of(report: ReportData, layers: tuple[str, ...] = LAYERS) -> list[Sheet]:
    kit = drawing._renderer()
    document = kit.page(print_html(report, layers)).render(
        stylesheets=[kit.style], font_config=kit.fonts
    )
    return [Sheet(one._page_box, tuple(boxes_of(one._page_box))) for one in document.pages]


@pytest.fixture(scope="module")
def sheets(report: ReportData) -> list[Sheet]:
    return sheets_of(report)


@pytest.fixture(scope="module")
def crowded_report(report: ReportData) -> ReportData:
    """Everything as long as the questionnaire lets it be."""
    name = "Programme de coordination rurale et de protection sociale " * 4
    (closing,) = report.instrument.closing_questions
    return replace(
        report,
        scheme=name[:200],
        programmes=tuple(NamedProgramme(name[:200], name[:200]) for _at in range(14)),
        notes={"PC1": "x" * 5_000, "PC2": "line\n" * 100, "PC3": "word " * 1_000},
        texts={closing.code: "word " * 1_000},
    )


@pytest.fixture(scope="module")
def crowded(crowded_report: ReportData) -> list[Sheet]:
    return sheets_of(crowded_report)


@pytest.fixture(scope="module")
def sheets_of_nothing(empty: ReportData) -> list[Sheet]:
    return sheets_of(empty, ("report",))


@pytest.fixture(scope="module")
def sheets_of_one_programme(single: ReportData) -> list[Sheet]:
    return sheets_of(single, ("report",))


def cell_sizes(sheet: Sheet) -> list[tuple[float, float]]:
    """Width and height in millimetres of the cells to fill in, borders and all."""
    return [
        (box.border_width() / MILLIMETRE, box.border_height() / MILLIMETRE)
        for box in sheet.named("td", "blank")
    ]


def rows_of(table: Any) -> int:
    """The rows of this page's part, its heads left out."""
    return sum(len(box.children) for tag, _kind, box in boxes_of(table) if tag == "tbody")


def test_plan_for_the_meeting_is_one_page_that_can_be_filled_in(
    request: pytest.FixtureRequest, sheets: list[Sheet]
) -> None:
    """With all that may stand in it, with nothing to decide, for one programme, for a round."""
    table: list[str] = ["sheets", "crowded", "sheets_of_nothing", "sheets_of_one_programme"]
    (cells,) = [cell_sizes(sheet) for sheet in sheets if sheet.named("table", "plan")]

    def outcome(which: str) -> int:
        found: list[Sheet] = request.getfixturevalue(which)
        return sum(bool(sheet.named("section", "section-meeting")) for sheet in found)

    assert {which: outcome(which) for which in table} == dict.fromkeys(table, 1)
    owners, dates = cells[0::2], cells[1::2]
    assert min(width for width, _height in owners) >= 33.5
    assert min(width for width, _height in dates) >= 22
    assert min(height for _width, height in cells) >= 14


def test_brief_is_two_pages(request: pytest.FixtureRequest) -> None:
    """At most: with every name as long as it may be, with all answers and with none."""
    table: list[str] = ["report", "crowded_report", "empty", "sparse", "round_report"]

    def outcome(which: str) -> int:
        return len(sheets_of(request.getfixturevalue(which), ("brief",)))

    assert [which for which in table if outcome(which) > 2] == []


def ends_alone(found: list[Sheet]) -> set[str]:
    """The headings and terms that stand last on a page."""
    lowest = [max(reversed(one.words), key=lambda box: round(box.position_y)) for one in found]
    return {box.element_tag for box in lowest} & (HEADINGS | {"dt", "caption"})


def words_outside(found: list[Sheet]) -> list[str]:
    return [
        box.text
        for sheet in found
        for box in sheet.words
        if box.position_x + box.width > sheet.page.content_box_x() + sheet.page.width + 1
    ]


def broken_after_one_row(found: list[Sheet]) -> list[str]:
    """The tables of which a page carries a part of a single row."""
    return [
        kind
        for before, after in pairwise(found)
        for kind in ("pairs", "firm", "short", "decide", "levels")
        if after.named("table", kind)
        and after.named("table", kind)[0].element
        in [table.element for table in before.named("table", kind)]
        and rows_of(after.named("table", kind)[0]) < 2
    ]


def test_no_page_ends_in_a_heading_or_a_word_too_wide_or_carries_a_single_row(
    request: pytest.FixtureRequest,
) -> None:
    table: list[str] = ["sheets", "crowded"]

    def outcome(which: str) -> object:
        found: list[Sheet] = request.getfixturevalue(which)
        return ends_alone(found), words_outside(found), broken_after_one_row(found)

    assert {which: outcome(which) for which in table} == {which: (set(), [], []) for which in table}
