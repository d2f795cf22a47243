"""The database of a soak: which one it runs on, and what happens on it besides."""

from __future__ import annotations

import os
import time
from contextlib import contextmanager
from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.apps import apps
from django.core.management.color import no_style
from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.db.migrations.recorder import MigrationRecorder

from assessment.environment import SQLITE
from tools.server import DATABASE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SOURCE = "made"
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


def bring_rows() -> None:
    """Tables and rows of the site that tests have made, to this empty database of PostgreSQL, which
    would take a quarter of a minute to migrate.
    """
    if not (made := os.environ.get("SITE_MADE")) or connection.vendor != "postgresql":
        return
    source = deepcopy(connections.databases[DEFAULT_DB_ALIAS])
    name = str(Path(made) / DATABASE)
    connections.databases[SOURCE] = source | {"ENGINE": SQLITE, "NAME": name, "OPTIONS": {}}
    found: list[Any] = [*apps.get_models(include_auto_created=True), MigrationRecorder.Migration]
    models = [model for model in found if not model._meta.proxy]
    with connection.schema_editor() as editor:
        for model in models:
            if not model._meta.auto_created:  # comes with the model that it belongs to
                editor.create_model(model)
    _copy_rows(models)
    connections[SOURCE].close()
    del connections[SOURCE], connections.databases[SOURCE]


def _copy_rows(models: Sequence[Any]) -> None:
    with transaction.atomic():
        for model in models:
            rows = model._base_manager.using(SOURCE)
            model._base_manager.using(DEFAULT_DB_ALIAS).bulk_create(rows.all())
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), models):
                cursor.execute(statement)


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
