"""Accounts go without a history, and the last who can look after the site stays."""

from __future__ import annotations

import pytest
from auditlog.models import LogEntry
from django.contrib.auth.models import User

from assessment.actions.accounts.delete_accounts import LastSuperuser, delete_accounts
from tests.tables import raised

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada() -> User:
    return User.objects.create_superuser("ada")


def test_accounts_are_deleted_without_an_entry(ada: User) -> None:
    """One of two superusers too."""
    users = [User.objects.create_user("bob"), User.objects.create_superuser("maria")]
    before = LogEntry.objects.count()

    delete_accounts(users=users)

    assert list(User.objects.all()) == [ada]
    assert LogEntry.objects.count() == before


def test_last_superuser_stays_with_all_others(ada: User) -> None:
    ordinary = User.objects.create_user("bob", is_active=False)
    inactive = User.objects.create_user("eva", is_superuser=True, is_active=False)

    for other in (ordinary, inactive):
        raised(LastSuperuser, delete_accounts, users=[ada, other])

    assert set(User.objects.all()) == {ada, ordinary, inactive}
