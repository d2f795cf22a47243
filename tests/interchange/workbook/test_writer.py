from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from assessment.instrument.model import Region
from assessment.instrument.plain_text import normalise_text
from assessment.interchange.workbook.cells import LONGEST
from assessment.interchange.workbook.sheets import SHEETS, columns_for
from assessment.interchange.workbook.writer import to_xlsx
from assessment.interchange.workbook.xlsx import Cell, XlsxFile
from tests.interchange.bank_files import (
    bank,
    from_xlsx,
    refusals,
    unzipped,
    with_part,
    workbook,
    wrong,
)

if TYPE_CHECKING:
    from assessment.instrument.model import Instrument


MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
PAGES = ["read me", "edition", *(sheet.name for sheet in SHEETS)]


def page(name: str, data: bytes | None = None) -> str:
    """The file of one sheet."""
    number = PAGES.index(name) + 1
    return unzipped(data or workbook())[f"xl/worksheets/sheet{number}.xml"].decode()


def rows(name: str, data: bytes | None = None) -> list[dict[int, Cell]]:
    return [cells for _number, cells in XlsxFile(data or workbook()).rows(name)]


def validations(name: str) -> list[dict[str, str]]:
    root = ET.fromstring(page(name))  # noqa: S314 -- written by ourselves
    return [
        rule.attrib | {child.tag.rpartition("}")[2]: child.text or "" for child in rule}
        for rule in root.iter(f"{MAIN}dataValidation")
    ]


def test_workbook_is_read_back_without_a_change() -> None:
    assert from_xlsx(workbook()) == bank()


def test_workbook_has_the_page_to_read_first() -> None:
    assert list(XlsxFile(workbook()).parts) == PAGES
    assert rows("read me")[0][1].text.startswith("This workbook holds one edition")


def test_workbook_names_the_columns_of_the_method() -> None:
    heads = {sheet.name: [cell.text for cell in rows(sheet.name)[0].values()] for sheet in SHEETS}

    assert heads == {sheet.name: [column.name for column in sheet.columns] for sheet in SHEETS}


def test_workbook_keeps_its_heads_in_view() -> None:
    assert [name for name in PAGES[1:] if 'topLeftCell="B2"' not in page(name)] == []
    assert [name for name in PAGES[1:] if 'state="frozen"' not in page(name)] == []


def test_workbook_holds_texts_only() -> None:
    kinds = {cell.kind for name in PAGES for row in rows(name) for cell in row.values()}
    types = {kind for name in PAGES for kind in re.findall('<c [^>]*t="([^"]*)"', page(name))}
    plain = [name for name in PAGES if re.search("<c (?![^>]*t=)", page(name))]

    assert (kinds, types, plain) == ({"s"}, {"inlineStr"}, [])


def test_every_cell_has_the_format_of_a_text() -> None:
    styles = unzipped(workbook())["xl/styles.xml"].decode()
    formats = re.findall('<xf numFmtId="([0-9]+)"', styles.partition("<cellXfs")[2])
    used = {
        int(n) for name in PAGES for n in re.findall('<c r="[A-Z0-9]+" s="([0-9]+)"', page(name))
    }

    assert {formats[number] for number in used} == {"49"}
    assert [name for name in PAGES if re.search('<c r="[A-Z0-9]+" t=', page(name))] == []


def test_workbook_has_no_formula() -> None:
    assert [name for name in PAGES if re.search("<f[ >]", page(name))] == []


def test_workbook_is_the_same_each_time() -> None:
    first, second = (unzipped(to_xlsx(bank())) for _ in range(2))

    assert first == second


def test_workbook_offers_the_codes_of_other_sheets() -> None:
    rules = {rule["sqref"]: rule["formula1"] for rule in validations("findings") if "type" in rule}

    assert rules["B2:B1048576"] == "'sources'!$A$2:$A$1048576"
    assert rules["E2:E1048576"] == '"barrier,enabler,principle,fact,advice,context"'


def test_workbook_offers_the_regions_of_the_edition() -> None:
    offered = {
        sheet: [rule["formula1"] for rule in validations(sheet) if "LA" in rule.get("formula1", "")]
        for sheet in ("findings", "cases", "rules")
    }

    assert offered == {
        "findings": ['"ALL,LA,AF,other"'],
        "cases": ['"LA,AF,other"'],
        "rules": ['"ALL,LA,AF,other"'],
    }


def test_workbook_offers_no_list_that_is_too_long() -> None:
    many = tuple(Region(f"region-{number:03}", f"Region {number}", ()) for number in range(30))
    sheet = next(sheet for sheet in SHEETS if sheet.name == "rules")

    assert columns_for(sheet, replace(bank(), regions=many)) == sheet.columns


def test_workbook_says_what_a_list_of_codes_takes() -> None:
    hints = [rule["prompt"] for rule in validations("rules") if "prompt" in rule]

    assert hints == [
        "Codes of the sheet dimensions. Commas between them.",
        "Codes of the sheet findings. Commas between them.",
        "Codes of the sheet rules. Commas between them.",
        "Codes of the sheet roles. Commas between them.",
    ]


FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "'=1", '=HYPERLINK("x")']
STRANGE = [
    "x" * LONGEST,
    " two\n lines\r\n\tand a tab ",
    "<b>&amp;</b>",
    "<r><t>markup</t></r>",
    "<r></c></r>",
    "ñ አማርኛ 🌾",
    "_x",
    "\u2028",
]


def with_terms(texts: list[str]) -> Instrument:
    terms = [replace(term, text=text) for term, text in zip(bank().terms, texts, strict=False)]
    return replace(bank(), terms=(*terms, *bank().terms[len(texts) :]))


def test_texts_that_look_like_formulas_stay_texts() -> None:
    cells = [row[3] for row in rows("terms", to_xlsx(with_terms(FORMULAS)))[1:8]]

    assert cells == [Cell("s", text) for text in FORMULAS]


def test_texts_of_any_kind_come_back_in_one_form() -> None:
    texts = FORMULAS + STRANGE
    kept = with_terms([normalise_text(text) for text in texts])

    assert from_xlsx(to_xlsx(with_terms(texts))) == kept


def test_text_that_no_cell_holds_is_refused_with_its_place() -> None:
    long = with_part("terms", bank().terms[2].code, text="x" * (LONGEST + 1))

    assert refusals(lambda _: to_xlsx(long), b"") == [
        wrong("cell_too_long", "terms", 4, "text", longest=32767)
    ]


def test_every_page_is_well_formed() -> None:
    for name, text in unzipped(to_xlsx(with_terms(STRANGE))).items():
        if name.endswith(".xml"):
            ET.fromstring(text)  # noqa: S314 -- written by ourselves
