from __future__ import annotations

import pytest
from django.db.migrations.loader import MigrationLoader

from assessment.management.backups.contents import _tables_after, is_ours, refuse_other_databases
from assessment.management.backups.files import Refused
from tests.tables import raised


@pytest.fixture(scope="module")
def applied() -> list[tuple[str, str]]:
    return sorted(MigrationLoader(None).disk_migrations)


def test_other_later_and_incomplete_databases_are_refused(applied: list[tuple[str, str]]) -> None:
    tables = sorted(_tables_after(set(applied)))
    later = [*applied, ("assessment", "9999_later")]
    refused = [
        raised(Refused, refuse_other_databases, "It", [("other", "0001_initial")], tables),
        raised(Refused, refuse_other_databases, "It", applied, tables[2:]),
        raised(Refused, refuse_other_databases, "It", later, tables),
    ]

    assert list(map(str, refused)) == [
        "It is no database of Articula.",
        f"It lacks tables: {tables[0]}, {tables[1]}.",
        (
            "It was written by a later version of the program (assessment.9999_later is not known "
            "here): install that version first."
        ),
    ]
    refuse_other_databases("It", applied, tables)


def test_tables_are_ours_by_their_app() -> None:
    names = ("assessment_later", "auth_user", "django_session", "auditlog_logentry", "wiki_page")

    assert [name for name in names if not is_ours(name)] == ["wiki_page"]
