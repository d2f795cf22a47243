from __future__ import annotations

from typing import TYPE_CHECKING

from assessment.interchange.workbook.xlsx import MOST_ROWS, Cell, XlsxFile, letters
from tests.interchange.bank_files import refusals, wrong, zipped

if TYPE_CHECKING:
    from assessment.interchange.refusal import FileFault

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
LINKS = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
SHEET = "xl/worksheets/sheet1.xml"


def small(rows: str = "", **others: str) -> dict[str, str]:
    """A workbook with one sheet, as small as one can be."""
    return {
        "xl/workbook.xml": f"<workbook {MAIN} {LINKS}>\n<sheets>"
        '<sheet name="one" r:id="a"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships><Relationship Id="a" '
        'Target="worksheets/sheet1.xml"/></Relationships>',
        SHEET: f"<worksheet {MAIN}><sheetData>{rows}</sheetData></worksheet>",
        **{name.replace("_", "/", 1) + ".xml": text for name, text in others.items()},
    }


def read(data: bytes) -> list[tuple[int, dict[int, Cell]]]:
    return list(XlsxFile(data).rows("one"))


def strings(*texts: str) -> str:
    return f"<sst {MAIN}>{''.join(texts)}</sst>"


def test_cells_are_read_by_row_and_column() -> None:
    rows = (
        '<row r="2"><c r="B2"><v>7</v></c></row><row><c t="inlineStr"><is><t>a</t></is></c></row>'
    )

    assert read(zipped(small(rows))) == [(2, {2: Cell("n", "7")}), (3, {1: Cell("s", "a")})]


def test_shared_text_is_put_together_from_its_pieces() -> None:
    shared = strings(
        "<si><r><t>two </t></r><r><t>pieces</t></r><rPh><t>aside</t></rPh></si>", "<si><t/></si>"
    )
    rows = '<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row>'

    assert read(zipped(small(rows, xl_sharedStrings=shared))) == [(1, {1: Cell("s", "two pieces")})]


def test_workbook_is_found_by_what_the_package_says() -> None:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    files = small('<row><c t="s"><v>0</v></c></row>', xl_texts=strings("<si><t>a</t></si>"))
    links = files.pop("xl/_rels/workbook.xml.rels").replace(
        "</R", f'<Relationship Type="{kind}sharedStrings" Target="texts.xml"/></R'
    )
    moved = {
        "_rels/.rels": f'<R><Relationship Type="{kind}officeDocument" '
        'Target="/xl/workbook2.xml"/></R>',
        "xl/workbook2.xml": files.pop("xl/workbook.xml"),
        "xl/_rels/workbook2.xml.rels": links,
    }

    assert read(zipped(files | moved)) == [(1, {1: Cell("s", "a")})]


def test_workbook_stands_where_it_usually_does_unless_the_package_says_otherwise() -> None:
    other = '<R><Relationship Type="thumbnail" Target="docProps/thumbnail.jpeg"/></R>'
    files = small("<row><c><v>1</v></c></row>")

    assert read(zipped(files | {"_rels/.rels": other})) == [(1, {1: Cell("n", "1")})]


def test_formula_is_seen_and_not_computed() -> None:
    rows = '<row><c><f>1+1</f><v>2</v></c><c t="str"><f>A1</f></c></row>'

    assert [cell.kind for cell in read(zipped(small(rows)))[0][1].values()] == ["f", "f"]


def test_empty_row_is_passed_over() -> None:
    assert read(zipped(small('<row r="1"/><row r="9"><c r="A9"/></row>'))) == []


def test_sheet_may_be_named_from_the_root() -> None:
    files = small("<row><c><v>1</v></c></row>")
    links = files["xl/_rels/workbook.xml.rels"].replace("worksheets/", "/xl/worksheets/")

    assert len(read(zipped(files | {"xl/_rels/workbook.xml.rels": links}))) == 1


