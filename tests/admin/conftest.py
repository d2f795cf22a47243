from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from assessment.models import Edition
from tests.admin.small_bank import freeze, make_edition
from tests.bank_fixtures import empty_bank_tables


@pytest.fixture(autouse=True)
def no_other_edition(db: None) -> None:
    """These tests make their own editions, whatever other folders have published."""
    empty_bank_tables()


@pytest.fixture
def draft(db: None) -> Edition:
    return make_edition("Second edition")


@pytest.fixture
def published(db: None) -> Edition:
    return freeze(make_edition("First edition"))


@pytest.fixture
def maria(db: None) -> Client:
    """A content person with all permissions, signed in."""
    client = Client()
    client.force_login(User.objects.create_superuser("maria"))
    return client
