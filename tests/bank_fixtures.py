"""Fixtures of the published bank, for the folders whose tests answer it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.apps import apps

from tests.factories import published_edition

if TYPE_CHECKING:
    from pytest_django import DjangoDbBlocker

    from assessment.models import Edition


@pytest.fixture(scope="session")
def bank_in_database(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """The bank of seeds/, loaded and published once for all tests of a process."""
    with django_db_blocker.unblock():
        published_edition()


@pytest.fixture
def edition(bank_in_database: None, db: None) -> Edition:
    return published_edition()


def empty_bank_tables() -> None:
    """Empty tables for one test, inside its transaction; constraints are checked at its end."""
    for model in apps.get_app_config("assessment").get_models(include_auto_created=True):
        model._base_manager.all()._raw_delete("default")
