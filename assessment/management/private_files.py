"""The data folder is closed to the other users of the machine: it holds answers and keys."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from assessment.environment import SQLITE

OTHERS = stat.S_IRWXG | stat.S_IRWXO
ENVIRONMENT = ".venv"


def open_to_others() -> list[Path]:
    """Which of the site's folders and files any other user of the machine may read or write."""
    if not hasattr(os, "geteuid"):  # on Windows modes say nothing
        return []
    return [path for path in _kept_paths() if path.lstat().st_mode & OTHERS]


def close_to_others() -> list[Path]:
    """Take the others' rights away, and tell where they were; another owner's files stay."""
    found = open_to_others()
    for path in found:
        with contextlib.suppress(OSError):
            path.chmod(stat.S_IMODE(path.lstat().st_mode) & ~OTHERS)
    return found


def sqlite_files() -> list[Path]:
    """The database's file and what SQLite writes beside it; none for PostgreSQL."""
    database = settings.DATABASES["default"]
    if database["ENGINE"] != SQLITE:
        return []
    return [Path(f"{database['NAME']}{end}") for end in ("", "-wal", "-shm")]


def _kept_paths() -> Iterator[Path]:
    yield from (path for path in sqlite_files() if path.is_file())
    for folder, folders, files in os.walk(settings.DATA_DIR):
        if ENVIRONMENT in folders:
            folders.remove(ENVIRONMENT)
        yield Path(folder)
        paths = (Path(folder, name) for name in files)
        yield from (path for path in paths if path.is_file() and not path.is_symlink())
