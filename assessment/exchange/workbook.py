"""The bank as one XLSX workbook: every cell a text, lists to choose codes from, a page to read."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, NamedStyle, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from assessment.exchange.cells import BadCell, written
from assessment.exchange.read_me import READ_ME
from assessment.exchange.refusal import Fault, Refused
from assessment.exchange.sheets import EDITION, README, SETTING_COLUMNS, SETTINGS, SHEETS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from assessment.exchange.sheets import Column, Sheet
    from assessment.method.instrument import Instrument

AS_TEXT = "@"
LAST_ROW = 1_048_576
WIDTHS = {True: 60, False: 18}


def to_xlsx(instrument: Instrument) -> bytes:
    """The workbook; raises Refused naming each text that no cell can hold unharmed."""
    faults: list[Fault] = []
    settings = list(_settings(instrument, faults))
    rows = {sheet.name: list(_rows(sheet, instrument, faults)) for sheet in SHEETS}
    if faults:
        raise Refused(faults)
    book = Workbook(write_only=True)
    for style in _styles():
        book.add_named_style(style)
    _read_me(book)
    _table(book, EDITION, SETTING_COLUMNS, settings)
    for sheet in SHEETS:
        _table(book, sheet.name, sheet.columns, rows[sheet.name])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _styles() -> Iterator[NamedStyle]:
    body = Alignment(wrap_text=True, vertical="top")
    yield NamedStyle("bank text", number_format=AS_TEXT, alignment=body)
    yield NamedStyle(
        "bank head",
        number_format=AS_TEXT,
        alignment=body,
        font=Font(bold=True),
        fill=PatternFill("solid", fgColor="E8ECEF"),
    )


def _read_me(book: Any) -> None:
    page = book.create_sheet(README)
    page.column_dimensions["A"].width = 100
    for line in READ_ME:
        page.append([_cell(page, line, "bank text")])


def _table(book: Any, name: str, columns: Sequence[Column], rows: list[list[str]]) -> None:
    page = book.create_sheet(name)
    _lay_out(page, columns)
    page.append([_cell(page, column.name, "bank head") for column in columns])
    for row in rows:
        page.append([_cell(page, text, "bank text") for text in row])


def _lay_out(page: Any, columns: Sequence[Column]) -> None:
    page.freeze_panes = "B2"
    for number, column in enumerate(columns, 1):
        letter = get_column_letter(number)
        page.column_dimensions[letter].width = WIDTHS[column.wide]
        page.column_dimensions[letter].number_format = AS_TEXT
        if rule := _validation(column):
            rule.add(f"{letter}2:{letter}{LAST_ROW}")
            page.data_validations.append(rule)


def _validation(column: Column) -> DataValidation | None:
    """A list to choose from where a cell takes one value, a hint where it takes several."""
    if not column.choices and not column.of:
        return None
    if not column.one:
        hint = ", ".join(column.choices) or f"Codes of the sheet {column.of}"
        return DataValidation(
            promptTitle=column.name, prompt=f"{hint}. Commas between them.", showInputMessage=True
        )
    listed = f"'{column.of}'!$A$2:$A${LAST_ROW}" if column.of else f'"{",".join(column.choices)}"'
    return DataValidation(
        type="list",
        formula1=listed,
        allow_blank=True,
        showErrorMessage=True,
        errorTitle=column.name,
        error="Choose one of the list.",
    )


def _cell(page: Any, text: str, style: str) -> Any:
    """A text whatever it begins with: openpyxl would take a leading = for a formula."""
    if not text:
        return None
    cell = WriteOnlyCell(page, text)
    cell.data_type = "s"
    cell.style = style
    return cell


def _settings(instrument: Instrument, faults: list[Fault]) -> Iterator[list[str]]:
    for row, column in enumerate(SETTINGS, 2):
        holder = instrument if column.name in ("name", "language") else instrument.scale
        place = Fault("", EDITION, row, column.name)
        yield [column.name, _text(column, getattr(holder, column.name), place, faults)]


def _rows(sheet: Sheet, instrument: Instrument, faults: list[Fault]) -> Iterator[list[str]]:
    for row, values in enumerate(_values(sheet, instrument), 2):
        yield [
            _text(column, value, Fault("", sheet.name, row, column.name), faults)
            for column, value in zip(sheet.columns, values, strict=True)
        ]


def _values(sheet: Sheet, instrument: Instrument) -> Iterator[list[Any]]:
    names = [column.name for column in sheet.columns]
    if not sheet.within:
        for part in getattr(instrument, sheet.name):
            yield [getattr(part, name) for name in names]
        return
    for part in getattr(instrument, sheet.within):
        for child in getattr(part, sheet.name):
            yield [part.code, *(getattr(child, name) for name in names[1:])]


def _text(column: Column, value: Any, place: Fault, faults: list[Fault]) -> str:
    try:
        return written(column, value)
    except BadCell as error:
        faults.append(replace(place, message=str(error)))
        return ""
