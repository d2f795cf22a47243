"""The rows of version 0.1.0 as they are stored here, and the tables of that version for them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.color import no_style
from django.db import transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

if TYPE_CHECKING:
    from django.apps.registry import Apps

HERE = Path(__file__).parent
VERSION = [
    ("assessment", "0007_horizon_words"),
    ("admin", "0003_logentry_add_action_flag_choices"),
    ("auditlog", "0017_add_actor_email"),
    ("auth", "0012_alter_user_first_name_max_length"),
    ("contenttypes", "0002_remove_content_type_name"),
    ("sessions", "0001_initial"),
]
"""The last migration of each app in version 0.1.0."""


def stored_rows() -> dict[str, list[dict[str, Any]]]:
    """By table; moments as ISO text, bytes as base64, all else as JSON has it."""
    files = sorted((HERE / "rows").glob("*.json"))
    parts = [json.loads(file.read_text(encoding="utf-8")) for file in files]
    return {table: rows for part in parts for table, rows in part.items()}


def stored_addresses() -> list[dict[str, Any]]:
    """Of each response its link, where that leads, and what each address answered to GET."""
    addresses: list[dict[str, Any]] = json.loads(
        (HERE / "addresses.json").read_text(encoding="utf-8")
    )
    return addresses


def database_of_version(connection: Any) -> Apps:
    """Makes the tables of the version in an empty database, with the stored rows and no others.

    Gives the models of that version.
    """
    executor = MigrationExecutor(connection)
    # Not by the one that replaces them all in an empty database.
    executor.loader = MigrationLoader(connection, replace_migrations=False)
    executor.migrate(VERSION)
    models: Apps = executor.loader.project_state(VERSION).apps
    tables = models.get_models(include_auto_created=True)
    rows = stored_rows()
    with transaction.atomic(using=connection.alias):
        for model in tables:
            # A migration makes groups with their permissions; the stored ones have other numbers.
            model._base_manager.using(connection.alias)._raw_delete(connection.alias)
        for model in tables:
            _insert(connection, model, rows.pop(model._meta.db_table, []))
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), tables):
                cursor.execute(statement)
    if rows:
        raise ValueError(f"No table for the rows of {', '.join(rows)}.")
    return models


def _insert(connection: Any, model: Any, rows: list[dict[str, Any]]) -> None:
    """As the fields write them, but nothing dated or numbered anew."""
    fields = model._meta.concrete_fields
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in fields)
    marks = ", ".join("%s" for _field in fields)
    table = quote(model._meta.db_table)
    values = [[_value(connection, field, row[field.column]) for field in fields] for row in rows]
    with connection.cursor() as cursor:
        # Names of our own tables and columns; every value is a parameter.
        cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", values)  # noqa: S608


def _value(connection: Any, field: Any, value: Any) -> Any:
    return field.get_db_prep_save(field.to_python(value), connection)
