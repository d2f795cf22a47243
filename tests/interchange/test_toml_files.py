from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from pathlib import Path
from shutil import make_archive
from typing import TYPE_CHECKING, Any

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
    from assessment.interchange.refusal import FileFault


def test_zip_is_read_back_without_a_change() -> None:
    assert from_zip(to_zip(bank())) == bank()


def test_zip_of_the_same_content_has_the_same_bytes() -> None:
    assert to_zip(bank()) == to_zip(from_zip(to_zip(bank())))


def test_file_says_what_the_file_of_the_seeds_says() -> None:
    table: list[str] = ["edition.toml", "scale.toml", "cases.toml", "glossary.toml"]

    seeds = [tomllib.loads((SEEDS / file).read_text()) for file in table]
    seeds[0].pop("number")  # given by publishing: a file wishes for none
    assert [tomllib.loads(seed_files(bank())[file]) for file in table] == seeds


def test_question_keeps_the_short_forms_of_the_seeds() -> None:
    text = seed_files(bank())["questions/hc.toml"]

    assert "levels = [\n" in text
    assert "essential = true\n" in text
    assert "weight" not in text


def test_questions_in_an_order_of_their_own_keep_it() -> None:
    changed = replace(bank(), questions=tuple(reversed(bank().questions)))

    assert from_zip(to_zip(changed)) == changed


def test_zip_keeps_what_differs_from_the_usual() -> None:
    table: list[Instrument] = [
        with_part("questions", "HC2", weight=1),
        with_part("questions", "HC2", weight=5),
        with_part("questions", "HC1", weight=2),
        with_part("questions", "HC1", tiers=(), finance=True),
        with_part("questions", "P2", options=(Option("0", "No"), Option("1", "Yes", points=1))),
        with_part("questions", "P2", options=(Option("0", "No", help="h"), Option("1", "Yes"))),
        with_part("questions", "HC1", help="Two\nlines, \"both\" 'quoted' \\ = @ + -\t\n"),
    ]

    assert [from_zip(to_zip(changed)) for changed in table] == list(table)


def test_dimension_whose_code_is_no_name_of_its_own_file_is_refused() -> None:
    def refused(code: str) -> list[FileFault]:
        return refusals(lambda _: to_zip(with_part("dimensions", "PC", code=code)), b"")

    assert {code: refused(code) for code in ("profile", "CLOSING", "ds", "../x")} == {
        "profile": [wrong("shared_file")],
        "CLOSING": [wrong("shared_file")],
        "ds": [wrong("shared_file")],
        "../x": [wrong("bad_file_name", name="questions/../x.toml")],
    }


def test_zip_of_the_folder_itself_is_read(tmp_path: Path) -> None:
    places: list[dict[str, Any]] = [
        {"root_dir": SEEDS.parent, "base_dir": "seeds"},
        {"root_dir": SEEDS},
    ]

    for place in places:
        file = make_archive(str(tmp_path / "bank"), "zip", **place)

        assert from_zip(Path(file).read_bytes()) == bank()


def test_zip_with_byte_order_marks_and_windows_line_ends_is_read() -> None:
    files = {
        name: b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()
        for name, text in seed_files(bank()).items()
    }

    assert from_zip(zipped(files)) == bank()


def test_another_file_in_the_zip_is_left_aside_by_its_name() -> None:
    table = [
        "run.sh",
        "bank.zip",
        "questions/pc.txt",
        "questions/a/b.toml",
        "seeds/seeds/edition.toml",
    ]

    for name in table:
        read = toml_files.from_zip(zipped(seed_files(bank()) | {name: ""}))

        assert (read.instrument, read.ignored) == (bank(), (wrong("ignored_file", name),))


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


def test_zip_with_broken_toml_names_the_file() -> None:
    table: list[tuple[str, str]] = [
        ("x = " + "[" * 100_000, "toml_too_deep"),
        ("x = " + "9" * 10_000, "toml_unreadable"),
        ("x = [", "toml_unreadable"),
        ("a." * 100_000 + "a = 1", "toml_key_too_long"),
        ("[" + "'a b' . " * 100_000 + "a]", "toml_key_too_long"),
    ]

    def outcome(text: str) -> object:
        (found,) = refusals(from_zip, edited(to_zip(bank()), "rules.toml", lambda _: text))
        return found.code, found.sheet

    assert [outcome(text) for text, _ in table] == [(code, "rules.toml") for _, code in table]


def test_zip_with_a_wrong_entry_names_file_and_code() -> None:
    data = edited(
        to_zip(bank()),
        "rules.toml",
        lambda text: re.sub("(?m)^when = .*$", 'when = "level.XX >= 1"', text, count=1),
    )

    unknown = Where("rules", "R01").issue("when", "unknown_name", name="level.XX")
    assert refusals(from_zip, data) == [fault_of(unknown, "rules.toml", column="when")]


def test_zip_with_a_control_character_names_the_field() -> None:
    def bell(text: str) -> str:
        return text.replace('title = "', 'title = "\\u0007', 1)

    found = Where("rules", "R01").issue("title", "odd_character_in_field", character="U+0007")
    assert refusals(from_zip, edited(to_zip(bank()), "rules.toml", bell)) == [
        fault_of(found, "rules.toml", column="title")
    ]


def test_zip_with_a_control_character_in_the_scale_names_it() -> None:
    def bell(text: str) -> str:
        return text.replace('"absent"', '"absent\\u0007"', 1)

    found = Where("scale", "scale").issue("labels", "odd_character_in_scale", character="U+0007")
    assert refusals(from_zip, edited(to_zip(bank()), "scale.toml", bell)) == [
        fault_of(found, "scale.toml", column="labels")
    ]


def test_zip_texts_are_brought_into_one_normal_form() -> None:
    data = edited(
        to_zip(bank()), "edition.toml", lambda text: text.replace("Second", "e\u0301dition")
    )

    assert from_zip(data).name == "\u00e9dition edition"


def test_zip_with_an_order_that_forgets_a_question_is_refused() -> None:
    data = edited(to_zip(bank()), "edition.toml", lambda text: text + 'questions = ["HC1"]\n')

    assert refusals(from_zip, data) == [wrong("questions_not_once", "edition.toml")]
