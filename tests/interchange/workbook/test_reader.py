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


def test_workbook_saved_by_another_program_is_read_as_the_same_bank() -> None:
    def swap(sheets: Tables) -> None:
        other = {"A": "B", "B": "A"}
        cells = sheets["terms"].items()
        sheets["terms"] = {f"{other.get(at[0], at[0])}{at[1:]}": text for at, text in cells}

    options = [(q.code, option.value) for q in bank().questions for option in q.options]
    value = at("options", "value", 2 + options.index(("HC1", "3")))
    table = {
        "nothing is changed": changed(lambda sheets: None),
        "the page to read is gone": changed(lambda sheets: sheets.pop("read me")),
        "columns stand in another order": changed(swap),
        "a code is a number": cell("options", value, 3),
    }

    assert [name for name, data in table.items() if from_xlsx(data) != bank()] == []


def test_texts_numbers_and_ticks_of_the_spreadsheet_are_read() -> None:
    """An essential question weighs two unless another weight is given."""
    first, essential = (0, [question.code for question in bank().questions].index("HC2"))
    table: list[tuple[str, int, str, Any, Any]] = [
        ("terms", first, "text", "New words.", "New words."),
        ("questions", first, "weight", 3, 3),
        ("questions", first, "not_applicable", False, False),
        ("questions", first, "not_applicable", True, True),
        ("questions", first, "weight", None, 1),
        ("questions", first, "not_applicable", None, False),
        ("questions", essential, "weight", None, 2),
        ("questions", essential, "weight", 3, 3),
    ]

    def outcome(sheet: str, number: int, column: str, value: Any) -> object:
        read = from_xlsx(cell(sheet, at(sheet, column, number + 2), value))
        return getattr(getattr(read, sheet)[number], column)

    assert [(*given, outcome(*given)) for *given, _ in table] == table
    assert bank().questions[essential].essential


def test_wrong_cell_is_named_by_sheet_row_and_column() -> None:
    row_of_nothing = wrong(
        "unknown_parent", "options", 2, "question", value="XX9", sheet="questions"
    )
    wrong_setting = [
        wrong("unknown_setting", "edition", 4, "setting"),
        wrong("setting_missing", "edition", name="levels"),
    ]
    priority = wrong("cell_not_whole", "rules", 2, "priority", value="high")
    finance = wrong("cell_not_yes_or_no", "questions", 2, "finance", value="perhaps")
    table: list[tuple[tuple[str, str, Any, str], list[FileFault]]] = [
        (("rules", at("rules", "priority"), "high", ""), [priority]),
        (("questions", at("questions", "finance"), "perhaps", ""), [finance]),
        (
            ("sources", at("sources", "date"), 2016, ""),
            [wrong("number_for_text", "sources", 2, "date")],
        ),
        (("terms", "A2", None, ""), [wrong("code_missing", "terms", 2, "code")]),
        (("rules", at("rules", "when"), None, ""), [wrong("condition_empty", "rules", 2, "when")]),
        (
            ("terms", "A5", bank().terms[0].code, ""),
            [wrong("code_in_row", "terms", 5, "code", row=2)],
        ),
        (("options", "A2", "XX9", ""), [row_of_nothing]),
        *((("edition", "A4", setting, ""), wrong_setting) for setting in ("colour", "name", None)),
        (("terms", "B2", "x", "f"), [wrong("formula", "terms", 2, "term")]),
        (("terms", "B2", "x", "e"), [wrong("spreadsheet_error", "terms", 2, "term")]),
        (("terms", "B2", "x", "d"), [wrong("cell_date", "terms", 2, "term")]),
    ]

    assert [(given, faults(cell(*given))) for given, _ in table] == table


def test_every_wrong_cell_is_named_until_there_are_very_many(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def write(sheets: Tables) -> None:
        sheets["rules"][at("rules", "priority")] = "high"
        sheets["cases"][at("cases", "programmes", 3)] = "two"
        sheets["edition"]["B7"] = "20, forty"

    def break_all(text: str) -> str:
        begun = text.replace('t="inlineStr"><is><t>', 't="e"><v>')
        return begun.replace("</t></is>", "</v>")

    assert faults(changed(write)) == [
        wrong("cell_not_whole", "edition", 7, "bands", value="forty"),
        wrong("cell_not_whole", "cases", 3, "programmes", value="two"),
        wrong("cell_not_whole", "rules", 2, "priority", value="high"),
    ]
    monkeypatch.setattr(workbook_reader, "ENOUGH", 3)
    page = f"xl/worksheets/sheet{NAMES.index('terms') + 1}.xml"
    assert len(faults(edited(workbook(), page, break_all))) == 3


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


def renamed(place: str, name: str, **more: str) -> bytes:
    """Heads of the sheet `terms`, written otherwise."""
    return changed(lambda sheets: sheets["terms"].update({place: name} | more))


def test_sheet_or_column_that_is_missing_is_named_in_one_sentence() -> None:
    def behead(sheets: Tables) -> None:
        cells = sheets["terms"].items()
        sheets["terms"] = {at: text for at, text in cells if at.lstrip("ABCD") != "1"}

    no_head = FileFault(
        "no_head", "terms", 1, params={"columns": ("code", "term", "text", "forms")}
    )
    table = {
        "another name": (
            changed(lambda sheets: sheets.update({"Rules 2": sheets.pop("rules")})),
            wrong("sheet_missing", "rules"),
        ),
        "notes alone": (
            saved({"My notes": {"A1": "Ask Rosa."}}),
            wrong("no_sheet_of_the_bank"),
        ),
        "no head": (changed(behead), no_head),
        "empty": (changed(lambda sheets: sheets.update(terms={})), no_head),
        "one that it may be": (
            renamed("C1", "wording"),
            wrong("unknown_column", "terms", 1, name="wording", like="text"),
        ),
        "one too many": (
            renamed("C1", "wording", E1="_reviewer"),
            wrong("column_missing", "terms", 1, name="text"),
        ),
        "twice": (renamed("E1", "text"), wrong("repeated_column", "terms", 1, name="text")),
    }

    assert {name: faults(data) for name, (data, _) in table.items()} == {
        name: [fault] for name, (_, fault) in table.items()
    }


def test_what_does_no_harm_is_left_aside_and_the_first_of_it_named() -> None:
    def annotate(sheets: Tables) -> None:
        sheets["My notes"] = {"A1": "Ask Rosa."}
        sheets["terms"] |= {"E1": "_reviewer", "E2": "Rosa", "G3": "Really?"}

    def annotate_much(sheets: Tables) -> None:
        rows, columns = range(2, 6), range(9, 10 + MOST_FAULTS // 4)
        places = [f"{letters(column)}{row}" for row in rows for column in columns]
        sheets["terms"] |= dict.fromkeys(places, "Really?")

    read = workbook_reader.from_xlsx(changed(annotate))

    assert (read.instrument, read.ignored) == (
        bank(),
        (
            wrong("ignored_sheet", "My notes"),
            wrong("ignored_column", "terms", 1, name="_reviewer"),
            wrong("outside_table", "terms", 3, "G"),
        ),
    )
    assert len(workbook_reader.from_xlsx(changed(annotate_much)).ignored) == MOST_FAULTS
