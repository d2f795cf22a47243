from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from assessment.instrument.diff import compare_editions
from assessment.instrument.issues import Where
from assessment.instrument.texts import TextKey, hash_of_text, texts_of
from assessment.instrument.translation import Translation
from assessment.interchange import toml_files
from assessment.interchange.refusal import FileFault
from assessment.interchange.toml_files import seed_files, to_zip
from assessment.interchange.workbook import reader as workbook_reader
from assessment.interchange.workbook.writer import to_xlsx
from tests.interchange.bank_files import bank, edited, refusals, workbook, wrong, zipped
from tests.interchange.workbook.test_reader import saved, tables

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from assessment.instrument.issues import Param

TERM = TextKey("terms", "arrangement", "term")
OPTION = TextKey("questions", "HC3", "options.none.text")
TEXTS = {
    "es": {OPTION: Translation("ninguno", "old"), TERM: Translation('"=1" ñ\n\\', "h")},
    "qu": {TERM: Translation("t", "h")},
}
FILES = [(to_zip, toml_files.from_zip), (to_xlsx, workbook_reader.from_xlsx)]


def test_translations_are_read_back_without_those_of_what_left_the_bank() -> None:
    empty = {TERM: Translation("", "h")}
    gone = {TextKey("terms", "gone", "text"): Translation("x", "h")}

    def outcome(write: Any, read: Any) -> object:
        with_some = read(write(bank(), TEXTS | {"pt": empty}))
        return with_some.translations, read(write(bank())).translations

    assert [outcome(write, read) for write, read in FILES] == [(TEXTS | {"pt": {}}, {})] * 2
    assert "gone" not in seed_files(bank(), {"es": gone})["translations/es.toml"]


def toml(text: str) -> list[FileFault]:
    files = seed_files(bank()) | {"translations/es.toml": text}
    return refusals(toml_files.from_zip, zipped(files))


ENTRY = '[[text]]\nkind = "terms"\ncode = "arrangement"\nfield = "term"\n'


TERN = ENTRY.replace('term"', 'tern"')
HERE = "terms/arrangement/term"


def test_wrong_entry_is_named_by_file_and_column() -> None:
    in_note = {"code": "arrangement", "name": "note"}
    bell = {"name": HERE, "character": "U+0007", "near": "[U+0007]"}
    long_hash = ENTRY + f'source_hash = "{"a" * 65}"'
    table: list[tuple[str, str, str, Mapping[str, Param]]] = [
        ("x = 1", "no_text_entries", "", {}),
        ("text = [1]", "no_text_entries", "", {}),
        (ENTRY + "text = 1", "key_of_no_translation", "text", in_note | {"name": "text"}),
        (ENTRY + 'note = ""', "key_of_no_translation", "note", in_note),
        (TERN, "text_not_in_bank", "field", {"name": "terms/arrangement/tern"}),
        ((ENTRY + 'text = "a"\n') * 2, "repeated_text_of_bank", "field", {"name": HERE}),
        (ENTRY + 'text = "\\u0007"', "control_character_in_text", "text", bell),
        (long_hash, "source_hash_too_long", "source_hash", {"name": HERE, "longest": 64}),
    ]

    assert [(text, toml(text)) for text, *_ in table] == [
        (text, [FileFault(code, "translations/es.toml", 0, column, params)])
        for text, code, column, params in table
    ]
    (broken,) = toml("x = [")
    assert (broken.code, broken.sheet) == ("toml_unreadable", "translations/es.toml")


def test_translation_without_a_hash_is_of_the_source_that_stands_there() -> None:
    empty = ENTRY.replace('"term"', '"text"')
    files = seed_files(bank()) | {"translations/es.toml": ENTRY + 'text = "arreglo"\n' + empty}

    found = toml_files.from_zip(zipped(files)).translations

    assert found == {"es": {TERM: Translation("arreglo", hash_of_text(texts_of(bank())[TERM]))}}


def test_wrong_cell_is_named_by_sheet_row_and_column() -> None:
    made, sheet = to_xlsx(bank(), TEXTS), "translations-es"
    page = f"xl/worksheets/sheet{len(tables(workbook())) + 1}.xml"
    unknown = "terms/arrangement/nothing"

    def changed(change: Callable[[dict[str, str]], object]) -> bytes:
        sheets = tables(made)
        change(sheets[sheet])
        return saved(sheets)

    def compute(text: str) -> str:
        return text.replace("<is><t>ninguno</t></is>", "<f>1+1</f>")

    table = {
        "nothing of the bank": (
            changed(lambda cells: cells.update(C3="nothing")),
            wrong("text_not_in_bank", sheet, 3, "field", name=unknown),
        ),
        "no column": (
            changed(lambda cells: cells.pop("A1")),
            wrong("column_missing", sheet, 1, name="kind"),
        ),
        "formula": (edited(made, page, compute), wrong("formula", sheet, 2, "text")),
    }

    assert {
        name: refusals(workbook_reader.from_xlsx, data) for name, (data, _) in table.items()
    } == {name: [fault] for name, (_, fault) in table.items()}


def test_comparison_tells_of_each_language() -> None:
    after = {"es": {TERM: Translation("otro", "h")}, "fr": {TERM: Translation("f", "h")}}

    found = compare_editions(bank(), bank(), TEXTS, after).to_json()

    assert {kind for kind, entry in found.items() if entry["added"]} == {"translations-fr"}
    spanish = found["translations-es"]
    assert spanish["removed"] == ("questions/HC3/options.none.text",)
    assert spanish["changed"][0]["changes"][0] == {
        "field": "text",
        "old": TEXTS["es"][TERM].text,
        "new": "otro",
    }
    assert found["translations-qu"]["removed"] == ("terms/arrangement/term",)


def test_fault_is_located_where_its_object_stands() -> None:
    long = FileFault(
        "text_too_long",
        "terms",
        column="text",
        params={"over": 1, "limit": 2},
        where=Where("terms", "arrangement", "text"),
    )
    other = FileFault("no_archive", "x")

    at_zip = toml_files.from_zip(to_zip(bank())).with_positions([long, other])
    at_xlsx = workbook_reader.from_xlsx(workbook()).with_positions([long, other])

    row = 2 + [term.code for term in bank().terms].index("arrangement")
    assert at_zip == (replace(long, sheet="glossary.toml"), other)
    assert at_xlsx == (replace(long, row=row), other)
