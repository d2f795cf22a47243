from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

from openpyxl import load_workbook

from assessment.exchange.cells import LONGEST
from assessment.exchange.sheets import SHEETS
from assessment.exchange.workbook import to_xlsx
from assessment.exchange.workbook_reader import from_xlsx
from tests.exchange.files import bank, refusals, unzipped, with_part, workbook

if TYPE_CHECKING:
    from assessment.method.instrument import Instrument


@cache
def book() -> Any:
    return load_workbook(BytesIO(workbook()))


def test_workbook_is_read_back_without_a_change() -> None:
    assert from_xlsx(workbook()) == bank()


def test_workbook_has_the_page_to_read_first() -> None:
    assert book().sheetnames[:3] == ["read me", "edition", "regions"]
    assert book()["read me"]["A1"].value.startswith("This workbook holds one edition")


def test_workbook_names_the_columns_of_the_method() -> None:
    assert {sheet.name: [cell.value for cell in book()[sheet.name][1]] for sheet in SHEETS} == {
        sheet.name: [column.name for column in sheet.columns] for sheet in SHEETS
    }


def test_workbook_keeps_its_heads_in_view() -> None:
    assert {page.freeze_panes for page in book().worksheets[1:]} == {"B2"}


def test_workbook_holds_texts_only() -> None:
    cells = [cell for page in book() for row in page.iter_rows() for cell in row if cell.value]

    assert {(cell.data_type, cell.number_format) for cell in cells} == {("s", "@")}


def test_workbook_has_no_formula() -> None:
    pages = [text for name, text in unzipped(workbook()).items() if "worksheets" in name]

    assert [page for page in pages if b"<f>" in page or b"<f " in page] == []


def test_workbook_offers_the_codes_of_other_sheets() -> None:
    rules = {
        str(rule.sqref): rule.formula1
        for rule in book()["findings"].data_validations.dataValidation
    }

    assert rules["B2:B1048576"] == "'sources'!$A$2:$A$1048576"
    assert rules["E2:E1048576"] == '"barrier,enabler,principle,fact,advice,context"'


def test_workbook_says_what_a_list_of_codes_takes() -> None:
    hints = [rule.prompt for rule in book()["rules"].data_validations.dataValidation if rule.prompt]

    assert hints == [
        "Codes of the sheet dimensions. Commas between them.",
        "Codes of the sheet findings. Commas between them.",
    ]


FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "'=1", '=HYPERLINK("x")']
STRANGE = [
    "x" * LONGEST,
    " two\n lines\r\n\tand a tab ",
    "<b>&amp;</b>",
    "ñ አማርኛ 🌾",
    "_x",
    "\u2028",
]


def with_terms(texts: list[str]) -> Instrument:
    terms = [replace(term, text=text) for term, text in zip(bank().terms, texts, strict=False)]
    return replace(bank(), terms=(*terms, *bank().terms[len(texts) :]))


def test_texts_that_look_like_formulas_stay_texts() -> None:
    page = load_workbook(BytesIO(to_xlsx(with_terms(FORMULAS))))["terms"]

    assert [(page[f"C{row}"].value, page[f"C{row}"].data_type) for row in range(2, 9)] == [
        (text, "s") for text in FORMULAS
    ]


def test_texts_of_any_kind_stay_as_they_are() -> None:
    changed = with_terms(FORMULAS + STRANGE)

    assert from_xlsx(to_xlsx(changed)) == changed


def test_text_that_no_cell_holds_is_refused_with_its_place() -> None:
    long = with_part("terms", bank().terms[2].code, text="x" * (LONGEST + 1))

    assert refusals(lambda _: to_xlsx(long), b"") == [
        "terms, row 4, text: is longer than 32767 characters, which no cell of a workbook holds."
    ]


def test_every_page_is_well_formed() -> None:
    for name, text in unzipped(workbook()).items():
        if name.startswith("xl/worksheets/"):
            assert re.match(rb"<worksheet ", text)
