"""The sheets and cells of a workbook from outside, row by row: nothing is computed."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assessment.interchange.archive import LARGEST_EXPANDED, open_archive
from assessment.interchange.refusal import FileFault, Refused, refusal
from assessment.interchange.workbook.xml_parts import Elements, Strings, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assessment.instrument.issues import Param
    from assessment.interchange.archive import Archive

MOST_ROWS = 200_000
MOST_COLUMNS = 200
REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
PACKAGE, WORKBOOK = "_rels/.rels", "xl/workbook.xml"
STRINGS = "sharedStrings.xml"
ACTIVE_CONTENT = ("vbaproject", "externallinks/", "embeddings/", "activex/", "ctrlprops/")


@dataclass(frozen=True, slots=True)
class Cell:
    """`kind` is the type in the file (n, s, b, e, d) or f for a formula."""

    kind: str
    text: str


Row = tuple[int, dict[int, Cell]]


class XlsxFile:
    """The sheets of a workbook by name; raises Refused where it is none or does more than hold."""

    def __init__(self, data: bytes, *, expanded: int = LARGEST_EXPANDED) -> None:
        self.archive = open_archive(data, expanded=expanded)
        for name in self.archive.entries:
            if any(part in name.lower() for part in ACTIVE_CONTENT):
                raise refusal("active_content", name=name)
        workbook = _workbook_part(self.archive)
        self.parts = _parts_of_sheets(self.archive, workbook)
        strings = _strings_part(self.archive, workbook)
        self.strings = (
            Strings().read(self.archive, strings) if strings in self.archive.entries else []
        )

    def rows(self, sheet: str) -> Iterator[Row]:
        """Row number and the filled cells by column number, both from 1, as they stand."""
        return _Cells(sheet, self.strings).rows(self.archive, self.parts[sheet])


def letters(column: int) -> str:
    """The name of a column: 1 is A, 27 is AA."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _workbook_part(archive: Archive) -> str:
    """Where the workbook stands; the package says it, and programs call it as they like."""
    if PACKAGE not in archive.entries:
        return WORKBOOK
    for link in Elements("Relationship").read(archive, PACKAGE):
        if link.get("Type", "").endswith("/officeDocument"):
            return _resolved("/", link.get("Target", ""))
    return WORKBOOK


def _resolved(folder: str, target: str) -> str:
    return posixpath.normpath(posixpath.join(folder, target)).lstrip("/")


def _links(archive: Archive, part: str) -> list[dict[str, str]]:
    """What another part of the package is linked to."""
    folder, name = posixpath.split(part)
    return Elements("Relationship").read(archive, f"{folder}/_rels/{name}.rels".lstrip("/"))


def _strings_part(archive: Archive, workbook: str) -> str:
    """Where the texts stand that cells share, if there are any."""
    folder = "/" + posixpath.dirname(workbook)
    for link in _links(archive, workbook):
        if link.get("Type", "").endswith("/sharedStrings"):
            return _resolved(folder, link.get("Target", ""))
    return _resolved(folder, STRINGS)


def _parts_of_sheets(archive: Archive, workbook: str) -> dict[str, str]:
    sheets = Elements("sheet").read(archive, workbook)
    targets = {link.get("Id", ""): link.get("Target", "") for link in _links(archive, workbook)}
    folder = "/" + posixpath.dirname(workbook)
    parts = {}
    for sheet in sheets:
        part = _resolved(folder, targets.get(sheet.get("id", ""), ""))
        if part not in archive.entries or sheet.get("name", "") in parts:
            raise refusal("sheets_not_once")
        parts[sheet.get("name", "")] = part
    return parts


class _Cells(Text):
    def __init__(self, sheet: str, strings: list[str]) -> None:
        super().__init__()
        self.sheet = sheet
        self.strings = strings
        self.ready: list[Row] = []
        self.row = 0
        self.column = 0
        self.kind = ""
        self.cells: dict[int, Cell] = {}

    def rows(self, archive: Archive, name: str) -> Iterator[Row]:
        for _ in self.parse(archive, name):
            yield from self.ready
            self.ready = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        super().start(tag, attributes)
        if tag == "row":
            self._begin_row(attributes.get("r", str(self.row + 1)))
        elif tag == "c":
            self._begin_cell(attributes)
        elif tag == "f":
            self.kind = "f"

    def end(self, tag: str) -> None:
        super().end(tag)
        if tag == "c":
            self._end_cell()
        elif tag == "row" and self.cells:
            self.ready.append((self.row, self.cells))

    def _begin_row(self, number: str) -> None:
        if not number.isdecimal() or len(number) > 7 or int(number) <= self.row:
            raise self._refuse("rows_out_of_order")
        self.row, self.column, self.cells = int(number), 0, {}
        if self.row > MOST_ROWS:
            raise self._refuse("too_many_rows", most=MOST_ROWS)

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        place = REFERENCE.fullmatch(attributes.get("r", f"{letters(self.column + 1)}{self.row}"))
        if place is None or int(place[2]) != self.row or _number(place[1]) <= self.column:
            raise self._refuse("cells_out_of_order")
        self.column = _number(place[1])
        if self.column > MOST_COLUMNS:
            raise self._refuse("too_many_columns")
        self.kind = attributes.get("t", "n")
        self.begin_text()

    def _end_cell(self) -> None:
        text = "".join(self.pieces)
        if self.kind == "s":
            text = self._shared(text)
        kind = "s" if self.kind in ("inlineStr", "str") else self.kind
        if text or kind == "f":
            self.cells[self.column] = Cell(kind, text)

    def _shared(self, index: str) -> str:
        if not index.isdecimal() or len(index) > 9 or int(index) >= len(self.strings):
            raise self._refuse("text_not_in_file")
        return self.strings[int(index)]

    def _refuse(self, code: str, /, **params: Param) -> Refused:
        return Refused([FileFault(code, self.sheet, self.row, letters(self.column), params)])
