from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

import pytest
from xlsxwriter import Workbook

from assessment.instrument.issues import Where
from assessment.instrument.validation.validate import issues_in
from assessment.interchange.refusal import MOST_FAULTS, FileFault
from assessment.interchange.workbook import reader as workbook_reader
from assessment.interchange.workbook.sheets import SHEETS
from assessment.interchange.workbook.xlsx import XlsxFile, letters
from tests.interchange.bank_files import bank, edited, from_xlsx, refusals, workbook, wrong

if TYPE_CHECKING:
    from collections.abc import Callable

    from assessment.instrument.issues import Param


NAMES = ["read me", "edition", *(sheet.name for sheet in SHEETS)]


Tables = dict[str, dict[str, str]]


def tables(data: bytes) -> Tables:
    """The cells of each sheet by their place."""
    book = XlsxFile(data)
    return {
        name: {
            f"{letters(column)}{number}": cell.text
            for number, cells in book.rows(name)
            for column, cell in cells.items()
        }
        for name in book.parts
    }


def saved(sheets: Tables) -> bytes:
    """As other programs save a workbook: texts in one list that cells refer to."""
    out = BytesIO()
    with Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        for name, cells in sheets.items():
            page = book.add_worksheet(name)
            for place, text in cells.items():
                page.write_string(place, text)
    return out.getvalue()


def changed(change: Callable[[Tables], object]) -> bytes:
    """The workbook of the bank after a person has changed it in another program."""
    sheets = tables(workbook())
    change(sheets)
    return saved(sheets)


def cell(sheet: str, place: str, value: str | int | bool | None, kind: str = "") -> bytes:
    """The workbook with one cell rewritten in the file; `kind` is its type in the file."""
    page = f"xl/worksheets/sheet{NAMES.index(sheet) + 1}.xml"
    row = place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")

    def rewrite(text: str) -> str:
        head, begin, rest = text.partition(f'<row r="{row}">')
        cells, end, tail = rest.partition("</row>")
        found = _by_column(cells)
        found[place.removesuffix(row)] = written(place, value, kind)
        ordered = sorted(found, key=lambda column: (len(column), column))
        return head + begin + "".join(found[column] for column in ordered) + end + tail

    return edited(workbook(), page, rewrite)


def _by_column(cells: str) -> dict[str, str]:
    found = re.findall(r'(<c r="([A-Z]+).*?</c>)', cells, re.DOTALL)
    return {column: whole for whole, column in found}


def written(place: str, value: str | int | bool | None, kind: str) -> str:
    if value is None:
        return ""
    if kind == "f":
        return f'<c r="{place}"><f>{value}</f><v>2</v></c>'
    if isinstance(value, str) and not kind:
        return f'<c r="{place}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    kind = kind or ("b" if isinstance(value, bool) else "n")
    return f'<c r="{place}" t="{kind}"><v>{int(value) if kind == "b" else value}</v></c>'


def faults(data: bytes) -> list[FileFault]:
    return refusals(from_xlsx, data)


def at(sheet: str, column: str, row: int = 2) -> str:
    columns = next(found.columns for found in SHEETS if found.name == sheet)
    return f"{letters([known.name for known in columns].index(column) + 1)}{row}"


def test_workbook_saved_by_another_program_is_read() -> None:
    assert from_xlsx(changed(lambda sheets: None)) == bank()


def test_workbook_without_the_page_to_read_is_read() -> None:
    assert from_xlsx(changed(lambda sheets: sheets.pop("read me"))) == bank()


def test_columns_may_stand_in_another_order() -> None:
    def swap(sheets: Tables) -> None:
        other = {"A": "B", "B": "A"}
        cells = sheets["terms"].items()
        sheets["terms"] = {f"{other.get(at[0], at[0])}{at[1:]}": text for at, text in cells}

    assert from_xlsx(changed(swap)) == bank()


def test_changed_text_is_read() -> None:
    assert from_xlsx(cell("terms", at("terms", "text"), "New words.")).terms[0].text == "New words."


