"""A workbook back into a bank: every fault by sheet, row and column, and all or nothing."""

from __future__ import annotations

import unicodedata
from dataclasses import MISSING, fields
from typing import TYPE_CHECKING, Any

from assessment.instrument.model import Instrument, Scale
from assessment.instrument.plain_text import visible
from assessment.instrument.seeds import in_order
from assessment.instrument.texts import CHILD_KEYS, texts_of
from assessment.instrument.validation.validate import blocking_issues
from assessment.interchange.bank_file import BankFile
from assessment.interchange.refusal import MOST_FAULTS, FileFault, Refused, fault_of
from assessment.interchange.translations import COLUMNS, SHEET, translations_from
from assessment.interchange.workbook.cells import KEYS, BadCell, cell_value
from assessment.interchange.workbook.sheets import (
    EDITION,
    LATER_SHEETS,
    README,
    SETTING_COLUMNS,
    SETTINGS,
    SHEETS,
)
from assessment.interchange.workbook.xlsx import XlsxFile, letters

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from assessment.instrument.issues import Issue
    from assessment.instrument.texts import TextKey
    from assessment.instrument.translation import Translation
    from assessment.interchange.bank_file import FilePosition
    from assessment.interchange.translations import Row
    from assessment.interchange.workbook.sheets import Column, Sheet
    from assessment.interchange.workbook.xlsx import Cell

ENOUGH = 1_000
NOT_READ = {"f": "formula", "e": "spreadsheet_error", "d": "cell_date"}
WORDS = {"1": "yes", "0": "no"}

Values = dict[str, Any]


def from_xlsx(data: bytes) -> BankFile:
    """The bank in a workbook, finished or not; raises Refused with every fault."""
    reader = _Reader(XlsxFile(data))
    instrument = reader.instrument()
    for fault in blocking_issues(instrument):
        reader.refuse(reader.at_position(fault))
    reader.stop_at_faults()
    translations = reader.translations(texts_of(instrument))
    positions = {at: (at[0], row) for at, row in reader.rows.items()}
    return BankFile(instrument, translations, positions, tuple(reader.ignored))


