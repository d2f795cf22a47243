"""The commands of docs/operating.md, run as they stand there."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
from pathlib import Path

import pytest

OPERATING = Path(__file__).resolve().parent.parent / "docs" / "operating.md"
BACKUP, RESTORE = re.findall(r"^    (python3 -c .+)$", OPERATING.read_text(), re.MULTILINE)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A folder whose database holds a hundred answers and is open in write-ahead mode."""
    (tmp_path / "var").mkdir()
    with sqlite3.connect(tmp_path / "var" / "articula.sqlite3") as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE TABLE answer (note TEXT)")
        database.executemany("INSERT INTO answer VALUES (?)", [("a note" * 500,)] * 100)
    return tmp_path


def run(command: str, folder: Path) -> int:
    return subprocess.run(
        ["sh", "-c", command], check=False, cwd=folder, stderr=subprocess.DEVNULL, env=os.environ
    ).returncode


def answers(site: Path) -> int:
    with sqlite3.connect(site / "var" / "articula.sqlite3") as database:
        return int(database.execute("SELECT count(*) FROM answer").fetchone()[0])


def lose_answers(site: Path) -> None:
    with sqlite3.connect(site / "var" / "articula.sqlite3") as database:
        database.execute("DELETE FROM answer WHERE rowid > 3")


def test_restore_brings_back_what_the_backup_held(site: Path) -> None:
    run(BACKUP, site)
    lose_answers(site)

    run(RESTORE, site)

    assert answers(site) == 100


def test_restore_refuses_a_truncated_backup(site: Path) -> None:
    run(BACKUP, site)
    lose_answers(site)
    os.truncate(site / "backup.sqlite3", 100_000)

    status = run(RESTORE, site)

    assert status != 0
    assert answers(site) == 3
