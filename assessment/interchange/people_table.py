"""A list of people as it is pasted or uploaded (CSV, XLSX): rows of texts by column."""

from __future__ import annotations

import csv
import io
import unicodedata
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from assessment.interchange.archive import MEGABYTE
from assessment.interchange.refusal import FileFault, Refused, refusal
from assessment.interchange.workbook.xlsx import XlsxFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

COLUMNS = ("name", "email", "institution", "sector", "tier")
DELIMITERS = ("\t", ";", ",")
MOST_PEOPLE = 2_000
LARGEST_EXPANDED = 8 * MEGABYTE
"""Of a workbook: it is read while its person waits, and a list of 2,000 takes one of them."""
ZIP = b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class PersonRow:
    """`number` is the line or row it stands in, from 1; `values` has every column."""

    number: int
    values: Mapping[str, str]


def read_people(content: str | bytes, headings: Mapping[str, str]) -> list[PersonRow]:
    """Empty rows are left out. `headings` gives by a heading as people write it its column.

    Without a row of headings the columns stand in the order of COLUMNS. Raises Refused for a
    workbook that cannot be read, a cell that does not end, and more than MOST_PEOPLE rows.
    """
    rows = list(islice(_rows(content), MOST_PEOPLE + 1))
    if len(rows) > MOST_PEOPLE:
        raise refusal("too_many_rows", most=MOST_PEOPLE)
    known = {plain(heading): column for heading, column in headings.items()}
    order: Sequence[str] = COLUMNS
    if rows and (found := _columns(rows[0][1], known)):
        order, rows = found, rows[1:]
    return [PersonRow(number, _by_column(order, cells)) for number, cells in rows]


def as_text(rows: Iterable[PersonRow]) -> str:
    """The same rows as they can be pasted again."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerows([row.values[column] for column in COLUMNS] for row in rows)
    return out.getvalue()


def plain(text: str) -> str:
    """Without accents, case and signs: how two words are compared that people wrote."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in letters if letter.isalnum())


def _rows(content: str | bytes) -> Iterable[tuple[int, list[str]]]:
    numbered = _of_workbook(content) if _is_workbook(content) else _of_text(_decoded(content))
    for number, cells in numbered:
        texts = [cell.strip() for cell in cells]
        if any(texts):
            yield number, texts


def _is_workbook(content: str | bytes) -> bool:
    return isinstance(content, bytes) and content.startswith(ZIP)


def _of_workbook(content: str | bytes) -> Iterable[tuple[int, list[str]]]:
    data = content if isinstance(content, bytes) else content.encode()
    file = XlsxFile(data, expanded=LARGEST_EXPANDED)
    for number, cells in file.rows(next(iter(file.parts))):
        last = max(cells, default=0)
        yield number, [cells[at].text if at in cells else "" for at in range(1, last + 1)]


def _decoded(content: str | bytes) -> str:
    """What Excel saves as CSV is UTF-8 with a mark, or the page of Western Europe."""
    if isinstance(content, str):
        return content
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _of_text(text: str) -> Iterable[tuple[int, list[str]]]:
    lines = text.splitlines()
    first = next((line for line in lines if line.strip()), "")
    delimiter = max(DELIMITERS, key=first.count)
    reader = csv.reader(lines, delimiter=delimiter)
    try:
        for cells in reader:
            yield reader.line_num, cells
    except csv.Error as error:
        # A quotation mark without its second takes everything below it into one cell.
        longest = {"longest": csv.field_size_limit()}
        raise Refused([FileFault("cell_too_long", row=reader.line_num, params=longest)]) from error


def _columns(cells: Sequence[str], known: Mapping[str, str]) -> list[str]:
    """By place the column that stands there; empty where these are no headings."""
    found = [known.get(plain(cell), "") for cell in cells]
    return found if sum(map(bool, found)) > 1 else []


def _by_column(order: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    values = dict.fromkeys(COLUMNS, "")
    for column, text in zip(order, cells, strict=False):
        if column:
            values[column] = text
    return values
