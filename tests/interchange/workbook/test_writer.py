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


def test_workbook_has_a_page_to_read_and_the_columns_of_the_method_in_view() -> None:
    heads = {sheet.name: [cell.text for cell in rows(sheet.name)[0].values()] for sheet in SHEETS}

    assert list(XlsxFile(workbook()).parts) == PAGES
    assert rows("read me")[0][1].text.startswith("This workbook holds one edition")
    assert heads == {sheet.name: [column.name for column in sheet.columns] for sheet in SHEETS}
    in_view = ('topLeftCell="B2"', 'state="frozen"')
    assert [name for name in PAGES[1:] if not all(one in page(name) for one in in_view)] == []


def test_workbook_offers_codes_and_regions_and_no_list_that_is_too_long() -> None:
    rules = {rule["sqref"]: rule["formula1"] for rule in validations("findings") if "type" in rule}
    of_regions = {
        sheet: [rule["formula1"] for rule in validations(sheet) if "LA" in rule.get("formula1", "")]
        for sheet in ("findings", "cases", "rules")
    }
    many = tuple(Region(f"region-{number:03}", f"Region {number}", ()) for number in range(30))
    sheet = next(sheet for sheet in SHEETS if sheet.name == "rules")

    assert (rules["B2:B1048576"], rules["E2:E1048576"]) == (
        "'sources'!$A$2:$A$1048576",
        '"barrier,enabler,principle,fact,advice,context"',
    )
    assert of_regions == {
        "findings": ['"ALL,LA,AF,other"'],
        "cases": ['"LA,AF,other"'],
        "rules": ['"ALL,LA,AF,other"'],
    }
    assert columns_for(sheet, replace(bank(), regions=many)) == sheet.columns
    assert [rule["prompt"] for rule in validations("rules") if "prompt" in rule] == [
        f"Codes of the sheet {other}. Commas between them."
        for other in ("dimensions", "findings", "rules", "roles")
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


def test_every_cell_is_a_text_whatever_it_looks_like() -> None:
    data = to_xlsx(with_terms(FORMULAS))
    pages = {name: page(name, data) for name in PAGES}
    styles = unzipped(data)["xl/styles.xml"].decode().partition("<cellXfs")[2]
    formats = re.findall('<xf numFmtId="([0-9]+)"', styles)

    def found(pattern: str) -> set[str]:
        return {kind for text in pages.values() for kind in re.findall(pattern, text)}

    assert [row[3] for row in rows("terms", data)[1:8]] == [Cell("s", text) for text in FORMULAS]
    assert {cell.kind for name in PAGES for row in rows(name, data) for cell in row.values()} == {
        "s"
    }
    assert found('<c [^>]*t="([^"]*)"') == {"inlineStr"}
    assert {formats[int(number)] for number in found('<c r="[A-Z0-9]+" s="([0-9]+)"')} == {"49"}
    unlike = "<c (?![^>]*t=)", '<c r="[A-Z0-9]+" t=', "<f[ >]"
    assert [(pattern, found(pattern)) for pattern in unlike if found(pattern)] == []


def test_texts_of_any_kind_come_back_in_one_form() -> None:
    """From a file that is well formed, and the same each time."""
    texts = FORMULAS + STRANGE
    kept = with_terms([normalise_text(text) for text in texts])

    data = to_xlsx(with_terms(texts))

    assert from_xlsx(data) == kept
    assert unzipped(to_xlsx(with_terms(texts))) == unzipped(data)
    for name, text in unzipped(data).items():
        if name.endswith(".xml"):
            ET.fromstring(text)  # noqa: S314 -- written by ourselves


def test_text_that_no_cell_holds_is_refused_with_its_place() -> None:
    long = with_part("terms", bank().terms[2].code, text="x" * (LONGEST + 1))

    assert refusals(lambda _: to_xlsx(long), b"") == [
        wrong("cell_too_long", "terms", 4, "text", longest=32767)
    ]
