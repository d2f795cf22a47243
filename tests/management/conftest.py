from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from django_tasks_db.management.commands import db_worker
from pytest_django import Settings

from assessment.management import background
from assessment.tasks import stopping
from tests.bank_fixtures import bank_in_database

__all__ = ["bank_in_database"]


@pytest.fixture
def nothing_collected(tmp_path: Path, settings: Settings) -> None:
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]


@pytest.fixture
def own_data_folder(tmp_path: Path, settings: Settings) -> Iterator[Path]:
    """Where `start` writes, which also forbids others to read what the process writes later."""
    settings.DATA_DIR = tmp_path / "data"
    settings.LOCALE_PATHS = [settings.DATA_DIR / "locale"]
    before = os.umask(0o022)
    yield settings.DATA_DIR
    os.umask(before)


@pytest.fixture
def at_work(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """This process shall not end, and the transaction of the test keeps its connection."""
    for module in (background, db_worker):
        monkeypatch.setattr(module, "close_old_connections", lambda: None)
    stopping.clear()
    yield
    stopping.clear()


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
