"""The database of a soak: which one it runs on, and what happens on it besides."""

from __future__ import annotations

import os
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.db import connection, connections

if TYPE_CHECKING:
    from collections.abc import Iterator

POSTGRESQL = ("postgres", "postgresql")


def is_postgresql(url: str) -> bool:
    return url.partition(":")[0] in POSTGRESQL


@contextmanager
def temporary_database(url: str) -> Iterator[str]:
    """The address of an empty PostgreSQL database beside the one of `url`, dropped afterwards."""
    parts = urlsplit(url)
    name = f"{parts.path.lstrip('/')}_soak_{os.getpid()}"
    with psycopg.connect(url, autocommit=True) as maintenance:
        maintenance.execute(f'CREATE DATABASE "{name}"'.encode())
        try:
            yield urlunsplit(parts._replace(path=f"/{name}"))
        finally:
            maintenance.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())


def wait_for_running_statements(longest: float = 10) -> None:
    """A killed server's last statement may still run inside PostgreSQL."""
    if connection.vendor != "postgresql":
        return
    until = time.monotonic() + longest
    while _running_statements() and time.monotonic() < until:
        time.sleep(0.05)


def _running_statements() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
            "AND backend_type = 'client backend' AND pid <> pg_backend_pid() AND state <> 'idle'"
        )
        return int(cursor.fetchone()[0])


def cut_connections() -> None:
    """Ends every other connection to the PostgreSQL database of this one."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def close_connections() -> None:
    connections.close_all()
