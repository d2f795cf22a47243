from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from xlsxwriter import Workbook

from assessment.interchange.people_table import MOST_PEOPLE, as_text, read_people
from assessment.interchange.refusal import Refused
from tests.tables import raised

HEADINGS = {"Name": "name", "E-mail": "email", "Sector": "sector", "Nivel": "tier"}
ANA = {
    "name": "Ana Núñez",
    "email": "ana@x.example",
    "institution": "MIDAGRI",
    "sector": "agriculture",
    "tier": "local",
}
IN_ORDER = list(ANA.values())


def workbook(*rows: list[str]) -> bytes:
    out = BytesIO()
    with Workbook(out) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
    return out.getvalue()


def test_list_is_read_however_it_comes() -> None:
    forms: dict[str, str | bytes] = {
        "semicolons": ";".join(IN_ORDER),
        "commas": ",".join(IN_ORDER),
        "pasted from a sheet": "\t".join(IN_ORDER),
        "saved by Excel": ";".join(IN_ORDER).encode("cp1252"),
        "with a mark": ";".join(IN_ORDER).encode("utf-8-sig"),
        "workbook": workbook(IN_ORDER),
    }

    assert {
        name: [row.values for row in read_people(form, HEADINGS)] for name, form in forms.items()
    } == {name: [ANA] for name in forms}


def test_headings_say_which_column_is_which_and_rows_can_be_pasted_again() -> None:
    text = "NIVEL;other;E-Mail\n\nlocal;x;ana@x.example\n"

    (row,) = read_people(text, HEADINGS)
    quoted = read_people('"Ana; the first";a@x.example\n', HEADINGS)

    assert row.number == 3
    assert row.values == dict.fromkeys(ANA, "") | {"tier": "local", "email": "ana@x.example"}
    assert read_people(as_text(quoted), HEADINGS) == quoted
    assert read_people("", HEADINGS) == []


def test_list_is_read_no_further_than_it_may_reach() -> None:
    """A small file that unpacks to millions of cells would hold up who waits for a page."""
    table: dict[str, tuple[str | bytes, str]] = {
        "a person too many": ("Ana\n" * (MOST_PEOPLE + 1), "too_many_rows"),
        "many cells": (packed("<row>" + "<c><v>1</v></c>" * 600_000), "unpacked_too_large"),
        "many rows, then no sheet": (
            packed("<row><c><v>1</v></c></row>" * (MOST_PEOPLE + 60_000) + "<row"),
            "too_many_rows",
        ),
        "a quotation mark too many": ('"' + "Ana;x@y.example\n" * 9_000, "cell_too_long"),
    }

    assert {
        name: raised(Refused, read_people, content, HEADINGS).faults[0].code
        for name, (content, _) in table.items()
    } == {name: code for name, (_, code) in table.items()}


def packed(rows: str) -> bytes:
    """A workbook whose one sheet is these rows, as they stand."""
    out = BytesIO()
    with ZipFile(BytesIO(workbook(IN_ORDER))) as sound, ZipFile(out, "w", ZIP_DEFLATED) as made:
        for name in sound.namelist():
            content = sound.read(name).decode()
            if name.endswith("sheet1.xml"):
                content = content.partition("<row")[0] + rows
            made.writestr(name, content)
    return out.getvalue()