def test_sheet_built_to_harm_is_refused() -> None:
    table: list[tuple[str, FileFault]] = [
        (
            f'<row r="{MOST_ROWS + 1}"><c><v>1</v></c></row>',
            wrong("too_many_rows", "one", MOST_ROWS + 1, most=MOST_ROWS),
        ),
        (
            '<row r="1048576000000"/>',
            wrong("rows_out_of_order", "one"),
        ),
        ('<row r="x"/>', wrong("rows_out_of_order", "one")),
        ('<row r="3"/><row r="3"/>', wrong("rows_out_of_order", "one", 3)),
        (
            '<row r="1"><c r="XFD1"><v>1</v></c></row>',
            wrong("too_many_columns", "one", 1, "XFD"),
        ),
        ('<row r="1"><c r="A2"/></row>', wrong("cells_out_of_order", "one", 1)),
        ('<row r="1"><c r="1A"/></row>', wrong("cells_out_of_order", "one", 1)),
        (
            '<row r="1"><c r="B1"/><c r="A1"/></row>',
            wrong("cells_out_of_order", "one", 1, "B"),
        ),
        (
            '<row><c t="s"><v>5</v></c></row>',
            wrong("text_not_in_file", "one", 1, "A"),
        ),
        (
            '<row><c t="s"><v>-1</v></c></row>',
            wrong("text_not_in_file", "one", 1, "A"),
        ),
        (
            f'<row><c t="inlineStr"><is><t>{"x" * 40_000}</t></is></c></row>',
            wrong("workbook_text_too_long", longest=32767),
        ),
        ("<a>" * 60 + "</a>" * 60, wrong("workbook_too_deep")),
        ("<row>", wrong("entry_damaged", name=SHEET)),
    ]

    assert [refusals(read, zipped(small(rows))) for rows, _ in table] == [
        [fault] for _, fault in table
    ]


def test_entities_are_refused() -> None:
    table: list[str] = ["xl/workbook.xml", SHEET]

    def outcome(part: str) -> object:
        files = small()
        bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
        return refusals(read, zipped(files | {part: bomb + files[part]}))

    assert {part: outcome(part) for part in table} == {
        part: [wrong("workbook_entities")] for part in table
    }


def test_entities_in_another_encoding_are_refused() -> None:
    bomb = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x [<!ENTITY a "a">]><x>&a;</x>'

    assert refusals(read, zipped({**small(), "xl/workbook.xml": bomb.encode("utf-16")})) == [
        wrong("workbook_entities")
    ]


def test_unknown_encoding_is_refused() -> None:
    table: list[str] = ["no-such-encoding", "utf-7", "idna", "base64"]

    def outcome(encoding: str) -> object:
        text = f'<?xml version="1.0" encoding="{encoding}"?><x>é</x>'
        return refusals(read, zipped(small() | {"xl/workbook.xml": text}))

    assert {encoding: outcome(encoding) for encoding in table} == {
        encoding: [wrong("entry_damaged", name="xl/workbook.xml")] for encoding in table
    }


def test_macros_and_other_files_are_refused() -> None:
    table: list[str] = ["xl/vbaProject.bin", "xl/externalLinks/a.xml", "xl/embeddings/a.docx"]

    assert [refusals(read, zipped(small() | {name: ""})) for name in table] == [
        [wrong("active_content", name=name)] for name in table
    ]


def test_archive_that_is_no_workbook_is_refused() -> None:
    assert refusals(read, zipped({"a.txt": "x"})) == [wrong("no_workbook")]


def test_sheet_that_is_not_in_the_file_is_refused() -> None:
    table: list[str] = ["worksheets/none.xml", "../../../etc/passwd", ""]

    def outcome(target: str) -> object:
        files = small()
        links = files["xl/_rels/workbook.xml.rels"].replace("worksheets/sheet1.xml", target)
        return refusals(read, zipped(files | {"xl/_rels/workbook.xml.rels": links}))

    assert {target: outcome(target) for target in table} == {
        target: [wrong("sheets_not_once")] for target in table
    }


def test_columns_are_named_as_in_a_spreadsheet() -> None:
    assert [letters(number) for number in (1, 26, 27, 702, 703, 16384)] == [
        "A",
        "Z",
        "AA",
        "ZZ",
        "AAA",
        "XFD",
    ]
