from __future__ import annotations

import io
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from functools import cache
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
from tests.tables import raised

NOW = datetime(2026, 1, 31, 14, 21, 55, tzinfo=UTC)
KEPT = "articula-before-2026-01-31-142155.sqlite3"


@cache
def content(text: str) -> bytes:
    """A database with our tables and migrations, whose text tells it from others."""
    applied = sorted(MigrationLoader(None).disk_migrations)
    with closing(sqlite3.connect(":memory:")) as database:
        for table in sorted(contents._tables_after(set(applied))):
            database.execute(f'CREATE TABLE "{table}" (note TEXT)')
        database.execute("CREATE TABLE django_migrations (app TEXT, name TEXT)")
        database.executemany("INSERT INTO django_migrations VALUES (?, ?)", applied)
        database.execute("INSERT INTO assessment_answer VALUES (?)", [text * 1000])
        database.commit()
        return database.serialize()


@pytest.fixture
def source(tmp_path: Path) -> Path:
    file = tmp_path / "a.backup"
    file.write_bytes(content("from the backup"))
    return file


@pytest.fixture
def database(tmp_path: Path) -> dict[str, Any]:
    found: dict[str, Any] = read_settings(tmp_path / "data")["DATABASES"]["default"]
    return found


@pytest.fixture
def present(database: dict[str, Any]) -> Path:
    file = Path(database["NAME"])
    file.write_bytes(content("from before"))
    return file


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


def cut_off(pages: int) -> Callable[[Path], object]:
    return lambda file: os.truncate(file, file.stat().st_size - pages * 4096)


def cut_off_where_nothing_is_used(file: Path) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as opened:
        opened.execute("CREATE TABLE more (note TEXT)")
        opened.execute("INSERT INTO more VALUES (?)", ["x" * 100_000])
        opened.execute("DROP TABLE more")
    os.truncate(file, file.stat().st_size - 4096)


def spoil_a_page(file: Path) -> None:
    with file.open("r+b") as opened:
        opened.seek(-8 * 4096, os.SEEK_END)
        opened.write(b"\xff" * 4096)


def keep_a_row_from_the_index(file: Path) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as opened:
        opened.execute("CREATE INDEX by_note ON assessment_answer (note) WHERE 0")
        opened.execute("PRAGMA writable_schema=1")
        opened.execute("UPDATE sqlite_master SET sql = replace(sql, ' WHERE 0', '')")


def only_begin_like_one(file: Path) -> None:
    file.write_bytes(b"SQLite format 3\0" + b"x" * 5000)


def be_of_another_program(file: Path) -> None:
    file.unlink()
    with closing(sqlite3.connect(file)) as other:
        other.execute("CREATE TABLE recipe (text TEXT)")


def test_damaged_file_and_one_of_another_program_are_refused(source: Path) -> None:
    damaged = "is damaged: "
    table: dict[Callable[[Path], object], str] = {
        cut_off(1): damaged,
        cut_off(3): damaged,
        cut_off(20): damaged,
        cut_off_where_nothing_is_used: damaged,
        spoil_a_page: damaged,
        only_begin_like_one: damaged,
        keep_a_row_from_the_index: "is damaged: row 1 missing from index by_note.",
        be_of_another_program: "is no database of Articula.",
    }

    def beginning_of_refusal(change: Callable[[Path], object], length: int) -> str:
        source.write_bytes(content("from the backup"))
        change(source)
        return refusal(source)[:length]

    assert [beginning_of_refusal(change, len(said)) for change, said in table.items()] == [
        *table.values()
    ]


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


def test_command_makes_a_database_where_there_was_none_and_says_nothing_of_it(
    database: dict[str, Any], source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(settings.DATABASES, "default", database)
    out = io.StringIO()

    call_command("restore", str(source), stdout=out)

    assert out.getvalue() == f"The database is what {source} held.\n"
    assert note(Path(database["NAME"])) == "from the ba"


def test_restore_is_refused_while_the_file_is_open_and_from_itself(
    database: dict[str, Any], present: Path, source: Path
) -> None:
    with closing(sqlite3.connect(present)) as other:
        other.execute("PRAGMA journal_mode=WAL")
        other.execute("SELECT * FROM assessment_answer").fetchall()
        in_use = raised(DatabaseInUse, sqlite.restore, database, source, NOW)
    itself = raised(Refused, sqlite.restore, database, present, NOW)

    assert str(in_use) == f"{present} is in use by another program: stop it first."
    assert str(itself) == f"{present} is the site's database itself."
    assert note(present) == "from before"


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