class _Reader:
    """Collects the faults of one stage; the next stage needs what this one has read."""

    def __init__(self, file: XlsxFile) -> None:
        self.file = file
        self.faults: list[FileFault] = []
        self.ignored: list[FileFault] = []
        self.rows: dict[tuple[str, str], int] = {}

    def refuse(self, fault: FileFault) -> None:
        self.faults.append(fault)
        if len(self.faults) >= ENOUGH:
            self.stop_at_faults()

    def leave_aside(self, found: FileFault) -> None:
        """What does no harm is named, not refused; of very much, the first."""
        if len(self.ignored) < MOST_FAULTS:
            self.ignored.append(found)

    def stop_at_faults(self) -> None:
        if self.faults:
            raise Refused(self.faults)

    def instrument(self) -> Instrument:
        self._check_names()
        settings = self._settings()
        rows = {sheet.name: list(self._entries(sheet)) for sheet in SHEETS}
        self.stop_at_faults()
        for sheet in SHEETS:
            if not sheet.within:
                self._number(sheet.name, rows[sheet.name])
        nested = {sheet.name: self._by_parent(sheet, rows[sheet.name]) for sheet in SHEETS}
        self.stop_at_faults()
        name, language = settings.pop("name"), settings.pop("language")
        parts: dict[str, Any] = {
            sheet.name: _parts(sheet, rows[sheet.name], nested)
            for sheet in SHEETS
            if not sheet.within
        }
        return in_order(Instrument(name=name, language=language, scale=Scale(**settings), **parts))

    def translations(self, sources: dict[TextKey, str]) -> dict[str, dict[TextKey, Translation]]:
        """By language, from the sheets that stand beside those of the bank."""
        names = {match[1]: name for name in self.file.parts if (match := SHEET.fullmatch(name))}
        found = {
            language: translations_from(self._texts(name), sources, self.faults)
            for language, name in names.items()
        }
        self.stop_at_faults()
        return found

    def _texts(self, sheet: str) -> Iterator[tuple[FilePosition, Row]]:
        for row, cells in self._table(sheet, COLUMNS):
            values = {c.name: self._value(sheet, row, c, cells.get(c.name)) for c in COLUMNS}
            if None not in values.values():
                place = "/".join(values[name] for name in ("kind", "code", "field"))
                self.rows.setdefault((sheet, place), row)
                yield (sheet, row), values

    def at_position(self, fault: Issue) -> FileFault:
        """A fault of the whole bank, at the row and the column of what it is about."""
        where = fault.where
        first, _slash, rest = where.field.partition("/")
        child, _slash, column = rest.rpartition("/")
        at = (first, f"{where.code}/{child}") if child else (where.kind, where.code)
        return fault_of(fault, at[0], self.rows.get(at, 0), column or first)

    def _check_names(self) -> None:
        """A sheet of notes does no harm; one of the bank that is missing may be a renamed one."""
        expected = [EDITION, *(sheet.name for sheet in SHEETS)]
        if not self.file.parts.keys() & set(expected):
            self.refuse(FileFault("no_sheet_of_the_bank"))
            self.stop_at_faults()
        for name in self.file.parts:
            if name not in (README, *expected) and not SHEET.fullmatch(name):
                self.leave_aside(FileFault("ignored_sheet", name))
        for name in without_later(expected, self.file.parts, LATER_SHEETS):
            if name not in self.file.parts:
                self.refuse(FileFault("sheet_missing", name))
        self.stop_at_faults()

    def _settings(self) -> Values:
        settings = {column.name: column for column in SETTINGS}
        found: Values = {}
        for row, cells in self._table(EDITION, SETTING_COLUMNS):
            name = self._value(EDITION, row, SETTING_COLUMNS[0], cells.get("setting"))
            if name not in settings or name in found:
                self.refuse(FileFault("unknown_setting", EDITION, row, "setting"))
            else:
                self.rows[EDITION, name] = row
                found[name] = self._value(EDITION, row, settings[name], cells.get("value"))
        usual = {f.name: f.default for f in fields(Scale) if f.default is not MISSING}
        for name in sorted(settings.keys() - found.keys() - usual.keys()):
            self.refuse(FileFault("setting_missing", EDITION, params={"name": name}))
        return usual | found

    def _entries(self, sheet: Sheet) -> Iterator[tuple[int, Values]]:
        """Row number and values of each object of the sheet."""
        if sheet.name not in self.file.parts:
            return
        usual = _usual(sheet)
        for row, cells in self._table(sheet.name, sheet.columns, sheet.later_columns):
            values = {
                column.name: usual[column.name]
                if column.name not in cells and column.name in usual
                else self._value(sheet.name, row, column, cells.get(column.name))
                for column in sheet.columns
            }
            if "weight" not in cells and values.get("essential"):
                values["weight"] = 2
            yield row, values

    def _table(
        self, sheet: str, columns: Sequence[Column], later: Collection[str] = ()
    ) -> Iterator[tuple[int, dict[str, Cell]]]:
        """Each row below the head as cells by the name of their column."""
        rows = self.file.rows(sheet)
        number, head = next(rows, (1, {}))
        names = {place: plain_name(cell.text) for place, cell in head.items()}
        found = list(names.values())
        expected = without_later(column_names(columns), found, later)
        if not self._head_is_whole(sheet, number, found, expected):
            return
        known = {place: name for place, name in names.items() if name in column_names(columns)}
        for row, cells in rows:
            for place in sorted(cells.keys() - names.keys()):
                self.leave_aside(FileFault("outside_table", sheet, row, letters(place)))
            yield row, {known[place]: cell for place, cell in cells.items() if place in known}

    def _head_is_whole(
        self, sheet: str, number: int, names: list[str], expected: Sequence[str]
    ) -> bool:
        """One sentence for one mistake: a heading row that is gone, or each column that is.

        A column of notes does no harm, unless a column is missing that it may stand for.
        """
        missing = [name for name in expected if name not in names]
        if number != 1 or len(missing) > len(expected) / 2:
            self.refuse(FileFault("no_head", sheet, 1, params={"columns": tuple(expected)}))
            return False
        strays = [name for name in names if name not in expected]
        wrong = [("column_missing", {"name": name}) for name in missing]
        if len(missing) == len(strays) == 1:
            wrong = [("unknown_column", {"name": visible(strays[0]), "like": missing[0]})]
        wrong += [("repeated_column", {"name": name}) for name in expected if names.count(name) > 1]
        for code, params in wrong:
            self.refuse(FileFault(code, sheet, 1, params=params))
        for name in strays if not wrong else ():
            self.leave_aside(FileFault("ignored_column", sheet, 1, "", {"name": visible(name)}))
        return not wrong

    def _value(self, sheet: str, row: int, column: Column, cell: Cell | None) -> Any:
        try:
            return cell_value(column, _text_of(column, cell) if cell else "")
        except BadCell as error:
            self.refuse(error.at(sheet, row, column.name))
            return None

    def _number(self, sheet: str, entries: list[tuple[int, Values]]) -> None:
        for row, values in entries:
            first = self.rows.setdefault((sheet, values["code"]), row)
            if not values["code"]:
                self.refuse(FileFault("code_missing", sheet, row, "code"))
            elif first != row:
                self.refuse(FileFault("code_in_row", sheet, row, "code", {"row": first}))

    def _by_parent(
        self, sheet: Sheet, entries: list[tuple[int, Values]]
    ) -> dict[str, list[Values]]:
        found: dict[str, list[Values]] = {}
        key = sheet.columns[0].name
        for row, values in entries if sheet.within else ():
            parent = values[key]
            if (sheet.within, parent) not in self.rows:
                params = {"value": parent, "sheet": sheet.within}
                self.refuse(FileFault("unknown_parent", sheet.name, row, key, params))
            own = found.setdefault(parent, [])
            own.append(values)
            child = values.get(CHILD_KEYS.get(sheet.name, ""), len(own))
            self.rows.setdefault((sheet.name, f"{parent}/{child}"), row)
        return found


