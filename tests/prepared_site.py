"""The data folder of a site that has started before: migrating and publishing take long.

A test that asks for it is marked `django_db`, for only then there is a database to take over.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from django.db import connection

from tests.bank_fixtures import bank_in_database
from tools.server import bring_fonts

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytest_django import DjangoDbBlocker

__all__ = ["bank_in_database"]


@pytest.fixture(scope="session")
def prepared_data(
    bank_in_database: None,
    cut_fonts: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Callable[[Path], None]:
    """Puts database and fonts into this folder."""
    database = tmp_path_factory.mktemp("prepared") / "articula.sqlite3"
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(database)])

    def prepare(data: Path) -> None:
        data.mkdir(parents=True, exist_ok=True)
        bring_fonts(data)
        shutil.copy(database, data)

    return prepare
