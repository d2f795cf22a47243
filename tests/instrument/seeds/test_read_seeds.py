from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from assessment.instrument.seeds import (
    SEEDS,
    SeedErrors,
    SeedFault,
    plain_scale,
    read_files,
    read_scale,
    read_seeds,
)
from assessment.instrument.validation.validate import SCALE_BANDS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Refused = Callable[[str, str, str], list[SeedFault]]

PC = "questions/pc.toml"
CLOSING = "questions/closing.toml"
LEVELS = 'levels = [\n  "The highest authorities have said nothing'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return shutil.copytree(SEEDS, tmp_path / "seeds")


@pytest.fixture
def refused(folder: Path) -> Refused:
    """The faults of the seeds with one passage changed."""

    def change(file: str, before: str, after: str) -> list[SeedFault]:
        path = folder / file
        text = path.read_text(encoding="utf-8")
        assert before in text
        path.write_text(text.replace(before, after, 1), encoding="utf-8")
        return faults_of(folder)

    return change


def faults_of(folder: Path) -> list[SeedFault]:
    with pytest.raises(SeedErrors) as caught:
        read_seeds(folder)
    return list(caught.value.faults)


def test_seeds_of_the_project_are_whole() -> None:
    instrument = read_seeds()

    assert [d.code for d in instrument.dimensions] == [
        "PC",
        "DS",
        "TG",
        "BI",
        "HC",
        "VC",
        "LC",
        "SC",
        "RP",
    ]
    assert len(instrument.cases) == 7


def test_seeds_name_people_participants() -> None:
    texts = {path.name: path.read_text(encoding="utf-8") for path in SEEDS.rglob("*.toml")}

    assert [name for name, text in texts.items() if "beneficiar" in text.lower()] == []


def test_seeds_essential_question_weighs_two() -> None:
    weights = {q.weight for q in read_seeds().questions if q.essential}

    assert weights == {2}


def test_seeds_read_twice_have_one_hash(folder: Path) -> None:
    assert read_seeds(folder).content_hash == read_seeds().content_hash


def test_seeds_hash_knows_no_order_of_citations(folder: Path) -> None:
    path = folder / PC
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('["RS-KM10", "RS-T13"]', '["RS-T13", "RS-KM10"]', 1))

    assert path.read_text(encoding="utf-8") != text
    assert read_seeds(folder).content_hash == read_seeds().content_hash


def test_seeds_broken_toml_names_file_and_place(refused: Refused) -> None:
    assert refused(PC, 'code = "PC1"', 'code = "PC1') == [
        SeedFault(PC, "", "not readable as TOML: Illegal character '\\n' (at line 2, column 12)")
    ]


def test_seeds_wrong_encoding_names_file(folder: Path) -> None:
    (folder / "cases.toml").write_bytes(b'[[case]]\ncode = "caf\xe9"\n')

    assert faults_of(folder) == [SeedFault("cases.toml", "", "the file is not in UTF-8")]


@pytest.mark.parametrize("file", ["rules.toml", PC])
def test_seeds_missing_file_is_named(folder: Path, file: str) -> None:
    (folder / file).unlink()

    assert faults_of(folder) == [
        SeedFault(file, "", "the file cannot be read: No such file or directory")
    ]


@pytest.mark.parametrize(
    ("file", "messages"),
    [
        ("edition.toml", ["name is missing", "language is missing"]),
        ("scale.toml", ["levels is missing"]),
    ],
)
def test_seeds_empty_file_names_what_is_missing(
    folder: Path, file: str, messages: list[str]
) -> None:
    (folder / file).write_text("", encoding="utf-8")

    assert faults_of(folder) == [SeedFault(file, "", message) for message in messages]


def test_seeds_missing_edition_file_is_one_fault(folder: Path) -> None:
    (folder / "edition.toml").unlink()

    assert faults_of(folder) == [
        SeedFault("edition.toml", "", "the file cannot be read: No such file or directory")
    ]


def test_seeds_stray_question_file_is_named(folder: Path) -> None:
    shutil.copy(folder / PC, folder / "questions/xx.toml")

    assert faults_of(folder) == [
        SeedFault("questions/xx.toml", "", "no dimension has this name"),
    ]


