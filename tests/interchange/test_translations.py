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
    from collections.abc import Callable

    from assessment.instrument.issues import Param

TERM = TextKey("terms", "arrangement", "term")
OPTION = TextKey("questions", "HC3", "options.none.text")
TEXTS = {
    "es": {OPTION: Translation("ninguno", "old"), TERM: Translation('"=1" ñ\n\\', "h")},
    "qu": {TERM: Translation("t", "h")},
}
FILES = [(to_zip, toml_files.from_zip), (to_xlsx, workbook_reader.from_xlsx)]


def test_translations_are_read_back() -> None:
    def outcome(write: Any, read: Any) -> object:
        empty = {TERM: Translation("", "h")}
        return read(write(bank(), TEXTS | {"pt": empty})).translations

    assert [outcome(write, read) for write, read in FILES] == [TEXTS | {"pt": {}}] * len(FILES)


def test_file_without_translations_tells_of_no_language() -> None:
    assert [read(write(bank())).translations for write, read in FILES] == [{}] * len(FILES)


def test_translation_of_what_left_the_bank_stays_out_of_the_file() -> None:
    gone = {TextKey("terms", "gone", "text"): Translation("x", "h")}

    assert "gone" not in seed_files(bank(), {"es": gone})["translations/es.toml"]


def toml(text: str) -> list[FileFault]:
    files = seed_files(bank()) | {"translations/es.toml": text}
    return refusals(toml_files.from_zip, zipped(files))


ENTRY = '[[text]]\nkind = "terms"\ncode = "arrangement"\nfield = "term"\n'


TERN = ENTRY.replace('term"', 'tern"')
HERE = "terms/arrangement/term"


def test_wrong_entry_is_named_by_file_and_column() -> None:
    table: list[tuple[str, str, str, dict[str, Param]]] = [
        ("x = 1", "no_text_entries", "", {}),
        ("text = [1]", "no_text_entries", "", {}),
        (
            ENTRY + "text = 1",
            "key_of_no_translation",
            "text",
            {"code": "arrangement", "name": "text"},
        ),
        (
            ENTRY + 'note = ""',
            "key_of_no_translation",
            "note",
            {"code": "arrangement", "name": "note"},
        ),
        (TERN, "text_not_in_bank", "field", {"name": "terms/arrangement/tern"}),
        ((ENTRY + 'text = "a"\n') * 2, "repeated_text_of_bank", "field", {"name": HERE}),
        (
            ENTRY + 'text = "\\u0007"',
            "control_character_in_text",
            "text",
            {"name": HERE, "character": "U+0007", "near": "[U+0007]"},
        ),
        (
            ENTRY + f'source_hash = "{"a" * 65}"',
            "source_hash_too_long",
            "source_hash",
            {"name": HERE, "longest": 64},
        ),
    ]

    assert [toml(text) for text, _, _, _ in table] == [
        [FileFault(code, "translations/es.toml", 0, column, params)]
        for _, code, column, params in table
    ]


def test_broken_file_of_translations_is_named() -> None:
    (found,) = toml("x = [")

    assert (found.code, found.sheet) == ("toml_unreadable", "translations/es.toml")


def test_translation_without_a_hash_is_of_the_source_that_stands_there() -> None:
    empty = ENTRY.replace('"term"', '"text"')
    files = seed_files(bank()) | {"translations/es.toml": ENTRY + 'text = "arreglo"\n' + empty}

    found = toml_files.from_zip(zipped(files)).translations

    assert found == {"es": {TERM: Translation("arreglo", hash_of_text(texts_of(bank())[TERM]))}}


def changed(change: Callable[[dict[str, str]], object]) -> list[FileFault]:
    sheets = tables(to_xlsx(bank(), TEXTS))
    change(sheets["translations-es"])
    return refusals(workbook_reader.from_xlsx, saved(sheets))


def test_wrong_cell_is_named_by_sheet_row_and_column() -> None:
    name = "terms/arrangement/nothing"
    assert changed(lambda cells: cells.update(C3="nothing")) == [
        wrong("text_not_in_bank", "translations-es", 3, "field", name=name)
    ]
    assert changed(lambda cells: cells.pop("A1")) == [
        wrong("column_missing", "translations-es", 1, name="kind")
    ]


def test_formula_in_a_translation_is_refused() -> None:
    number = len(tables(workbook()))
    data = edited(
        to_xlsx(bank(), TEXTS),
        f"xl/worksheets/sheet{number + 1}.xml",
        lambda text: text.replace("<is><t>ninguno</t></is>", "<f>1+1</f>"),
    )

    assert refusals(workbook_reader.from_xlsx, data) == [
        wrong("formula", "translations-es", 2, "text")
    ]


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
