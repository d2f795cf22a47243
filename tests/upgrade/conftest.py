from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from django.core.management import call_command
from django.db import transaction

from assessment.web.sessions import GRANTS, SessionStore
from tests.upgrade.bank import BANK
from tests.upgrade.own_database import ALIAS, in_place_of_default, own_database
from tests.upgrade.responses import RESPONSES
from tests.upgrade.stored_rows import database_of_version

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from django.apps.registry import Apps
    from pytest_django import DjangoDbBlocker

    from tests.upgrade.tables import Table


SESSION = "k" * 32
"""The key of a browser that was granted every response of the version."""


@dataclass(frozen=True, slots=True)
class Before:
    """The models of version 0.1.0, and what its tables said, by the name of the model."""

    models: Apps
    tables: Mapping[str, Table]


@pytest.fixture(scope="module")
def migrated_database(
    tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker
) -> Iterator[Before]:
    """A database of version 0.1.0 migrated to the newest, as the default one of these tests."""
    folder = tmp_path_factory.mktemp("upgrade")
    with (
        django_db_blocker.unblock(),
        own_database(folder) as connection,
        in_place_of_default(connection),
    ):
        models = database_of_version(connection)
        store_session(models)
        tables = {name: read(models) for name, read in {**BANK, **RESPONSES}.items()}
        call_command("migrate", database=ALIAS, verbosity=0, interactive=False)
        yield Before(models, tables)


def store_session(models: Apps) -> None:
    """As that version kept one: under its key."""
    secrets = models.get_model("assessment", "Response").objects.values_list("uuid", "secret_hash")
    data = {GRANTS: {str(uuid): secret_hash for uuid, secret_hash in secrets}}
    models.get_model("sessions", "Session").objects.create(
        session_key=SESSION,
        session_data=SessionStore().encode(data),
        expire_date="2100-01-01T00:00Z",
    )


@pytest.fixture
def before(migrated_database: Before) -> Iterator[Before]:
    """The same for one test, which leaves the database as it found it."""
    with transaction.atomic():
        yield migrated_database
        transaction.set_rollback(True)
