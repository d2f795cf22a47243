"""Who uses the database: the site and its workers together, a restore alone.

A lock on a file of the data folder, which the system gives back when its process ends, however it
ends. Where the system knows no such locks (Windows), only the database itself tells of others.
"""

from __future__ import annotations

import importlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

fcntl: Any = importlib.import_module("fcntl") if find_spec("fcntl") else None


class DatabaseInUse(CommandError):
    pass


@contextmanager
def using_database() -> Iterator[None]:
    """Held by whatever serves or works for long."""
    with _lock(alone=False):
        yield


@contextmanager
def database_alone() -> Iterator[None]:
    with _lock(alone=True):
        yield


@contextmanager
def _lock(*, alone: bool) -> Iterator[None]:
    settings.DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(settings.DATA_DIR / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _take(handle, alone=alone)
        yield
    finally:
        os.close(handle)


def _take(handle: int, *, alone: bool) -> None:
    if fcntl is None:
        return
    try:
        fcntl.flock(handle, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise DatabaseInUse(
            "The site or a worker is running on this data folder: stop it first."
            if alone
            else "A restore is running on this data folder: start again when it has ended."
        ) from error
