from __future__ import annotations

from assessment.interchange.workbook.cells import VALUE_READERS
from assessment.interchange.workbook.sheets import CHOICES, SETTINGS, SHEETS

COLUMNS = [column for sheet in SHEETS for column in sheet.columns]


def test_sheets_are_one_for_each_kind_of_object() -> None:
    assert [sheet.name for sheet in SHEETS] == [
        "regions",
        "sources",
        "findings",
        "dimensions",
        "questions",
        "options",
        "cases",
        "readings",
        "rules",
        "variants",
        "terms",
        "roles",
        "packages",
        "patterns",
    ]


def test_nested_sheet_begins_with_the_code_it_belongs_to() -> None:
    assert {sheet.name: sheet.columns[0].name for sheet in SHEETS if sheet.within} == {
        "options": "question",
        "readings": "case",
        "variants": "rule",
    }


def test_every_column_can_be_read() -> None:
    unread = {column.name for column in (*COLUMNS, *SETTINGS) if column.hint not in VALUE_READERS}

    assert unread == set()


def test_every_list_of_choices_belongs_to_a_column() -> None:
    names = {f"{sheet.name}.{column.name}" for sheet in SHEETS for column in sheet.columns}

    assert CHOICES.keys() - names == set()


def test_lists_fit_into_a_validation() -> None:
    assert max(len(",".join(column.choices)) for column in COLUMNS) <= 253
