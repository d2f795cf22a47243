"""Tables as a workbook (XLSX): texts as texts, dates as dates, nothing that is computed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any

from xlsxwriter import Workbook

from assessment.interchange.workbook.cells import SIGN
from assessment.interchange.workbook.writer import BEGINNING, OPTIONS, Page

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

TEXT = {"text_wrap": True, "valign": "top"}
WIDE, NARROW = 44, 16


@dataclass(frozen=True, slots=True)
class PlanTable:
    """`sheet` is its name; each row has a cell a heading: a text, a number, a date or None.

    `wide` are the numbers of the columns that hold sentences, from 0.
    """

    sheet: str
    headings: Sequence[str]
    rows: Sequence[Sequence[str | float | date | None]]
    wide: frozenset[int] = frozenset()


def to_plan_workbook(table: PlanTable) -> bytes:
    return to_workbook([table])


def to_workbook(tables: Iterable[PlanTable]) -> bytes:
    """A sheet each; the same tables, the same bytes."""
    out = BytesIO()
    with Workbook(out, OPTIONS) as book:
        book.set_properties({"created": BEGINNING})
        for table in tables:
            _add_sheet(book, table)
    return out.getvalue()


def _add_sheet(book: Workbook, table: PlanTable) -> None:
    text, day = book.add_format(TEXT), book.add_format(TEXT | {"num_format": "yyyy-mm-dd"})
    head = book.add_format(TEXT | {"bold": True, "bottom": 2})
    page = book.add_worksheet(table.sheet, Page)
    page.freeze_panes(1, 2)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    for column, heading in enumerate(table.headings):
        page.set_column(column, column, WIDE if column in table.wide else NARROW)
        page.write_string(0, column, escaped(heading), head)
    for row, cells in enumerate(table.rows, 1):
        for column, cell in enumerate(cells):
            _write(page, (row, column), cell, day if isinstance(cell, date) else text)


def escaped(text: str) -> str:
    """What reads like the sign of a letter, as in `_x0041_`, is the text that was typed."""
    return SIGN.sub(r"_x005F_x\1_", text)


def _write(page: Any, place: tuple[int, int], cell: str | float | date | None, style: Any) -> None:
    if isinstance(cell, date):
        page.write_datetime(*place, cell, style)
    elif isinstance(cell, int | float):
        page.write_number(*place, cell, style)
    elif cell:
        page.write_string(*place, escaped(cell), style)
