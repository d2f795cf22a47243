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
    """Shared texts are put together from their pieces, and no formula is computed."""
    shared = strings(
        "<si><r><t>two </t></r><r><t>pieces</t></r><rPh><t>aside</t></rPh></si>", "<si><t/></si>"
    )
    table: dict[str, object] = {
        '<row r="2"><c r="B2"><v>7</v></c></row>'
        '<row><c t="inlineStr"><is><t>a</t></is></c></row>': [
            (2, {2: Cell("n", "7")}),
            (3, {1: Cell("s", "a")}),
        ],
        '<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row>': [
            (1, {1: Cell("s", "two pieces")})
        ],
        '<row><c><f>1+1</f><v>2</v></c><c t="str"><f>A1</f></c></row>': [
            (1, {1: Cell("f", "2"), 2: Cell("f", "")})
        ],
        '<row r="1"/><row r="9"><c r="A9"/></row>': [],
    }

    assert {rows: read(zipped(small(rows, xl_sharedStrings=shared))) for rows in table} == table


def test_workbook_is_found_by_what_the_package_says_or_where_it_usually_stands() -> None:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    usual = small('<row><c t="s"><v>0</v></c></row>', xl_sharedStrings=strings("<si><t>a</t></si>"))
    links = usual["xl/_rels/workbook.xml.rels"]
    moved = {name: text for name, text in usual.items() if "haredStrings" not in name} | {
        "_rels/.rels": f'<R><Relationship Type="{kind}officeDocument" '
        'Target="/xl/workbook2.xml"/></R>',
        "xl/workbook2.xml": usual["xl/workbook.xml"],
        "xl/texts.xml": usual["xl/sharedStrings.xml"],
        "xl/_rels/workbook2.xml.rels": links.replace(
            "</R", f'<Relationship Type="{kind}sharedStrings" Target="texts.xml"/></R'
        ),
    }
    for name in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels"):
        del moved[name]
    other = '<R><Relationship Type="thumbnail" Target="docProps/thumbnail.jpeg"/></R>'
    from_the_root = links.replace("worksheets/", "/xl/worksheets/")
    table = {
        "moved": moved,
        "said otherwise": usual | {"_rels/.rels": other},
        "named from the root": usual | {"xl/_rels/workbook.xml.rels": from_the_root},
    }

    assert {name: read(zipped(files)) for name, files in table.items()} == {
        name: [(1, {1: Cell("s", "a")})] for name in table
    }


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


def test_entities_and_unknown_encodings_are_refused() -> None:
    book, bomb = "xl/workbook.xml", '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    utf16 = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x [<!ENTITY a "a">]><x>&a;</x>'
    entities, damaged = [wrong("workbook_entities")], [wrong("entry_damaged", name=book)]
    table: list[tuple[str, str | bytes, list[FileFault]]] = [
        (book, bomb + small()[book], entities),
        (SHEET, bomb + small()[SHEET], entities),
        (book, utf16.encode("utf-16"), entities),
        *(
            (book, f'<?xml version="1.0" encoding="{encoding}"?><x>é</x>', damaged)
            for encoding in ("no-such-encoding", "utf-7", "idna", "base64")
        ),
    ]

    assert [
        (part, text, refusals(read, zipped({**small(), part: text}))) for part, text, _ in table
    ] == table


def test_archive_that_is_no_plain_workbook_is_refused() -> None:
    active = ("xl/vbaProject.bin", "xl/externalLinks/a.xml", "xl/embeddings/a.docx")

    def leading_to(target: str) -> dict[str, str]:
        links = small()["xl/_rels/workbook.xml.rels"].replace("worksheets/sheet1.xml", target)
        return small() | {"xl/_rels/workbook.xml.rels": links}

    table: dict[str, tuple[dict[str, str], FileFault]] = {
        "no workbook": ({"a.txt": "x"}, wrong("no_workbook")),
        **{name: (small() | {name: ""}, wrong("active_content", name=name)) for name in active},
        **{
            target: (leading_to(target), wrong("sheets_not_once"))
            for target in ("worksheets/none.xml", "../../../etc/passwd", "")
        },
    }

    assert {name: refusals(read, zipped(files)) for name, (files, _) in table.items()} == {
        name: [fault] for name, (_, fault) in table.items()
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
