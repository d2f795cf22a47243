from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest

from assessment.instrument.issues import EDITION, Issue, Where
from assessment.instrument.seeds import (
    SEEDS,
    SeedErrors,
    SeedFault,
    name_of_seeds,
    number_of_seeds,
    plain_scale,
    read_files,
    read_scale,
    read_seeds,
)
from tests.tables import raised

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from assessment.instrument.issues import Param
    from assessment.instrument.model import Instrument

    Refused = Callable[[str, str, str], list[SeedFault]]

PC = "questions/pc.toml"
PC1 = Where("questions", "PC1")
CLOSING = "questions/closing.toml"
LEVELS = 'levels = [\n  "The highest authorities have said nothing'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return shutil.copytree(SEEDS, tmp_path / "seeds")


@pytest.fixture
def emptied(folder: Path) -> None:
    """For what is wrong with the form of a file: the others say nothing, which is read fast."""
    kept = {"dimensions.toml", *(file for file, *_ in ONE_CHANGE)}
    for path in folder.rglob("*.toml"):
        if str(path.relative_to(folder)) not in kept:
            path.write_bytes(b"")


@pytest.fixture
def refused(folder: Path) -> Refused:
    """The faults of the seeds with one passage changed."""

    def change(file: str, before: str, after: str) -> list[SeedFault]:
        text = (folder / file).read_text(encoding="utf-8")
        assert before in text
        return faults_with(folder, file, text.replace(before, after, 1).encode())

    return change


def fault(file: str, code: str, /, **params: Param) -> SeedFault:
    """What is wrong with the file itself."""
    return SeedFault(file, Issue(code, params=params))


def faults_with(folder: Path, file: str, content: bytes) -> list[SeedFault]:
    """The faults of the seeds while one file holds something else."""
    before = (folder / file).read_bytes()
    (folder / file).write_bytes(content)
    found = faults_of(folder)
    (folder / file).write_bytes(before)
    return found


def faults_of(folder: Path) -> list[SeedFault]:
    return list(raised(SeedErrors, read_seeds, folder).faults)


def test_seeds_of_the_project_are_whole(bank: Instrument) -> None:
    """From files they are the same, and the scale survives its plain form."""
    files = {str(path.relative_to(SEEDS)): path.read_bytes() for path in SEEDS.rglob("*.toml")}

    dimensions = ["PC", "DS", "TG", "BI", "HC", "VC", "LC", "SC", "RP"]
    assert [d.code for d in bank.dimensions] == dimensions
    assert len(bank.cases) == 7
    assert {q.weight for q in bank.questions if q.essential} == {2}
    assert read_files(files) == bank
    assert read_scale(plain_scale(bank.scale)) == bank.scale


def test_seeds_name_people_participants() -> None:
    texts = {path.name: path.read_text(encoding="utf-8") for path in SEEDS.rglob("*.toml")}

    assert [name for name, text in texts.items() if "beneficiar" in text.lower()] == []


def test_seeds_have_their_name_and_number_before_they_are_read(
    folder: Path, bank: Instrument
) -> None:
    edition = folder / "edition.toml"
    numbered = edition.read_text(encoding="utf-8")
    edition.write_text(re.sub(r"(?m)^number = .*$", "number = 7", numbered), encoding="utf-8")
    seventh = number_of_seeds(folder)
    edition.write_text(re.sub(r"(?m)^number = .*$", "", numbered), encoding="utf-8")

    assert (seventh, number_of_seeds(folder)) == (7, 1)
    assert name_of_seeds(folder) == bank.name


def test_seeds_hash_knows_no_order_of_citations(folder: Path, bank: Instrument) -> None:
    path = folder / PC
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('["RS-KM10", "RS-T13"]', '["RS-T13", "RS-KM10"]', 1))

    assert path.read_text(encoding="utf-8") != text
    assert read_seeds(folder).content_hash == bank.content_hash