def test_numbers_and_ticks_of_the_spreadsheet_are_read() -> None:
    table: list[tuple[str, str, Any, Any]] = [
        ("questions", "weight", 3, 3),
        ("questions", "not_applicable", False, False),
        ("questions", "not_applicable", True, True),
        ("questions", "weight", None, 1),
        ("questions", "not_applicable", None, False),
    ]

    assert [
        (
            sheet,
            column,
            value,
            getattr(from_xlsx(cell(sheet, at(sheet, column), value)).questions[0], column),
        )
        for sheet, column, value, _ in table
    ] == table


def test_essential_question_weighs_two_unless_another_weight_is_given() -> None:
    table: list[tuple[int | None, int]] = [(None, 2), (3, 3)]

    def outcome(value: int | None) -> object:
        row = [question.code for question in bank().questions].index("HC2") + 2
        read = from_xlsx(cell("questions", at("questions", "weight", row), value))
        return read.question["HC2"].essential, read.question["HC2"].weight

    assert [outcome(value) for value, _ in table] == [(True, weight) for _, weight in table]


def test_code_written_as_a_number_is_read() -> None:
    row = 2 + [(q.code, option.value) for q in bank().questions for option in q.options].index(
        ("HC1", "3")
    )

    assert from_xlsx(cell("options", at("options", "value", row), 3)) == bank()


def test_wrong_cell_is_named_by_sheet_row_and_column() -> None:
    table: list[tuple[str, str, Any, str, dict[str, Param]]] = [
        ("rules", "priority", "high", "cell_not_whole", {"value": "high"}),
        ("questions", "finance", "perhaps", "cell_not_yes_or_no", {"value": "perhaps"}),
        ("sources", "date", 2016, "number_for_text", {}),
        ("terms", "code", None, "code_missing", {}),
        ("rules", "when", None, "condition_empty", {}),
    ]

    assert [
        [FileFault(code, sheet, 2, column, params)] for sheet, column, _, code, params in table
    ] == [faults(cell(sheet, at(sheet, column), value)) for sheet, column, value, _, _ in table]


def test_every_wrong_cell_is_named() -> None:
    def write(sheets: Tables) -> None:
        sheets["rules"][at("rules", "priority")] = "high"
        sheets["cases"][at("cases", "programmes", 3)] = "two"
        sheets["edition"]["B7"] = "20, forty"

    assert faults(changed(write)) == [
        wrong("cell_not_whole", "edition", 7, "bands", value="forty"),
        wrong("cell_not_whole", "cases", 3, "programmes", value="two"),
        wrong("cell_not_whole", "rules", 2, "priority", value="high"),
    ]


def test_code_that_stands_twice_is_named_with_its_first_row() -> None:
    assert faults(cell("terms", "A5", bank().terms[0].code)) == [
        wrong("code_in_row", "terms", 5, "code", row=2)
    ]


def test_row_that_belongs_to_nothing_is_named() -> None:
    assert faults(cell("options", "A2", "XX9")) == [
        wrong("unknown_parent", "options", 2, "question", value="XX9", sheet="questions")
    ]


def test_fault_of_the_whole_bank_is_named_by_its_row() -> None:
    with_variants = next(rule.code for rule in bank().rules if rule.variants)
    table: list[tuple[str, str, str, Where, str]] = [
        ("questions", "kind", "riddle", Where("questions", "P1", "kind"), "unknown_choice"),
        ("rules", "when", "level.XX <= 1", Where("rules", "R01", "when"), "unknown_name"),
        (
            "questions",
            "findings",
            "RS-1",
            Where("questions", "P1", "findings"),
            "unknown_reference",
        ),
        (
            "readings",
            "certainty",
            "felt",
            Where("cases", "CO-FEST", "readings/DS/certainty"),
            "unknown_choice",
        ),
        ("readings", "low", "4", Where("cases", "CO-FEST", "readings/DS/low"), "reading_levels"),
        (
            "variants",
            "when",
            "level.XX <= 1",
            Where("rules", with_variants, "variants/1/when"),
            "unknown_name",
        ),
    ]

    def outcome(sheet: str, column: str, value: str) -> object:
        found = faults(cell(sheet, at(sheet, column), value))[0]
        return found.code, found.where, found.sheet, found.row, found.column

    assert [outcome(sheet, column, value) for sheet, column, value, _, _ in table] == [
        (code, where, sheet, 2, column) for sheet, column, _, where, code in table
    ]


