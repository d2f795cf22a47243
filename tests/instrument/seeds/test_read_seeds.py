from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from assessment.instrument.issues import EDITION, Issue, Where
from assessment.instrument.seeds import (
    SEEDS,
    SeedErrors,
    SeedFault,
    plain_scale,
    read_files,
    read_scale,
    read_seeds,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from assessment.instrument.issues import Param

    Refused = Callable[[str, str, str], list[SeedFault]]

PC = "questions/pc.toml"
PC1 = Where("questions", "PC1")
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


def fault(file: str, code: str, /, **params: Param) -> SeedFault:
    """What is wrong with the file itself."""
    return SeedFault(file, Issue(code, params=params))


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
        fault(PC, "toml_unreadable", reason="Illegal character '\\n' (at line 2, column 12)")
    ]


def test_seeds_wrong_encoding_names_file(folder: Path) -> None:
    (folder / "cases.toml").write_bytes(b'[[case]]\ncode = "caf\xe9"\n')

    assert faults_of(folder) == [fault("cases.toml", "not_utf8")]


@pytest.mark.parametrize("file", ["rules.toml", PC])
def test_seeds_missing_file_is_named(folder: Path, file: str) -> None:
    (folder / file).unlink()

    assert faults_of(folder) == [fault(file, "file_unreadable", reason="No such file or directory")]


@pytest.mark.parametrize(
    ("file", "names"), [("edition.toml", ["name", "language"]), ("scale.toml", ["levels"])]
)
def test_seeds_empty_file_names_what_is_missing(folder: Path, file: str, names: list[str]) -> None:
    (folder / file).write_text("", encoding="utf-8")

    assert faults_of(folder) == [fault(file, "key_missing", name=name) for name in names]


def test_seeds_missing_edition_file_is_one_fault(folder: Path) -> None:
    (folder / "edition.toml").unlink()

    assert faults_of(folder) == [
        fault("edition.toml", "file_unreadable", reason="No such file or directory")
    ]


def test_seeds_stray_question_file_is_named(folder: Path) -> None:
    shutil.copy(folder / PC, folder / "questions/xx.toml")

    assert faults_of(folder) == [fault("questions/xx.toml", "file_of_no_dimension")]


ONE_CHANGE = [
    ("edition.toml", "language", "speech", "", "unknown_key", "speech"),
    ("scale.toml", "draws", "throws", "", "unknown_key", "throws"),
    ("scale.toml", "cap = 2", 'cap = "two"', "", "wrong_form", "cap"),
    ("scale.toml", "cap = 2", "cap = true", "", "wrong_form", "cap"),
    ("scale.toml", '"2/3"', '"2/0"', "", "wrong_form", "sufficient_share"),
    ("scale.toml", '"2/3"', '"much"', "", "wrong_form", "sufficient_share"),
    ("scale.toml", "bands = [", 'bands = ["a", ', "", "wrong_form", "bands"),
    (PC, "[[question]]", "remark = 1\n[[question]]", "", "unknown_key", "remark"),
    (PC, "[[question]]", "[[questions]]", "", "unknown_key", "questions"),
    (PC, 'kind = "level"', 'kind = "level"\ncolour = "red"', "PC1", "unknown_key", "colour"),
    (PC, 'kind = "level"\n', "", "PC1", "key_missing", "kind"),
    (PC, 'kind = "level"', "kind = 3", "PC1", "wrong_form", "kind"),
    (PC, 'tiers = ["national", "regional"]', 'tiers = "all"', "PC1", "wrong_form", "tiers"),
    (PC, 'tiers = ["national", "regional"]', "tiers = [1]", "PC1", "wrong_form", "tiers"),
    (PC, LEVELS, LEVELS.replace("[", "[3, "), "PC1", "wrong_form", "text"),
    (PC, 'kind = "level"', 'kind = "level"\nessential = 1', "PC1", "wrong_form", "essential"),
    (PC, 'kind = "level"', 'kind = "level"\nshown_if = 5', "PC1", "wrong_form", "shown_if"),
    (PC, 'kind = "level"', 'kind = "level"\noption = []', "PC1", "unknown_key", "levels"),
    (CLOSING, 'kind = "text"', 'kind = "text"\noption = 5', "O1", "wrong_form", "options"),
    (CLOSING, 'kind = "text"', 'kind = "text"\noption = [5]', "O1", "wrong_form", "options"),
    (
        PC,
        'kind = "level"',
        'kind = "level"\ngoalposts = [1]',
        "PC1",
        "wrong_form",
        "goalposts",
    ),
]