def column_names(columns: Sequence[Column]) -> list[str]:
    return [column.name for column in columns]


def without_later(
    expected: Sequence[str], found: Collection[str], later: Collection[str]
) -> list[str]:
    """The names that a file must have: those that came later only where it has one of them."""
    old = not any(name in later for name in found)
    return [name for name in expected if not (old and name in later)]


def plain_name(text: str) -> str:
    """The name of a column without what nobody sees: spaces around it, marks of width nought."""
    return "".join(sign for sign in text if unicodedata.category(sign) != "Cf").strip()


def _usual(sheet: Sheet) -> Values:
    """What an empty cell means where the method has a usual number or yes and no."""
    hints = {column.name: column.hint for column in sheet.columns}
    return {
        field.name: field.default
        for field in fields(sheet.kind)
        if hints.get(field.name) in (int, bool) and field.default is not MISSING
    }


def _text_of(column: Column, cell: Cell) -> str:
    if cell.kind in NOT_READ:
        raise BadCell(NOT_READ[cell.kind])
    if cell.kind == "b":
        return WORDS.get(cell.text, cell.text)
    if cell.kind == "n" and column.is_text and not (column.name in KEYS and cell.text.isdecimal()):
        raise BadCell("number_for_text")
    return cell.text


def _parts(
    sheet: Sheet, entries: list[tuple[int, Values]], nested: dict[str, dict[str, list[Values]]]
) -> tuple[Any, ...]:
    inner = [child for child in SHEETS if child.within == sheet.name]
    return tuple(
        sheet.kind(**values, **{c.name: _children(c, nested, values["code"]) for c in inner})
        for _row, values in entries
    )


def _children(
    sheet: Sheet, nested: dict[str, dict[str, list[Values]]], code: str
) -> tuple[Any, ...]:
    key = sheet.columns[0].name
    return tuple(
        sheet.kind(**{name: value for name, value in values.items() if name != key})
        for values in nested[sheet.name].get(code, ())
    )
