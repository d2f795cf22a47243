"""The bank as one XLSX workbook: every cell a text, lists to choose codes from, a page to read."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from assessment.instrument.translation import current_translations
from assessment.interchange.refusal import Refused
from assessment.interchange.translations import COLUMNS, rows_of, sheet_of
from assessment.interchange.workbook.cells import BadCell, cell_text
from assessment.interchange.workbook.read_me import READ_ME
from assessment.interchange.workbook.sheets import (
    EDITION,
    README,
    SETTING_COLUMNS,
    SETTINGS,
    SHEETS,
    columns_for,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from assessment.instrument.model import Instrument
    from assessment.instrument.texts import TextKey
    from assessment.instrument.translation import Translation, TranslationsByLanguage
    from assessment.interchange.bank_file import FilePosition
    from assessment.interchange.refusal import FileFault
    from assessment.interchange.workbook.sheets import Column, Sheet

LAST_ROW = 1_048_576
WIDTHS = {True: 60, False: 18}
AS_TEXT = 49
TEXT = {"num_format": AS_TEXT, "text_wrap": True, "valign": "top"}
HEAD = TEXT | {"bold": True, "bg_color": "#E8ECEF"}
# One row in memory at a time; nothing is guessed from what a text looks like.
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
BEGINNING = datetime(1980, 1, 1)  # noqa: DTZ001 -- a workbook knows no zones


class Styles(NamedTuple):
    text: Any
    head: Any


class Page(Worksheet):
    """Texts as they are: XlsxWriter takes one between <r> and </r> for markup of its own."""

    def _xml_rich_inline_string(self, string: str, attributes: Any = ()) -> None:
        self._xml_inline_string(string, True, attributes)

    @staticmethod
    def _escape_control_characters(data: str) -> str:
        """`written` has done it."""
        return data


def to_xlsx(instrument: Instrument, translations: TranslationsByLanguage | None = None) -> bytes:
    """The workbook; raises Refused naming each text that no cell can hold unharmed."""
    faults: list[FileFault] = []
    settings = list(_settings(instrument, faults))
    rows = {sheet.name: list(_rows(sheet, instrument, faults)) for sheet in SHEETS}
    made = current_translations(instrument, translations or {})
    texts = {sheet_of(language): _texts(language, made[language], faults) for language in made}
    if faults:
        raise Refused(faults)
    out = BytesIO()
    with Workbook(out, OPTIONS) as book:
        book.set_properties({"created": BEGINNING})
        styles = Styles(book.add_format(TEXT), book.add_format(HEAD))
        _read_me(book.add_worksheet(README, Page), styles)
        _table(book.add_worksheet(EDITION, Page), SETTING_COLUMNS, settings, styles)
        for sheet in SHEETS:
            page = book.add_worksheet(sheet.name, Page)
            _table(page, columns_for(sheet, instrument), rows[sheet.name], styles)
        for name, lines in texts.items():
            _table(book.add_worksheet(name, Page), COLUMNS, lines, styles)
    return out.getvalue()


def _texts(
    language: str, made: Mapping[TextKey, Translation], faults: list[FileFault]
) -> list[list[str]]:
    sheet = sheet_of(language)
    return [
        [
            _text(column, value, (sheet, row), faults)
            for column, value in zip(COLUMNS, values, strict=True)
        ]
        for row, values in enumerate(rows_of(made), 2)
    ]


def _read_me(page: Any, styles: Styles) -> None:
    page.set_column(0, 0, 100)
    for row, line in enumerate(READ_ME):
        page.write_string(row, 0, line, styles.text)


def _table(page: Any, columns: Sequence[Column], rows: list[list[str]], styles: Styles) -> None:
    _lay_out(page, columns, styles)
    _write(page, 0, [column.name for column in columns], styles.head)
    for number, row in enumerate(rows, 1):
        _write(page, number, row, styles.text)


def _write(page: Any, row: int, texts: list[str], style: Any) -> None:
    for column, text in enumerate(texts):
        if text:
            page.write_string(row, column, text, style)


def _lay_out(page: Any, columns: Sequence[Column], styles: Styles) -> None:
    page.freeze_panes(1, 1)
    for number, column in enumerate(columns):
        page.set_column(number, number, WIDTHS[column.wide], styles.text)
        if rule := _validation(column):
            page.data_validation(1, number, LAST_ROW - 1, number, rule)


def _validation(column: Column) -> dict[str, Any] | None:
    """A list to choose from where a cell takes one value, a hint where it takes several."""
    if not column.choices and not column.of:
        return None
    if not column.one:
        hint = ", ".join(column.choices) or f"Codes of the sheet {column.of}"
        message = f"{hint}. Commas between them."
        return {"validate": "any", "input_title": column.name, "input_message": message}
    return {
        "validate": "list",
        "source": f"='{column.of}'!$A$2:$A${LAST_ROW}" if column.of else list(column.choices),
        "error_title": column.name,
        "error_message": "Choose one of the list.",
    }


def _settings(instrument: Instrument, faults: list[FileFault]) -> Iterator[list[str]]:
    for row, column in enumerate(SETTINGS, 2):
        holder = instrument if column.name in ("name", "language") else instrument.scale
        value = getattr(holder, column.name)
        yield [column.name, _text(column, value, (EDITION, row), faults)]


def _rows(sheet: Sheet, instrument: Instrument, faults: list[FileFault]) -> Iterator[list[str]]:
    for row, values in enumerate(_values(sheet, instrument), 2):
        yield [
            _text(column, value, (sheet.name, row), faults)
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


def _text(column: Column, value: Any, place: FilePosition, faults: list[FileFault]) -> str:
    try:
        return cell_text(column, value)
    except BadCell as error:
        faults.append(error.at(*place, column.name))
        return ""
