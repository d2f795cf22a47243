"""Whether a database is Articula's, whole, and not of a later program, told by its migrations."""

from __future__ import annotations

from collections.abc import Iterable

from django.apps import apps
from django.db.migrations.loader import MigrationLoader

from assessment.management.backups.files import Refused

FIRST = ("assessment", "0001_initial")
APPLIED = "SELECT app, name FROM django_migrations"


def refuse_other_databases(
    what: str, applied: Iterable[tuple[str, str]], tables: Iterable[str]
) -> None:
    """`applied` are its migrations; without them, or the tables they made, it is not ours."""
    done = set(applied)
    if FIRST not in done:
        raise Refused(f"{what} is no database of Articula.")
    if unknown := sorted(done - set(MigrationLoader(None).disk_migrations)):
        raise Refused(
            f"{what} was written by a later version of the program ({'.'.join(unknown[0])} is not "
            "known here): install that version first."
        )
    if lacking := sorted(_tables_after(done) - set(tables)):
        raise Refused(f"{what} lacks tables: {', '.join(lacking)}.")


def is_ours(table: str) -> bool:
    """By the name of its app, so that tables of a later version are known too."""
    labels = {config.label for config in apps.get_app_configs()} | {"django"}
    return any(table.startswith(f"{label}_") for label in labels)


def _tables_after(done: set[tuple[str, str]]) -> set[str]:
    """Of those that one migration replaces, and that are noted beside it, each by itself."""
    loader = MigrationLoader(None, replace_migrations=False)
    single = sorted(one for one in done if not loader.disk_migrations[one].replaces)
    models = loader.project_state(single).apps.get_models(include_auto_created=True)
    return {model._meta.db_table for model in models if model._meta.managed}
