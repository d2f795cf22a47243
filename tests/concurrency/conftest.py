from __future__ import annotations

from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING

import pytest
from django.db import connection

from tests.bank_fixtures import bank_in_database
from tests.factories import published_edition

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytest_django import DjangoDbBlocker

    from assessment.models import Edition

__all__ = ["bank_in_database"]


@pytest.fixture
def db(
    bank_in_database: None, django_db_blocker: DjangoDbBlocker, tmp_path: Path
) -> Iterator[None]:
    """A copy of the test database with real transactions, to which threads may write.

    It is thrown away afterwards, so that nothing has to be emptied.
    """
    with django_db_blocker.unblock(), database_copy(tmp_path):
        yield


@pytest.fixture
def edition(db: None) -> Edition:
    return published_edition()


def database_copy(folder: Path) -> AbstractContextManager[None]:
    """Within it, `connection` is one to a copy of its database, and those of new threads too."""
    return sqlite_copy(folder) if connection.vendor == "sqlite" else postgresql_copy()


@contextmanager
def sqlite_copy(folder: Path) -> Iterator[None]:
    settings, memory = connection.settings_dict, connection.connection
    name, path = settings["NAME"], str(folder / "copy.sqlite3")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [path])
    connection.connection, settings["NAME"] = None, path
    try:
        yield
    finally:
        connection.close()
        connection.connection, settings["NAME"] = memory, name


@contextmanager
def postgresql_copy() -> Iterator[None]:
    settings = connection.settings_dict
    name = settings["NAME"]
    copy = f"{name}_copy"
    connection.close()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{copy}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{copy}" TEMPLATE "{name}"')
    settings["NAME"] = copy
    try:
        yield
    finally:
        connection.close()
        settings["NAME"] = name
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{copy}" WITH (FORCE)')