ONE_CHANGE = [
    ("edition.toml", "language", "speech", "", "unknown key speech"),
    ("scale.toml", "draws", "throws", "", "unknown key throws"),
    ("scale.toml", "cap = 2", 'cap = "two"', "", "cap has the wrong form"),
    ("scale.toml", "cap = 2", "cap = true", "", "cap has the wrong form"),
    ("scale.toml", '"2/3"', '"2/0"', "", "sufficient_share has the wrong form"),
    ("scale.toml", '"2/3"', '"much"', "", "sufficient_share has the wrong form"),
    ("scale.toml", "bands = [", 'bands = ["a", ', "", "bands has the wrong form"),
    (PC, "[[question]]", "remark = 1\n[[question]]", "", "unknown key remark"),
    (PC, "[[question]]", "[[questions]]", "", "unknown key questions"),
    (PC, 'kind = "level"', 'kind = "level"\ncolour = "red"', "PC1", "unknown key colour"),
    (PC, 'kind = "level"\n', "", "PC1", "kind is missing"),
    (PC, 'code = "PC1"', 'code = "PC2"', "PC2", f"the code stands already in {PC}"),
    (PC, 'kind = "level"', "kind = 3", "PC1", "kind has the wrong form"),
    (PC, 'tiers = ["national", "regional"]', 'tiers = "all"', "PC1", "tiers has the wrong form"),
    (PC, 'tiers = ["national", "regional"]', "tiers = [1]", "PC1", "tiers has the wrong form"),
    (PC, LEVELS, LEVELS.replace("[", "[3, "), "PC1", "text has the wrong form"),
    (PC, 'kind = "level"', 'kind = "level"\nessential = 1', "PC1", "essential has the wrong form"),
    (PC, 'kind = "level"', 'kind = "level"\nshown_if = 5', "PC1", "shown_if has the wrong form"),
    (PC, 'kind = "level"', 'kind = "level"\noption = []', "PC1", "unknown key levels"),
    (CLOSING, 'kind = "text"', 'kind = "text"\noption = 5', "O1", "options has the wrong form"),
    (CLOSING, 'kind = "text"', 'kind = "text"\noption = [5]', "O1", "options has the wrong form"),
    (
        PC,
        'kind = "level"',
        'kind = "level"\ngoalposts = [1]',
        "PC1",
        "goalposts has the wrong form",
    ),
]


@pytest.mark.parametrize(("file", "before", "after", "code", "message"), ONE_CHANGE)
def test_seeds_fault_names_file_and_code(
    refused: Refused, file: str, before: str, after: str, code: str, message: str
) -> None:
    assert refused(file, before, after)[0] == SeedFault(file, code, message)


def test_seeds_entry_that_is_no_table_is_named(folder: Path) -> None:
    (folder / "glossary.toml").write_text('term = ["scheme"]\n', encoding="utf-8")

    assert faults_of(folder) == [
        SeedFault("glossary.toml", "", "term is not a list of [[term]] entries")
    ]


def test_seeds_levels_that_are_no_list_are_named(folder: Path) -> None:
    entry = '[[question]]\ncode = "PC1"\nkind = "level"\ntext = "?"\nlevels = 5\n'
    (folder / PC).write_text(entry, encoding="utf-8")

    assert faults_of(folder) == [SeedFault(PC, "PC1", "unknown key levels")]


def test_seeds_condition_that_does_not_parse_is_named(refused: Refused) -> None:
    faults = refused(PC, 'kind = "level"', 'kind = "level"\nshown_if = "level.DS >"')

    assert faults == [
        SeedFault(
            PC,
            "PC1",
            "shown_if: This cannot be read as a condition such as level.PC >= 3.",
        )
    ]


def test_seeds_fault_of_the_whole_names_its_file(refused: Refused) -> None:
    faults = refused(PC, '"RS-KM10", "RS-T13"', '"RS-KM10", "RS-T99"')

    assert faults == [
        SeedFault(
            PC, "PC1", "The field “Findings” says RS-T99, which does not exist in this edition."
        )
    ]


def test_seeds_country_in_two_regions_names_both(refused: Refused) -> None:
    faults = refused("regions.toml", '"PE"', '"PE", "ET"')

    message = "The field “Countries” says ET, which stands more than once."
    assert faults == [
        SeedFault("regions.toml", "LA", message),
        SeedFault("regions.toml", "AF", message),
    ]


def test_seeds_bands_that_do_not_rise_name_the_file(refused: Refused) -> None:
    faults = refused("scale.toml", "[20, 40, 60, 80]", "[20, 60, 40, 80]")

    assert faults == [SeedFault("scale.toml", "scale", SCALE_BANDS)]


def test_seed_errors_say_all_faults_line_by_line(folder: Path) -> None:
    (folder / "rules.toml").unlink()
    (folder / "cases.toml").unlink()

    with pytest.raises(SeedErrors) as caught:
        read_seeds(folder)

    assert str(caught.value) == (
        "cases.toml: the file cannot be read: No such file or directory\n"
        "rules.toml: the file cannot be read: No such file or directory"
    )


def test_scale_survives_its_plain_form() -> None:
    scale = read_seeds().scale

    assert read_scale(plain_scale(scale)) == scale


def test_seeds_nested_too_deeply_are_named(folder: Path) -> None:
    (folder / "rules.toml").write_text("rule = " + "[" * 5000, encoding="utf-8")

    assert faults_of(folder) == [
        SeedFault("rules.toml", "", "not readable as TOML: nested too deeply")
    ]


def test_seeds_are_the_same_read_from_files() -> None:
    files = {str(path.relative_to(SEEDS)): path.read_bytes() for path in SEEDS.rglob("*.toml")}

    assert read_files(files) == read_seeds()


def test_seeds_file_that_was_not_sent_is_named() -> None:
    files = {str(path.relative_to(SEEDS)): path.read_bytes() for path in SEEDS.rglob("*.toml")}
    del files["rules.toml"]

    with pytest.raises(SeedErrors) as caught:
        read_files(files)

    assert list(caught.value.faults) == [SeedFault("rules.toml", "", "the file is missing")]
