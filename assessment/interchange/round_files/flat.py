"""The figures of a round as flat files: CSV with its dictionary in one archive, and JSON."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from io import BytesIO, StringIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from assessment.interchange.csv_form import COMMA, CSV_FORMS
from assessment.interchange.responses_csv import without_formula
from assessment.interchange.round_files.figures import Figure

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from assessment.interchange.csv_form import CsvForm

HEAD = ("kind", "name", "meaning")
UTF_8 = "utf-8-sig"
"""With the mark by which spreadsheets know it."""


@dataclass(frozen=True, slots=True)
class Dictionary:
    """`about` are facts of the file, `notes` sentences, `entries` (kind, name, meaning)."""

    about: Sequence[tuple[str, str]]
    notes: Sequence[str]
    entries: Sequence[tuple[str, str, str]]


def to_csv_archive(
    figures: Iterable[Figure], dictionary: Dictionary, form: CsvForm = CSV_FORMS[COMMA]
) -> bytes:
    """figures.csv and dictionary.csv; the same figures, the same bytes."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        rows = ([_cell(value, form) for value in figure] for figure in figures)
        archive.writestr(_entry("figures.csv"), _text([list(Figure._fields), *rows], form))
        archive.writestr(_entry("dictionary.csv"), _text(_lines(dictionary), form))
    return out.getvalue()


def to_json(figures: Iterable[Figure], dictionary: Dictionary) -> bytes:
    """Each figure an object without what is empty in it."""
    content = {
        "about": dict(dictionary.about),
        "notes": list(dictionary.notes),
        "dictionary": [dict(zip(HEAD, entry, strict=True)) for entry in dictionary.entries],
        "figures": [
            {name: value for name, value in figure._asdict().items() if value != ""}
            for figure in figures
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=1).encode()


def _lines(dictionary: Dictionary) -> list[list[str]]:
    about = [("file", name, value) for name, value in dictionary.about]
    notes = [("note", "", note) for note in dictionary.notes]
    rows = [HEAD, *about, *notes, *dictionary.entries]
    return [[without_formula(cell) for cell in row] for row in rows]


def _cell(value: str | float, form: CsvForm) -> str:
    """A number may begin with a minus; a text that does is no formula either."""
    return without_formula(value) if isinstance(value, str) else form.number(value)


def _text(rows: Iterable[Sequence[str]], form: CsvForm) -> bytes:
    out = StringIO(newline="")
    csv.writer(out, delimiter=form.separator).writerows(rows)
    return out.getvalue().encode(UTF_8)


def _entry(name: str) -> ZipInfo:
    """Without the time at which it was made."""
    entry = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    entry.compress_type = ZIP_DEFLATED
    return entry
