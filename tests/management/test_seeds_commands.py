from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from assessment.instrument.seeds import SEEDS
from tests.bank_fixtures import empty_bank_tables
from tests.factories import published_edition


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the seeds that may be changed."""
    return Path(shutil.copytree(SEEDS, tmp_path / "seeds"))


def change(folder: Path, old: str, new: str) -> None:
    file = folder / "questions" / "pc.toml"
    file.write_text(file.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")


def test_check_seeds_counts_what_is_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("check_seeds")

    assert capsys.readouterr().out == (
        "69 questions, 115 findings, 7 cases and 71 rules are in order.\n"
    )


def test_check_seeds_names_file_and_code(folder: Path) -> None:
    change(folder, 'findings = ["RS-KM10", "RS-T13"]', 'findings = ["RS-KM99"]')

    with pytest.raises(CommandError, match=r"questions/pc\.toml: PC1: .*RS-KM99"):
        call_command("check_seeds", folder)


def test_load_seeds_says_what_it_did(
    db: None, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    empty_bank_tables()
    call_command("load_seeds", folder)
    change(folder, "How far do the highest authorities", "How much do the highest authorities")
    call_command("load_seeds", folder)

    made, changed, codes = capsys.readouterr().out.splitlines()
    assert made.endswith("397 created, 0 changed, 0 removed, 0 left as they were.")
    assert changed.endswith("0 created, 1 changed, 0 removed, 396 left as they were.")
    assert codes == "changed: PC1"


def test_load_seeds_leaves_a_published_edition(
    db: None, capsys: pytest.CaptureFixture[str]
) -> None:
    published_edition()
    call_command("load_seeds")

    assert capsys.readouterr().out.startswith("Nothing to do: ")


def test_load_seeds_refuses_faulty_seeds(folder: Path) -> None:
    (folder / "scale.toml").unlink()

    with pytest.raises(CommandError, match=r"scale\.toml: the file is missing"):
        call_command("load_seeds", folder)
