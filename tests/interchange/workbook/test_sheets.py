from __future__ import annotations

from assessment.interchange.workbook.cells import VALUE_READERS
from assessment.interchange.workbook.sheets import CHOICES, SETTINGS, SHEETS

COLUMNS = [column for sheet in SHEETS for column in sheet.columns]


def test_sheets_are_one_for_each_kind_and_nested_ones_begin_with_what_they_belong_to() -> None:
    assert [(sheet.name, sheet.columns[0].name) for sheet in SHEETS] == [
        ("regions", "code"),
        ("sources", "code"),
        ("findings", "code"),
        ("dimensions", "code"),
        ("questions", "code"),
        ("options", "question"),
        ("cases", "code"),
        ("readings", "case"),
        ("rules", "code"),
        ("variants", "rule"),
        ("terms", "code"),
        ("roles", "code"),
        ("packages", "code"),
        ("patterns", "code"),
    ]
    assert [s.name for s in SHEETS if s.within] == ["options", "readings", "variants"]


def test_every_column_can_be_read_and_every_list_of_choices_fits_one() -> None:
    unread = {column.name for column in (*COLUMNS, *SETTINGS) if column.hint not in VALUE_READERS}
    names = {f"{sheet.name}.{column.name}" for sheet in SHEETS for column in sheet.columns}

    assert (unread, CHOICES.keys() - names) == (set(), set())
    assert max(len(",".join(column.choices)) for column in COLUMNS) <= 253
