"""An empty database beside the one of the other tests, on whatever server DATABASE_URL names."""

from __future__ import annotations

import os
from contextlib import contextmanager
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.db import DEFAULT_DB_ALIAS, connections

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ALIAS = "upgrade"


@contextmanager
def own_database(folder: Path) -> Iterator[Any]:
    """The connection to a new database: a file in `folder`, or one next to the configured one.

    Its alias stands in `connections` until the end; the database is thrown away then.
    """
    settings = deepcopy(connections.databases[DEFAULT_DB_ALIAS])
    is_file = settings["ENGINE"] == "django.db.backends.sqlite3"
    settings["NAME"] = (
        str(folder / "upgrade.sqlite3") if is_file else _name_beside(settings["NAME"])
    )
    connections.databases[ALIAS] = settings
    connection = connections[ALIAS]
    try:
        if not is_file:
            _drop(connection)
            _on_server(connection, "CREATE DATABASE {}")
        yield connection
    finally:
        connection.close()
        if not is_file:
            _drop(connection)
        del connections[ALIAS], connections.databases[ALIAS]


def _name_beside(name: str) -> str:
    """One a process of the run: two of them may come to these tests at once."""
    return f"{name}_upgrade_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"


def _drop(connection: Any) -> None:
    _on_server(connection, "DROP DATABASE IF EXISTS {} WITH (FORCE)")


def _on_server(connection: Any, statement: str) -> None:
    name = connection.ops.quote_name(connection.settings_dict["NAME"])
    with connection._nodb_cursor() as cursor:
        cursor.execute(statement.format(name))


@contextmanager
def in_place_of_default(connection: Any) -> Iterator[None]:
    """Whatever asks for the default database gets `connection`: pages and raw queries too.

    Content types are kept by Django in the process, by their number: each database has its own.
    """
    usual = connections[DEFAULT_DB_ALIAS]
    connections[DEFAULT_DB_ALIAS] = connection
    ContentType.objects.clear_cache()
    try:
        yield
    finally:
        connections[DEFAULT_DB_ALIAS] = usual
        ContentType.objects.clear_cache()