@pytest.mark.usefixtures("emptied")
def test_seeds_file_that_holds_something_else_is_named(folder: Path) -> None:
    table: list[tuple[str, bytes, list[SeedFault]]] = [
        ("cases.toml", b'[[case]]\ncode = "caf\xe9"\n', [fault("cases.toml", "not_utf8")]),
        (
            "edition.toml",
            b"",
            [fault("edition.toml", "key_missing", name=name) for name in ("name", "language")],
        ),
        ("scale.toml", b"", [fault("scale.toml", "key_missing", name="levels")]),
        ("glossary.toml", b'term = ["x"]\n', [fault("glossary.toml", "no_entries", name="term")]),
        ("rules.toml", b"rule = " + b"[" * 5000, [fault("rules.toml", "toml_too_deep")]),
        (
            PC,
            b'[[question]]\ncode = "PC1"\nkind = "level"\ntext = "?"\nlevels = 5\n',
            [SeedFault(PC, PC1.issue("levels", "unknown_key", name="levels"))],
        ),
    ]

    assert [(file, new, faults_with(folder, file, new)) for file, new, _ in table] == table


def test_seeds_file_that_is_missing_or_stray_or_cannot_be_read_is_named(folder: Path) -> None:
    shutil.copy(folder / PC, folder / "questions/xx.toml")
    for file in (PC, "rules.toml", "scale.toml", "glossary.toml"):
        (folder / file).unlink()
    sent = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*.toml")}
    (folder / "edition.toml").unlink()
    (folder / "glossary.toml").mkdir()

    found = [
        fault("scale.toml", "file_missing"),
        fault("questions/xx.toml", "file_of_no_dimension"),
        fault(PC, "file_missing"),
        fault("rules.toml", "file_missing"),
    ]
    assert faults_of(folder) == [
        fault("edition.toml", "file_missing"),
        *found,
        fault("glossary.toml", "file_unreadable", reason="Is a directory"),
    ]
    assert list(raised(SeedErrors, read_files, sent).faults) == [
        *found,
        fault("glossary.toml", "file_missing"),
    ]


def test_seeds_of_before_have_no_roles_packages_or_patterns(folder: Path) -> None:
    for name in ("roles", "packages", "patterns"):
        (folder / f"{name}.toml").write_text("", encoding="utf-8")
    with_empty_files = faults_of(folder)
    for name in ("roles", "packages", "patterns"):
        (folder / f"{name}.toml").unlink()

    assert faults_of(folder) == with_empty_files != []


COUNTRY_TWICE = [
    SeedFault(
        "regions.toml", Where("regions", code).issue("countries", "repeated_country", value="ET")
    )
    for code in ("LA", "AF")
]
ONE_CHANGE = [
    ("edition.toml", "language", "speech", "", "unknown_key", "speech"),
    ("edition.toml", "number = 2", 'number = "two"', "", "wrong_form", "number"),
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


@pytest.mark.usefixtures("emptied")
def test_seeds_fault_names_file_and_code(refused: Refused) -> None:
    assert [refused(file, before, after)[0] for file, before, after, *_ in ONE_CHANGE] == [
        SeedFault(
            file,
            Issue(problem, Where("questions", code, name) if code else EDITION, {"name": name}),
        )
        for file, _, _, code, problem, name in ONE_CHANGE
    ]


def test_seeds_every_fault_of_a_change_is_told(refused: Refused) -> None:
    table: list[tuple[str, str, str, list[SeedFault]]] = [
        (
            PC,
            'code = "PC1"',
            'code = "PC1',
            [fault(PC, "toml_unreadable", reason="Illegal character '\\n' (at line 2, column 12)")],
        ),
        (
            PC,
            'kind = "level"',
            'kind = "level"\nshown_if = "level.DS >"',
            [SeedFault(PC, PC1.issue("shown_if", "condition_unreadable"))],
        ),
        (
            PC,
            '"RS-KM10", "RS-T13"',
            '"RS-KM10", "RS-T99"',
            [SeedFault(PC, PC1.issue("findings", "unknown_reference", value="RS-T99"))],
        ),
        ("regions.toml", '"PE"', '"PE", "ET"', COUNTRY_TWICE),
        (
            "scale.toml",
            "[20, 40, 60, 80]",
            "[20, 60, 40, 80]",
            [SeedFault("scale.toml", Where("scale", "scale").issue("bands", "scale_bands"))],
        ),
    ]

    assert [(*change, refused(*change)) for *change, _ in table] == table
    assert refused(PC, 'code = "PC1"', 'code = "PC2"')[0] == SeedFault(
        PC, Where("questions", "PC2").issue("", "code_in_file", file=PC)
    )