def test_guaranteed_dimension_that_is_not_there_is_left_open() -> None:
    (issue,) = issues_in(from_xlsx(cell("edition", "B25", "XX")))

    assert (issue.where.field, issue.code, issue.blocks_saving) == (
        "guaranteed",
        "unknown_choice",
        False,
    )


def test_missing_sheet_is_named_and_a_sheet_of_notes_is_not_refused() -> None:
    def rename(sheets: Tables) -> None:
        sheets["Rules 2"] = sheets.pop("rules")

    assert faults(changed(rename)) == [wrong("sheet_missing", "rules")]
    assert faults(saved({"My notes": {"A1": "Ask Rosa."}})) == [wrong("no_sheet_of_the_bank")]


def test_sheet_without_its_head_is_told_in_one_sentence() -> None:
    def behead(sheets: Tables) -> None:
        cells = sheets["terms"].items()
        sheets["terms"] = {at: text for at, text in cells if at.lstrip("ABCD") != "1"}

    def empty(sheets: Tables) -> None:
        sheets["terms"] = {}

    columns = ("code", "term", "text", "forms")
    assert [faults(changed(change)) for change in (behead, empty)] == [
        [FileFault("no_head", "terms", 1, params={"columns": columns})]
    ] * 2


def test_column_that_is_missing_is_named_with_one_that_it_may_be() -> None:
    def rename(sheets: Tables) -> None:
        sheets["terms"]["C1"] = "wording"

    def rename_two(sheets: Tables) -> None:
        sheets["terms"] |= {"C1": "wording", "E1": "_reviewer"}

    def repeat(sheets: Tables) -> None:
        sheets["terms"]["E1"] = "text"

    assert [faults(changed(change)) for change in (rename, rename_two, repeat)] == [
        [wrong("unknown_column", "terms", 1, name="wording", like="text")],
        [wrong("column_missing", "terms", 1, name="text")],
        [wrong("repeated_column", "terms", 1, name="text")],
    ]


def test_of_very_much_that_is_left_aside_the_first_is_named() -> None:
    def annotate(sheets: Tables) -> None:
        rows, columns = range(2, 6), range(9, 10 + MOST_FAULTS // 4)
        places = [f"{letters(column)}{row}" for row in rows for column in columns]
        sheets["terms"] |= dict.fromkeys(places, "Really?")

    read = workbook_reader.from_xlsx(changed(annotate))

    assert len(read.ignored) == MOST_FAULTS


def test_what_does_no_harm_is_left_aside_and_named() -> None:
    def annotate(sheets: Tables) -> None:
        sheets["My notes"] = {"A1": "Ask Rosa."}
        sheets["terms"] |= {"E1": "_reviewer", "E2": "Rosa", "G3": "Really?"}

    read = workbook_reader.from_xlsx(changed(annotate))

    assert (read.instrument, read.ignored) == (
        bank(),
        (
            wrong("ignored_sheet", "My notes"),
            wrong("ignored_column", "terms", 1, name="_reviewer"),
            wrong("outside_table", "terms", 3, "G"),
        ),
    )


def test_wrong_setting_is_told() -> None:
    table: list[tuple[str, str | None]] = [("A4", "colour"), ("A4", "name"), ("A4", None)]

    assert [faults(cell("edition", place, value)) for place, value in table] == [
        [
            wrong("unknown_setting", "edition", 4, "setting"),
            wrong("setting_missing", "edition", name="levels"),
        ]
    ] * len(table)


def test_cell_that_is_no_plain_value_is_refused() -> None:
    table: list[tuple[str, str]] = [
        ("f", "formula"),
        ("e", "spreadsheet_error"),
        ("d", "cell_date"),
    ]

    assert [faults(cell("terms", "B2", "x", kind)) for kind, _ in table] == [
        [wrong(code, "terms", 2, "term")] for _, code in table
    ]


def test_very_many_faults_stop_the_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_reader, "ENOUGH", 3)

    data = edited(
        workbook(),
        f"xl/worksheets/sheet{NAMES.index('terms') + 1}.xml",
        lambda text: text.replace('t="inlineStr"><is><t>', 't="e"><v>').replace(
            "</t></is>", "</v>"
        ),
    )

    assert len(faults(data)) == 3
