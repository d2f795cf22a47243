from __future__ import annotations

from io import BytesIO

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


def test_headings_say_which_column_is_which() -> None:
    text = "NIVEL;other;É-Mail\n\nlocal;x;ana@x.example\n"

    (row,) = read_people(text.replace("É", "E"), HEADINGS)

    assert row.number == 3
    assert row.values == dict.fromkeys(ANA, "") | {"tier": "local", "email": "ana@x.example"}


def test_rows_can_be_pasted_again() -> None:
    rows = read_people('"Ana; the first";a@x.example\n', HEADINGS)

    assert read_people(as_text(rows), HEADINGS) == rows
    assert read_people("", HEADINGS) == []


def test_list_has_an_end() -> None:
    raised(Refused, read_people, "Ana\n" * (MOST_PEOPLE + 1), HEADINGS)
