from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from assessment.instrument.diff import compare_editions
from assessment.instrument.texts import TextKey, hash_of_text, texts_of
from assessment.instrument.translation import Translation
from assessment.interchange import toml_files
from assessment.interchange.refusal import FileFault
from assessment.interchange.toml_files import seed_files, to_zip
from assessment.interchange.workbook import reader as workbook_reader
from assessment.interchange.workbook.writer import to_xlsx
from tests.interchange.bank_files import bank, edited, refusals, workbook, zipped
from tests.interchange.workbook.test_reader import saved, tables

if TYPE_CHECKING:
    from collections.abc import Callable

TERM = TextKey("terms", "arrangement", "term")
OPTION = TextKey("questions", "HC3", "options.none.text")
TEXTS = {
    "es": {OPTION: Translation("ninguno", "old"), TERM: Translation('"=1" ñ\n\\', "h")},
    "qu": {TERM: Translation("t", "h")},
}
FILES = [(to_zip, toml_files.from_zip), (to_xlsx, workbook_reader.from_xlsx)]


@pytest.mark.parametrize(("write", "read"), FILES)
def test_translations_are_read_back(write: Any, read: Any) -> None:
    empty = {TERM: Translation("", "h")}

    found = read(write(bank(), TEXTS | {"pt": empty})).translations

    assert found == TEXTS | {"pt": {}}


@pytest.mark.parametrize(("write", "read"), FILES)
def test_file_without_translations_tells_of_no_language(write: Any, read: Any) -> None:
    assert read(write(bank())).translations == {}


def test_translation_of_what_left_the_bank_stays_out_of_the_file() -> None:
    gone = {TextKey("terms", "gone", "text"): Translation("x", "h")}

    assert "gone" not in seed_files(bank(), {"es": gone})["translations/es.toml"]


def toml(text: str) -> list[str]:
    files = seed_files(bank()) | {"translations/es.toml": text}
    return refusals(toml_files.from_zip, zipped(files))


ENTRY = '[[text]]\nkind = "terms"\ncode = "arrangement"\nfield = "term"\n'


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("x = [", "translations/es.toml: not readable as TOML: "),
        ("x = 1", "translations/es.toml: holds something else than [[text]] entries."),
        ("text = [1]", "translations/es.toml: holds something else than [[text]] entries."),
        (ENTRY + "text = 1", "translations/es.toml, text: arrangement: text is no text of a"),
        (ENTRY + 'note = ""', "translations/es.toml, note: arrangement: note is no text of a"),
        (
            ENTRY.replace('term"', 'tern"'),
            "translations/es.toml, field: terms/arrangement/tern is no text of the bank.",
        ),
        (
            (ENTRY + 'text = "a"\n') * 2,
            "translations/es.toml, field: terms/arrangement/term stands here twice.",
        ),
        (
            ENTRY + 'text = "\\u0007"',
            "translations/es.toml, text: terms/arrangement/term holds the control character",
        ),
        (
            ENTRY + f'source_hash = "{"a" * 65}"',
            "translations/es.toml, source_hash: terms/arrangement/term: the hash is longer",
        ),
    ],
)
def test_wrong_entry_is_named_by_file_and_column(text: str, fault: str) -> None:
    assert [found[: len(fault)] for found in toml(text)] == [fault]


def test_translation_without_a_hash_is_of_the_source_that_stands_there() -> None:
    empty = ENTRY.replace('"term"', '"text"')
    files = seed_files(bank()) | {"translations/es.toml": ENTRY + 'text = "arreglo"\n' + empty}

    found = toml_files.from_zip(zipped(files)).translations

    assert found == {"es": {TERM: Translation("arreglo", hash_of_text(texts_of(bank())[TERM]))}}


def changed(change: Callable[[dict[str, str]], object]) -> list[str]:
    sheets = tables(to_xlsx(bank(), TEXTS))
    change(sheets["translations-es"])
    return refusals(workbook_reader.from_xlsx, saved(sheets))


def test_wrong_cell_is_named_by_sheet_row_and_column() -> None:
    assert changed(lambda cells: cells.update(C3="nothing")) == [
        "translations-es, row 3, field: terms/arrangement/nothing is no text of the bank."
    ]
    assert changed(lambda cells: cells.pop("A1"))[-1].startswith("translations-es, row 1: ")


def test_formula_in_a_translation_is_refused() -> None:
    number = len(tables(workbook()))
    data = edited(
        to_xlsx(bank(), TEXTS),
        f"xl/worksheets/sheet{number + 1}.xml",
        lambda text: text.replace("<is><t>ninguno</t></is>", "<f>1+1</f>"),
    )

    assert refusals(workbook_reader.from_xlsx, data) == [
        "translations-es, row 2, text: holds a formula. Write the value itself."
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
    faults = [
        FileFault("too long", "terms", column="text", code="arrangement"),
        FileFault("m", "x"),
    ]

    at_zip = toml_files.from_zip(to_zip(bank())).with_positions(faults)
    at_xlsx = workbook_reader.from_xlsx(workbook()).with_positions(faults)

    row = 2 + [term.code for term in bank().terms].index("arrangement")
    assert [str(found) for found in at_zip] == ["glossary.toml, text: too long", "x: m"]
    assert [str(found) for found in at_xlsx] == [f"terms, row {row}, text: too long", "x: m"]
