from __future__ import annotations

import pytest
from django.db.migrations.loader import MigrationLoader

from assessment.management.backups.contents import is_ours, refuse_other_databases
from assessment.management.backups.files import Refused


@pytest.fixture(scope="module")
def applied() -> list[tuple[str, str]]:
    return sorted(MigrationLoader(None).disk_migrations)


def test_database_without_our_migrations_is_not_ours() -> None:
    with pytest.raises(Refused, match=r"^It is no database of Articula\.$"):
        refuse_other_databases("It", [("other", "0001_initial")], ["other_table"])


def test_missing_tables_are_named(applied: list[tuple[str, str]]) -> None:
    with pytest.raises(Refused, match=r"^It lacks tables: .*assessment_answer, "):
        refuse_other_databases("It", applied, ["auth_user"])


def test_migration_of_a_later_version_is_named(applied: list[tuple[str, str]]) -> None:
    with pytest.raises(Refused, match=r"\(assessment\.9999_later is not known here\)"):
        refuse_other_databases("It", [*applied, ("assessment", "9999_later")], [])


def test_tables_are_ours_by_their_app() -> None:
    names = ("assessment_later", "auth_user", "django_session", "auditlog_logentry", "wiki_page")

    assert [name for name in names if not is_ours(name)] == ["wiki_page"]
