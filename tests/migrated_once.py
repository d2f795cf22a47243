"""The tables as the migrations leave them, made once and copied: migrating takes 15 s a process.

What is copied is migrated again: where the copy misses a migration, it gets it then.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import sqlite3
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.signals import connection_created

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / ".pytest_cache" / "migrated"
MADE_FROM = ("assessment/migrations/*.py", "assessment/models/*.py", "requirements.txt")


@contextmanager
def migrated_once() -> Iterator[None]:
    """Within it the test database is made: from the copy, or else the copy from it."""
    connection = connections[DEFAULT_DB_ALIAS]
    copied = copied_file if connection.vendor == "sqlite" else copied_database
    with copied(connection):
        yield


def tables_made() -> Path:
    """Of SQLite; not there before a first test asked for the database."""
    return FOLDER / f"{key()}.sqlite3"


def bring_tables(database: Path) -> None:
    """To a site that starts on this file, which migrates by itself where nothing is made yet."""
    if tables_made().exists():
        shutil.copy(tables_made(), database)


@contextmanager
def one_at_a_time(kind: str) -> Iterator[None]:
    """Who comes second to what is made of this kind waits, and finds the copy of the first."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / f"{kind}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def key(*more: str) -> str:
    """Another where tables or the rows that migrations write may be others, or one of these."""
    found = hashlib.sha256()
    for pattern in MADE_FROM + more:
        for file in sorted(filter(Path.is_file, ROOT.glob(pattern))):
            found.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return found.hexdigest()


@contextmanager
def copied_file(connection: Any) -> Iterator[None]:
    """SQLite: a file, put into the first connection to the still empty test database."""
    file = tables_made()
    site = connection.settings_dict["NAME"]

    def fill(connection: Any, **signal: Any) -> None:
        if connection.settings_dict["NAME"] != site and not connection.introspection.table_names():
            with sqlite3.connect(file) as source:
                source.backup(connection.connection)
            source.close()

    with one_at_a_time(connection.vendor):
        if not file.exists():
            yield
            for outdated in FOLDER.glob("*.sqlite3"):
                outdated.unlink()
            unfinished = file.with_suffix(f".{os.getpid()}")
            unfinished.unlink(missing_ok=True)
            with connection.cursor() as cursor:
                cursor.execute("VACUUM INTO %s", [str(unfinished)])
            unfinished.rename(file)
            return
    connection_created.connect(fill)
    try:
        yield
    finally:
        connection_created.disconnect(fill)


@contextmanager
def copied_database(connection: Any) -> Iterator[None]:
    """PostgreSQL: a database beside those of the tests, which says in its comment what it is."""
    copy = f"test_{connections.databases[DEFAULT_DB_ALIAS]['NAME']}_migrated"
    made_from = key()
    with one_at_a_time(connection.vendor):
        with connection._nodb_cursor() as cursor:
            cursor.execute(
                "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s",
                [copy],
            )
            found = cursor.fetchone()
        if found != (made_from,):
            yield
            connection.close()
            source = connection.settings_dict["NAME"]
            with connection._nodb_cursor() as cursor:
                cursor.execute(f'DROP DATABASE IF EXISTS "{copy}"')
                cursor.execute(f'CREATE DATABASE "{copy}" TEMPLATE "{source}"')
                cursor.execute(f"COMMENT ON DATABASE \"{copy}\" IS '{made_from}'")
            return
    connection.settings_dict["TEST"]["TEMPLATE"] = copy
    yield
