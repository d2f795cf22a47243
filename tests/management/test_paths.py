"""A path that a person misspelt, or that is of another kind, is told in one line of plain words."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.factories import published_edition

EXAMPLE = Path(__file__).resolve().parents[2] / "docs" / "examples" / "alone.json"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """With a file of words, and a folder that has the name of a file of each kind."""
    (tmp_path / "words").write_text("nothing of ours")
    for ending in ("zip", "xlsx", "json", "html", "sqlite3"):
        (tmp_path / f"folder.{ending}").mkdir()
    return tmp_path


def sentence_of(name: str, given: list[object]) -> str:
    try:
        call_command(name, *map(str, given))
    except CommandError as refusal:
        return str(refusal)
    except Exception as error:  # noqa: BLE001 -- each of them would be a traceback
        return f"a traceback:\n{error!r}"
    return "nothing:\n"


def test_path_that_does_not_fit_is_told_in_one_line(db: None, folder: Path) -> None:
    published_edition()
    gone, words = folder / "misspelt", folder / "words"
    table: list[tuple[str, list[object]]] = [
        ("load_seeds", [gone]),
        ("load_seeds", [words]),
        ("check_seeds", [gone]),
        ("check_seeds", [words]),
        ("import_bank", [gone]),
        ("import_bank", [gone / "bank.zip"]),
        ("import_bank", [folder / "folder.xlsx"]),
        ("export_bank", ["current", "-o", gone / "bank.zip"]),
        ("export_bank", ["current", "-o", folder / "folder.zip"]),
        ("score", [gone]),
        ("score", [folder / "folder.json"]),
        ("score", [words]),
        ("report", [gone, "-o", folder / "report.html"]),
        ("report", [EXAMPLE, "-o", gone / "report.html"]),
        ("report", [EXAMPLE, "-o", folder / "folder.html"]),
        ("backup", [gone / "backup"]),
        ("backup", [words]),
        ("restore", [gone]),
        ("restore", [folder / "folder.sqlite3"]),
        ("restore", [words]),
    ]

    told = {(name, *map(str, given)): sentence_of(name, given) for name, given in table}

    assert {given: line for given, line in told.items() if "\n" in line} == {}
