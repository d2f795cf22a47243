from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from pytest_django import Settings

from assessment.management import database_lock
from assessment.management.database_lock import DatabaseInUse, database_alone, using_database

Use = Callable[[], AbstractContextManager[None]]


@pytest.fixture(autouse=True)
def data(tmp_path: Path, settings: Settings) -> Path:
    settings.DATA_DIR = tmp_path / "data"
    return tmp_path / "data"


def test_site_and_workers_use_the_database_together_and_a_restore_alone(data: Path) -> None:
    def use(first: Use, second: Use) -> str:
        try:
            with first(), second():
                return f"{(data / 'lock').stat().st_mode & 0o777:o}"
        except DatabaseInUse as refused:
            return str(refused)

    table: dict[tuple[Use, Use], str] = {
        (using_database, using_database): "600",
        (
            using_database,
            database_alone,
        ): "The site or a worker is running on this data folder: stop it first.",
        (
            database_alone,
            using_database,
        ): "A restore is running on this data folder: start again when it has ended.",
    }
    assert {uses: use(*uses) for uses in table} == table
    # The lock was given back each time.
    with database_alone():
        pass


def test_system_without_locks_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database_lock, "fcntl", None)

    with using_database(), database_alone():
        pass
