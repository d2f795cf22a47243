from __future__ import annotations

import io
import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader

from assessment.management.backups import contents, engine_of, postgresql, sqlite
from assessment.management.backups.files import Refused
from assessment.management.database_lock import DatabaseInUse
from tests.read_settings import read_settings

NOW = datetime(2026, 1, 31, 14, 21, 55, tzinfo=UTC)
KEPT = "articula-before-2026-01-31-142155.sqlite3"


@pytest.fixture(scope="module")
def tables() -> set[str]:
    return contents._tables_after(set(MigrationLoader(None).disk_migrations))


@pytest.fixture
def source(tmp_path: Path, tables: set[str]) -> Path:
    """A database with our tables, whose text tells it from others."""
    return made(tmp_path / "a.backup", tables, "from the backup")


def made(file: Path, tables: set[str], text: str) -> Path:
    with closing(sqlite3.connect(file)) as database, database:
        for table in sorted(tables):
            database.execute(f'CREATE TABLE "{table}" (note TEXT)')
        database.execute("CREATE TABLE django_migrations (app TEXT, name TEXT)")
        applied = sorted(MigrationLoader(None).disk_migrations)
        database.executemany("INSERT INTO django_migrations VALUES (?, ?)", applied)
        database.execute("INSERT INTO assessment_answer VALUES (?)", [text * 1000])
    return file


@pytest.fixture
def database(tmp_path: Path) -> dict[str, Any]:
    found: dict[str, Any] = read_settings(tmp_path / "data")["DATABASES"]["default"]
    return found


@pytest.fixture
def present(database: dict[str, Any], tables: set[str]) -> Path:
    return made(Path(database["NAME"]), tables, "from before")


def note(file: Path) -> str:
    with closing(sqlite3.connect(file)) as database:
        found = database.execute("SELECT note FROM assessment_answer").fetchone()
    return str(found[0])[:11]


def refusal(file: Path) -> str:
    before = sorted(file.parent.iterdir())
    with pytest.raises(Refused) as refused:
        sqlite.check(file)
    assert sorted(file.parent.iterdir()) == before
    return str(refused.value).removeprefix(f"{file} ")


def test_engine_goes_by_the_address(database: dict[str, Any]) -> None:
    assert engine_of(database) is sqlite
    assert engine_of({"ENGINE": "django.db.backends.postgresql"}) is postgresql


def test_check_writes_nothing_beside_a_file_with_a_journal_mode(source: Path) -> None:
    with closing(sqlite3.connect(source)) as opened:
        opened.execute("PRAGMA journal_mode=WAL")
    before = sorted(source.parent.iterdir())

    sqlite.check(source)

    assert sorted(source.parent.iterdir()) == before


def test_file_that_is_cut_off_is_refused(source: Path) -> None:
    whole = source.read_bytes()
    for pages in (1, 3, 20):
        source.write_bytes(whole[: -pages * 4096])

        assert refusal(source).startswith("is damaged: ")


def test_file_whose_unused_end_is_missing_is_refused(source: Path) -> None:
    with closing(sqlite3.connect(source, isolation_level=None)) as opened:
        opened.execute("CREATE TABLE more (note TEXT)")
        opened.execute("INSERT INTO more VALUES (?)", ["x" * 100_000])
        opened.execute("DROP TABLE more")
    os.truncate(source, source.stat().st_size - 4096)

    assert refusal(source).startswith("is damaged: ")


def test_file_with_a_spoilt_page_is_refused(source: Path) -> None:
    with source.open("r+b") as file:
        file.seek(-8 * 4096, os.SEEK_END)
        file.write(b"\xff" * 4096)

    assert refusal(source).startswith("is damaged: ")


def test_file_whose_index_lacks_a_row_is_refused(source: Path) -> None:
    with closing(sqlite3.connect(source, isolation_level=None)) as opened:
        opened.execute("CREATE INDEX by_note ON assessment_answer (note) WHERE 0")
        opened.execute("PRAGMA writable_schema=1")
        opened.execute("UPDATE sqlite_master SET sql = replace(sql, ' WHERE 0', '')")

    assert refusal(source) == "is damaged: row 1 missing from index by_note."


