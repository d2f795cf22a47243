"""Backup and restore of PostgreSQL by its own programs, which have to be installed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from assessment.management.backups.contents import APPLIED, is_ours, refuse_other_databases
from assessment.management.backups.files import (
    Refused,
    draft_beside,
    new_file,
    refuse_other_files,
)
from assessment.management.database_lock import DatabaseInUse

KIND = "PostgreSQL"
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
OTHERS = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
    "AND pid <> pg_backend_pid() AND coalesce(backend_type, 'client backend') = 'client backend'"
)
TABLE_OF_DUMP = re.compile(r"^\d+; .* TABLE DATA \S+ (\S+) ", re.MULTILINE)
ROW_OF_MIGRATIONS = re.compile(r"^\d+\t(\S+)\t(\S+)\t", re.MULTILINE)
OF_CONNECTION = ("sslmode", "sslcert", "sslkey", "sslrootcert", "passfile", "service")


def back_up(database: Mapping[str, Any], target: Path) -> None:
    """While others write: the backup is the state of one moment."""
    what = str(database["NAME"])
    tables = _rows(database, TABLES)
    if "django_migrations" not in tables:
        raise Refused(f"{what} is no database of Articula.")
    applied = [(row[0], row[1]) for row in (line.split("|") for line in _rows(database, APPLIED))]
    refuse_other_databases(what, applied, tables)
    with new_file(target) as draft:
        _dump(database, draft)
        _check(draft, str(target))


def check(file: Path) -> None:
    """Refused unless it is a whole dump of ours, in pg_dump's custom format."""
    _check(file, str(file))


def restore(database: Mapping[str, Any], source: Path, now: datetime) -> Path | None:
    """Where a dump of the present database is kept; None where it was empty.

    One transaction takes the present tables away, those of a later version too, and makes the
    backup's: whoever is stopped has the old database.
    """
    if others := int(_rows(database, OTHERS)[0]):
        raise DatabaseInUse(
            f"{others} other sessions use the database: stop the site and its workers first."
        )
    ours = [f'"{table}"' for table in _rows(database, TABLES) if is_ours(table)]
    kept = settings.DATA_DIR / f"{database['NAME']}-before-{now:%Y-%m-%d-%H%M%S}.dump"
    drop = (f"--command=DROP TABLE {', '.join(ours)} CASCADE",) if ours else ()
    with draft_beside(kept) as script:
        _run("pg_restore", "--no-owner", "--no-privileges", f"--file={script}", str(source))
        if ours:
            with new_file(kept) as draft:
                _dump(database, draft)
        _psql(database, "--single-transaction", *drop, f"--file={script}")
    return kept if ours else None


def _check(file: Path, what: str) -> None:
    refuse_other_files(file, KIND)
    try:
        tables = TABLE_OF_DUMP.findall(_run("pg_restore", "--list", str(file)))
        _run("pg_restore", f"--file={os.devnull}", str(file))
    except ProgramFailed as error:
        raise Refused(f"{what} is damaged: {error}") from error
    if "django_migrations" not in tables:
        raise Refused(f"{what} is no database of Articula.")
    only = ("--data-only", "--table=django_migrations", "--file=-")
    applied = ROW_OF_MIGRATIONS.findall(_run("pg_restore", *only, str(file)))
    refuse_other_databases(what, applied, tables)


def _dump(database: Mapping[str, Any], draft: Path) -> None:
    _run("pg_dump", "--format=custom", f"--file={draft}", environment=_environment(database))


def _rows(database: Mapping[str, Any], query: str) -> list[str]:
    return _psql(database, "--tuples-only", "--no-align", f"--command={query}").split("\n")[:-1]


def _psql(database: Mapping[str, Any], *options: str) -> str:
    always = ("--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1")
    return _run("psql", *always, *options, environment=_environment(database))


def _environment(database: Mapping[str, Any]) -> dict[str, str]:
    """How the programs reach it: no password stands in a command."""
    keys = {"PGDATABASE": "NAME", "PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER"}
    found = {name: str(database[key]) for name, key in keys.items() if database[key]}
    options = database.get("OPTIONS", {})
    found |= {f"PG{key.upper()}": str(options[key]) for key in OF_CONNECTION if key in options}
    return found | {"PGPASSWORD": database["PASSWORD"], "PGCONNECT_TIMEOUT": "5"}


class ProgramFailed(Refused):
    pass


def _run(program: str, *arguments: str, environment: Mapping[str, str] | None = None) -> str:
    """What it prints; ProgramFailed with the first line of what it says."""
    path = shutil.which(program)
    if path is None:
        raise Refused(f"{program} is missing. On Debian: apt-get install postgresql-client")
    done = subprocess.run(  # noqa: S603 -- PostgreSQL's own programs
        (path, *arguments),
        env=os.environ | (environment or {}),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        said = done.stderr.strip().splitlines() or [f"exit status {done.returncode}"]
        raise ProgramFailed(f"{program} says: {said[0].removeprefix(f'{program}: ')}")
    return done.stdout
