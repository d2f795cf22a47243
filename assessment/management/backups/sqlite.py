"""Backup and restore of SQLite: one file, read only as what it is read from."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from assessment.management.backups.contents import APPLIED, refuse_other_databases
from assessment.management.backups.files import (
    Refused,
    draft_beside,
    new_file,
    place,
    refuse_other_files,
    write_through,
)
from assessment.management.database_lock import DatabaseInUse

KIND = "SQLite"
IN_USE = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
PATIENCE = 20
"""Seconds to wait for somebody who writes."""
JOURNALS = ("-wal", "-shm")


def back_up(database: Mapping[str, Any], target: Path) -> None:
    """While others write: the backup is the state of one moment."""
    source = Path(database["NAME"])
    refuse_other_files(source, KIND)
    with _read_only(source) as opened:
        _refuse_other_contents(opened, str(source))
        with new_file(target) as draft:
            _copy(opened, draft)
            _check(draft, str(target))


def check(file: Path) -> None:
    """Refused unless it is a whole database of ours; nothing is written, not even beside it."""
    _check(file, str(file))


def restore(database: Mapping[str, Any], source: Path, now: datetime) -> Path | None:
    """Where the present database is kept; None where there was none.

    The new file takes the place of the old one in one step: whoever is stopped before it has the
    old database, whoever is stopped after it the new one.
    """
    target = Path(database["NAME"])
    if target.exists() and target.samefile(source):
        raise Refused(f"{source} is the site's database itself.")
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with draft_beside(target) as draft:
        with _read_only(source, still=_is_still(source)) as opened:
            _copy(opened, draft)
        _check(draft, str(source))
        write_through(draft)
        kept = _set_aside(target, now) if target.exists() else None
        draft.replace(target)
        write_through(target.parent)
    return kept


def _check(file: Path, what: str) -> None:
    refuse_other_files(file, KIND)
    with _read_only(file, still=_is_still(file)) as opened:
        _refuse_other_contents(opened, what)


@contextmanager
def _read_only(file: Path, *, still: bool = False) -> Iterator[sqlite3.Connection]:
    """`still`: nobody writes to it, so that no journal is needed, or made, to read it."""
    address = f"{file.resolve().as_uri()}?mode=ro{'&immutable=1' if still else ''}"
    with closing(sqlite3.connect(address, timeout=PATIENCE, uri=True)) as opened:
        yield opened


def _is_still(file: Path) -> bool:
    return not Path(f"{file}-wal").exists()


def _refuse_other_contents(opened: sqlite3.Connection, what: str) -> None:
    _refuse_damage(opened, what)
    try:
        applied = opened.execute(APPLIED).fetchall()
    except sqlite3.OperationalError as error:
        raise Refused(f"{what} is no database of Articula.") from error
    tables = opened.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    refuse_other_databases(what, applied, [name for (name,) in tables])


def _refuse_damage(opened: sqlite3.Connection, what: str) -> None:
    try:
        faults = [fault for (fault,) in opened.execute("PRAGMA integrity_check(1)")]
    except sqlite3.OperationalError as error:
        raise Refused(f"{what} cannot be read: {error}.") from error
    except sqlite3.DatabaseError as error:
        raise Refused(f"{what} is damaged: {error}.") from error
    if faults != ["ok"]:
        raise Refused(f"{what} is damaged: {' '.join(faults[0].split())}.")


def _copy(opened: sqlite3.Connection, draft: Path) -> None:
    """A single file at the end, without the journal that the site keeps beside its own."""
    try:
        with closing(sqlite3.connect(draft)) as copy:
            opened.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.Error as error:
        raise Refused(f"The database could not be copied: {error}.") from error


def _set_aside(target: Path, now: datetime) -> Path:
    """The present database under a dated name beside it, with the journal of a damaged one."""
    _refuse_use(target)
    kept = target.with_name(f"{target.stem}-before-{now:%Y-%m-%d-%H%M%S}{target.suffix}")
    place(target, kept)
    for end in JOURNALS:
        if (journal := Path(f"{target}{end}")).exists():
            journal.replace(f"{kept}{end}")
    kept.chmod(0o600)
    return kept


def _refuse_use(target: Path) -> None:
    """Leaving the journal behind needs the file alone, so it finds out whether anybody has it.

    A damaged database is not opened for that: SQLite would throw its journal away.
    """
    try:
        with _read_only(target) as present:
            present.execute("PRAGMA schema_version")
        with closing(sqlite3.connect(f"{target.as_uri()}?mode=rw", timeout=1, uri=True)) as present:
            present.execute("PRAGMA journal_mode=DELETE")
            present.execute("BEGIN EXCLUSIVE")
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode in IN_USE:
            raise DatabaseInUse(f"{target} is in use by another program: stop it first.") from error