def test_file_that_only_begins_like_one_is_refused(source: Path) -> None:
    source.write_bytes(b"SQLite format 3\0" + b"x" * 5000)

    assert refusal(source).startswith("is damaged: ")


def test_database_of_another_program_is_refused(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "other")) as other:
        other.execute("CREATE TABLE recipe (text TEXT)")

    assert refusal(tmp_path / "other") == "is no database of Articula."


def test_database_that_cannot_be_opened_is_named(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(sqlite3.connect(source)) as opened:
        opened.execute("BEGIN EXCLUSIVE")
        monkeypatch.setattr(sqlite, "_is_still", lambda _file: False)
        monkeypatch.setattr(sqlite, "PATIENCE", 0.1)

        assert refusal(source) == "cannot be read: database is locked."


def test_restore_keeps_what_was_there(
    database: dict[str, Any], present: Path, source: Path
) -> None:
    present.chmod(0o644)

    kept = sqlite.restore(database, source, NOW)

    assert kept == present.with_name(KEPT)
    assert (note(present), note(kept)) == ("from the ba", "from before")
    assert {oct(file.stat().st_mode & 0o777) for file in (present, kept)} == {"0o600"}


def test_restore_makes_a_database_where_there_was_none(
    database: dict[str, Any], source: Path
) -> None:
    assert sqlite.restore(database, source, NOW) is None
    assert note(Path(database["NAME"])) == "from the ba"


def test_restore_keeps_a_damaged_database_with_its_journal(
    database: dict[str, Any], present: Path, source: Path
) -> None:
    spoil(present)
    journal = Path(f"{present}-wal").read_bytes()

    kept = sqlite.restore(database, source, NOW)

    assert kept is not None
    assert note(present) == "from the ba"
    assert Path(f"{kept}-wal").read_bytes() == journal != b""
    assert not Path(f"{present}-wal").exists()


def spoil(file: Path) -> None:
    """As if its process had been killed and its first page had been lost."""
    with closing(sqlite3.connect(file, isolation_level=None)) as opened:
        opened.execute("PRAGMA journal_mode=WAL")
        opened.execute("UPDATE assessment_answer SET note = replace(note, 'before', 'beside')")
        journal = Path(f"{file}-wal").read_bytes()
    Path(f"{file}-wal").write_bytes(journal)
    with file.open("r+b") as spoilt:
        spoilt.write(b"SQLite format 3\0" + b"x" * 1000)


def test_command_says_nothing_of_a_database_that_was_not_there(
    database: dict[str, Any], source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(settings.DATABASES, "default", database)
    out = io.StringIO()

    call_command("restore", str(source), stdout=out)

    assert out.getvalue() == f"The database is what {source} held.\n"


def test_restore_is_refused_while_the_file_is_open(
    database: dict[str, Any], present: Path, source: Path
) -> None:
    with closing(sqlite3.connect(present)) as other:
        other.execute("PRAGMA journal_mode=WAL")
        other.execute("SELECT * FROM assessment_answer").fetchall()

        with pytest.raises(DatabaseInUse, match="is in use by another program"):
            sqlite.restore(database, source, NOW)

    assert note(present) == "from before"


def test_restore_from_the_database_itself_is_refused(
    database: dict[str, Any], present: Path
) -> None:
    with pytest.raises(Refused, match="is the site's database itself"):
        sqlite.restore(database, present, NOW)


def test_full_disk_stops_a_backup(
    database: dict[str, Any], present: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Full:
        def backup(self, _copy: object) -> None:
            raise sqlite3.OperationalError("database or disk is full")

    copy = sqlite._copy
    monkeypatch.setattr(sqlite, "_copy", lambda _opened, draft: copy(Full(), draft))  # type: ignore[arg-type]

    with pytest.raises(Refused) as refused:
        sqlite.back_up(database, tmp_path / "b.backup")

    assert str(refused.value) == "The database could not be copied: database or disk is full."
    assert not (tmp_path / "b.backup").exists()


def test_backup_holds_what_the_journal_holds(
    database: dict[str, Any], present: Path, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(present, isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode=WAL")
        other.execute("UPDATE assessment_answer SET note = 'just saved'")

        sqlite.back_up(database, tmp_path / "b.backup")

    assert note(tmp_path / "b.backup") == "just saved"
    assert (tmp_path / "b.backup").stat().st_mode & 0o777 == 0o600
