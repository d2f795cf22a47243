from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from assessment.tasks import stopping


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
def at_work() -> Iterator[None]:
    """This process shall not end, as it shall where a worker in it was stopped before."""
    stopping.clear()
    yield
    stopping.clear()


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