@pytest.mark.parametrize(("file", "before", "after", "code", "problem", "name"), ONE_CHANGE)
def test_seeds_fault_names_file_and_code(
    refused: Refused, file: str, before: str, after: str, code: str, problem: str, name: str
) -> None:
    found = refused(file, before, after)[0]

    where = Where("questions", code, name) if code else EDITION
    assert found == SeedFault(file, Issue(problem, where, {"name": name}))


def test_seeds_code_that_stands_twice_is_named(refused: Refused) -> None:
    found = refused(PC, 'code = "PC1"', 'code = "PC2"')[0]

    assert found == SeedFault(PC, Where("questions", "PC2").issue("", "code_in_file", file=PC))


def test_seeds_entry_that_is_no_table_is_named(folder: Path) -> None:
    (folder / "glossary.toml").write_text('term = ["scheme"]\n', encoding="utf-8")

    assert faults_of(folder) == [fault("glossary.toml", "no_entries", name="term")]


def test_seeds_levels_that_are_no_list_are_named(folder: Path) -> None:
    entry = '[[question]]\ncode = "PC1"\nkind = "level"\ntext = "?"\nlevels = 5\n'
    (folder / PC).write_text(entry, encoding="utf-8")

    assert faults_of(folder) == [SeedFault(PC, PC1.issue("levels", "unknown_key", name="levels"))]


def test_seeds_condition_that_does_not_parse_is_named(refused: Refused) -> None:
    faults = refused(PC, 'kind = "level"', 'kind = "level"\nshown_if = "level.DS >"')

    assert faults == [SeedFault(PC, PC1.issue("shown_if", "condition_unreadable"))]


def test_seeds_fault_of_the_whole_names_its_file(refused: Refused) -> None:
    faults = refused(PC, '"RS-KM10", "RS-T13"', '"RS-KM10", "RS-T99"')

    assert faults == [SeedFault(PC, PC1.issue("findings", "unknown_reference", value="RS-T99"))]


def test_seeds_country_in_two_regions_names_both(refused: Refused) -> None:
    faults = refused("regions.toml", '"PE"', '"PE", "ET"')

    assert faults == [
        SeedFault(
            "regions.toml",
            Where("regions", code).issue("countries", "repeated_country", value="ET"),
        )
        for code in ("LA", "AF")
    ]


def test_seeds_bands_that_do_not_rise_name_the_file(refused: Refused) -> None:
    faults = refused("scale.toml", "[20, 40, 60, 80]", "[20, 60, 40, 80]")

    assert faults == [
        SeedFault("scale.toml", Where("scale", "scale").issue("bands", "scale_bands"))
    ]


def test_scale_survives_its_plain_form() -> None:
    scale = read_seeds().scale

    assert read_scale(plain_scale(scale)) == scale


def test_seeds_nested_too_deeply_are_named(folder: Path) -> None:
    (folder / "rules.toml").write_text("rule = " + "[" * 5000, encoding="utf-8")

    assert faults_of(folder) == [fault("rules.toml", "toml_too_deep")]


def test_seeds_are_the_same_read_from_files() -> None:
    files = {str(path.relative_to(SEEDS)): path.read_bytes() for path in SEEDS.rglob("*.toml")}

    assert read_files(files) == read_seeds()


def test_seeds_file_that_was_not_sent_is_named() -> None:
    files = {str(path.relative_to(SEEDS)): path.read_bytes() for path in SEEDS.rglob("*.toml")}
    del files["rules.toml"]

    with pytest.raises(SeedErrors) as caught:
        read_files(files)

    assert list(caught.value.faults) == [fault("rules.toml", "file_missing")]
