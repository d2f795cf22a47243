from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path
from shutil import make_archive
from typing import TYPE_CHECKING, Any

import pytest

from assessment.instrument.issues import Where
from assessment.instrument.model import Option
from assessment.instrument.seeds import SEEDS
from assessment.interchange import toml_files
from assessment.interchange.refusal import fault_of
from assessment.interchange.toml_files import seed_files, to_zip
from tests.interchange.bank_files import (
    bank,
    edited,
    from_zip,
    refusals,
    unzipped,
    with_part,
    wrong,
    zipped,
)

if TYPE_CHECKING:
    from assessment.instrument.model import Instrument


def test_zip_is_read_back_without_a_change() -> None:
    assert from_zip(to_zip(bank())) == bank()


def test_zip_of_the_same_content_has_the_same_bytes() -> None:
    assert to_zip(bank()) == to_zip(from_zip(to_zip(bank())))


@pytest.mark.parametrize("file", ["edition.toml", "scale.toml", "cases.toml", "glossary.toml"])
def test_file_says_what_the_file_of_the_seeds_says(file: str) -> None:
    assert tomllib.loads(seed_files(bank())[file]) == tomllib.loads((SEEDS / file).read_text())


def test_question_keeps_the_short_forms_of_the_seeds() -> None:
    text = seed_files(bank())["questions/hc.toml"]

    assert "levels = [\n" in text
    assert "essential = true\n" in text
    assert "weight" not in text


def test_questions_in_an_order_of_their_own_keep_it() -> None:
    changed = replace(bank(), questions=tuple(reversed(bank().questions)))

    assert from_zip(to_zip(changed)) == changed


@pytest.mark.parametrize(
    "changed",
    [
        with_part("questions", "HC2", weight=1),
        with_part("questions", "HC2", weight=5),
        with_part("questions", "HC1", weight=2),
        with_part("questions", "HC1", tiers=(), finance=True),
        with_part("questions", "P2", options=(Option("0", "No"), Option("1", "Yes", points=1))),
        with_part("questions", "P2", options=(Option("0", "No", help="h"), Option("1", "Yes"))),
        with_part("questions", "HC1", help="Two\nlines, \"both\" 'quoted' \\ = @ + -\t\r\n"),
    ],
)
def test_zip_keeps_what_differs_from_the_usual(changed: Instrument) -> None:
    assert from_zip(to_zip(changed)) == changed


@pytest.mark.parametrize("code", ["profile", "CLOSING", "ds"])
def test_dimension_that_would_share_a_file_is_refused(code: str) -> None:
    changed = with_part("dimensions", "PC", code=code)

    assert refusals(lambda _: to_zip(changed), b"") == [wrong("shared_file")]


def test_dimension_whose_code_is_no_name_of_a_file_is_refused() -> None:
    assert refusals(lambda _: to_zip(with_part("dimensions", "PC", code="../x")), b"") == [
        wrong("bad_file_name", name="questions/../x.toml")
    ]


@pytest.mark.parametrize("place", [{"base_dir": "seeds"}, {"root_dir": SEEDS}])
def test_zip_of_the_folder_itself_is_read(tmp_path: Path, place: dict[str, Any]) -> None:
    file = make_archive(str(tmp_path / "bank"), "zip", **{"root_dir": SEEDS.parent} | place)

    assert from_zip(Path(file).read_bytes()) == bank()


def test_zip_with_byte_order_marks_and_windows_line_ends_is_read() -> None:
    files = {
        name: b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()
        for name, text in seed_files(bank()).items()
    }

    assert from_zip(zipped(files)) == bank()


@pytest.mark.parametrize(
    "name",
    ["run.sh", "bank.zip", "questions/pc.txt", "questions/a/b.toml", "seeds/seeds/edition.toml"],
)
def test_zip_with_another_file_is_refused_by_its_name(name: str) -> None:
    assert refusals(from_zip, zipped(seed_files(bank()) | {name: ""})) == [
        wrong("stray_file", name)
    ]


def test_zip_with_one_file_in_two_places_is_refused() -> None:
    files = seed_files(bank()) | {"seeds/rules.toml": ""}

    assert refusals(from_zip, zipped(files)) == [wrong("repeated_file")]


def test_zip_with_very_much_text_is_refused() -> None:
    files = {"rules.toml": b"#" * (toml_files.LARGEST_TEXT + 1)}

    assert refusals(from_zip, zipped(files)) == [wrong("texts_too_large", megabytes=24)]


def test_zip_with_a_missing_file_names_it() -> None:
    files = seed_files(bank())
    del files["rules.toml"]

    assert wrong("file_missing", "rules.toml") in refusals(from_zip, zipped(files))


def test_zip_in_a_wrong_encoding_names_the_file() -> None:
    files = unzipped(to_zip(bank())) | {"rules.toml": "título".encode("latin-1")}

    assert refusals(from_zip, zipped(files)) == [wrong("not_utf8", "rules.toml")]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("x = " + "[" * 100_000, "toml_too_deep"),
        ("x = " + "9" * 10_000, "toml_unreadable"),
        ("x = [", "toml_unreadable"),
        ("a." * 100_000 + "a = 1", "toml_key_too_long"),
        ("[" + "'a b' . " * 100_000 + "a]", "toml_key_too_long"),
    ],
)
def test_zip_with_broken_toml_names_the_file(text: str, code: str) -> None:
    (found,) = refusals(from_zip, edited(to_zip(bank()), "rules.toml", lambda _: text))

    assert (found.code, found.sheet) == (code, "rules.toml")


def test_zip_with_a_wrong_entry_names_file_and_code() -> None:
    data = edited(
        to_zip(bank()), "rules.toml", lambda text: text.replace("level.PC", "level.XX", 1)
    )

    unknown = Where("rules", "R01").issue("when", "unknown_name", name="level.XX")
    assert refusals(from_zip, data) == [fault_of(unknown, "rules.toml", column="when")]


def test_zip_with_a_control_character_names_the_code() -> None:
    def bell(text: str) -> str:
        return text.replace('title = "', 'title = "\\u0007', 1)

    assert refusals(from_zip, edited(to_zip(bank()), "rules.toml", bell)) == [
        replace(wrong("control_character", character="U+0007"), where=Where(code="R01"))
    ]


def test_zip_texts_are_brought_into_one_normal_form() -> None:
    data = edited(
        to_zip(bank()), "edition.toml", lambda text: text.replace("First", "e\u0301dition")
    )

    assert from_zip(data).name == "\u00e9dition edition"


def test_zip_with_an_order_that_forgets_a_question_is_refused() -> None:
    data = edited(to_zip(bank()), "edition.toml", lambda text: text + 'questions = ["HC1"]\n')

    assert refusals(from_zip, data) == [wrong("questions_not_once", "edition.toml")]
