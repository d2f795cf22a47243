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
    with_part,
    wrong,
    zipped,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assessment.instrument.model import Instrument
    from assessment.interchange.refusal import FileFault


def test_file_says_what_the_file_of_the_seeds_says_in_its_short_forms() -> None:
    table: list[str] = ["edition.toml", "scale.toml", "cases.toml", "glossary.toml"]
    written = seed_files(bank())

    seeds = [tomllib.loads((SEEDS / file).read_text()) for file in table]
    seeds[0].pop("number")  # given by publishing: a file wishes for none
    assert [tomllib.loads(written[file]) for file in table] == seeds
    text = written["questions/hc.toml"]
    assert ("levels = [\n" in text, "essential = true\n" in text, "weight" in text) == (
        *(True, True, False),
    )


def test_zip_is_read_back_without_a_change_whatever_differs_from_the_usual() -> None:
    table: list[Instrument] = [
        bank(),
        replace(bank(), questions=tuple(reversed(bank().questions))),
        with_part("questions", "HC2", weight=1),
        with_part("questions", "HC2", weight=5),
        with_part("questions", "HC1", weight=2),
        with_part("questions", "HC1", tiers=(), finance=True),
        with_part("questions", "P2", options=(Option("0", "No"), Option("1", "Yes", points=1))),
        with_part("questions", "P2", options=(Option("0", "No", help="h"), Option("1", "Yes"))),
        with_part("questions", "HC1", help="Two\nlines, \"both\" 'quoted' \\ = @ + -\t\n"),
    ]

    read = [from_zip(to_zip(changed)) for changed in table]

    assert read == table
    assert to_zip(read[0]) == to_zip(bank())


def test_dimension_whose_code_is_no_name_of_its_own_file_is_refused() -> None:
    def refused(code: str) -> list[FileFault]:
        return refusals(lambda _: to_zip(with_part("dimensions", "PC", code=code)), b"")

    assert {code: refused(code) for code in ("profile", "CLOSING", "ds", "../x")} == {
        "profile": [wrong("shared_file")],
        "CLOSING": [wrong("shared_file")],
        "ds": [wrong("shared_file")],
        "../x": [wrong("bad_file_name", name="questions/../x.toml")],
    }


def test_zip_that_another_program_made_is_read(tmp_path: Path) -> None:
    """The folder itself, marks of an encoding, line ends of Windows, letters in another form."""

    def made(**place: Any) -> bytes:
        return Path(make_archive(str(tmp_path / "bank"), "zip", **place)).read_bytes()

    marked = {
        name: b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()
        for name, text in seed_files(bank()).items()
    }
    table = {
        "folder": made(root_dir=SEEDS.parent, base_dir="seeds"),
        "what is in it": made(root_dir=SEEDS),
        "Windows": zipped(marked),
    }
    composed = edited(
        to_zip(bank()), "edition.toml", lambda text: text.replace("Second", "e\u0301dition")
    )

    assert [name for name, data in table.items() if from_zip(data) != bank()] == []
    assert from_zip(composed).name == "\u00e9dition edition"


def test_other_files_in_the_zip_are_left_aside_by_their_names() -> None:
    names = {
        *("run.sh", "bank.zip", "questions/pc.txt", "questions/a/b.toml"),
        "seeds/seeds/edition.toml",
    }

    read = toml_files.from_zip(zipped(seed_files(bank()) | dict.fromkeys(names, "")))

    assert (read.instrument, set(read.ignored)) == (
        bank(),
        {wrong("ignored_file", name) for name in names},
    )


def test_zip_with_a_wrong_file_names_it() -> None:
    files, edition = seed_files(bank()), "edition.toml"
    without = {name: text for name, text in files.items() if name != "rules.toml"}
    much = {"rules.toml": b"#" * (toml_files.LARGEST_TEXT + 1)}
    forgetful = {edition: files[edition] + 'questions = ["HC1"]\n'}
    table: dict[str, tuple[Mapping[str, str | bytes], FileFault]] = {
        "in two places": (files | {"seeds/rules.toml": ""}, wrong("repeated_file")),
        "too large": (much, wrong("texts_too_large", megabytes=24)),
        "missing": (without, wrong("file_missing", "rules.toml")),
        "encoding": (
            {**files, "rules.toml": "título".encode("latin-1")},
            wrong("not_utf8", "rules.toml"),
        ),
        "order": (files | forgetful, wrong("questions_not_once", edition)),
    }

    assert {name: refusals(from_zip, zipped(made)) for name, (made, _) in table.items()} == {
        name: [fault] for name, (_, fault) in table.items()
    }


def test_zip_with_broken_toml_names_the_file() -> None:
    table: list[tuple[str, str]] = [
        ("x = " + "[" * 100_000, "toml_too_deep"),
        ("x = " + "9" * 10_000, "toml_unreadable"),
        ("x = [", "toml_unreadable"),
        ("a." * 100_000 + "a = 1", "toml_key_too_long"),
        ("[" + "'a b' . " * 100_000 + "a]", "toml_key_too_long"),
    ]
    files = seed_files(bank())

    found = [refusals(from_zip, zipped(files | {"rules.toml": text})) for text, _ in table]

    assert [[(fault.code, fault.sheet) for fault in faults] for faults in found] == [
        [(code, "rules.toml")] for _, code in table
    ]


def test_zip_with_a_wrong_entry_names_file_code_and_field() -> None:
    rule, scale = Where("rules", "R01"), Where("scale", "scale")
    unknown = rule.issue("when", "unknown_name", name="level.XX")
    in_title = rule.issue("title", "odd_character_in_field", character="U+0007")
    in_scale = scale.issue("labels", "odd_character_in_scale", character="U+0007")
    table: list[tuple[str, str, str, FileFault]] = [
        (
            *("rules.toml", "(?m)^when = .*$", 'when = "level.XX >= 1"'),
            fault_of(unknown, "rules.toml", column="when"),
        ),
        (
            *("rules.toml", 'title = "', r'title = "\\u0007'),
            fault_of(in_title, "rules.toml", column="title"),
        ),
        (
            *("scale.toml", '"absent"', r'"absent\\u0007"'),
            fault_of(in_scale, "scale.toml", column="labels"),
        ),
    ]

    def outcome(file: str, before: str, after: str) -> list[FileFault]:
        changed = edited(to_zip(bank()), file, lambda text: re.sub(before, after, text, count=1))
        return refusals(from_zip, changed)

    assert [outcome(*given) for *given, _ in table] == [[fault] for *_, fault in table]
