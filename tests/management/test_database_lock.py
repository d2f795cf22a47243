from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import Settings

from assessment.management import database_lock
from assessment.management.database_lock import DatabaseInUse, database_alone, using_database


@pytest.fixture(autouse=True)
def data(tmp_path: Path, settings: Settings) -> Path:
    settings.DATA_DIR = tmp_path / "data"
    return tmp_path / "data"


def test_site_and_workers_use_the_database_together(data: Path) -> None:
    with using_database(), using_database():
        assert (data / "lock").stat().st_mode & 0o777 == 0o600


def test_restore_waits_for_nobody() -> None:
    with using_database(), pytest.raises(DatabaseInUse, match="stop it first"), database_alone():
        pass


def test_site_does_not_start_during_a_restore() -> None:
    with database_alone(), pytest.raises(DatabaseInUse, match="A restore"), using_database():
        pass


def test_lock_is_given_back() -> None:
    with using_database():
        pass

    with database_alone():
        pass


def test_system_without_locks_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database_lock, "fcntl", None)

    with using_database(), database_alone():
        pass
