"""What the drawn requests once broke."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

TOKEN = "t" * 32


@pytest.fixture
def strict(db: None) -> Client:
    """An administrator's browser, which sends the token in a header as the list's drag does."""
    client = Client(enforce_csrf_checks=True, headers={"X-CSRFToken": TOKEN})
    client.force_login(User.objects.create_superuser("maria"))
    client.cookies["csrf"] = TOKEN
    return client


def test_requests_that_broke_are_refused(strict: Client) -> None:
    """An empty `_to_field`; a new order of a list that is sent as a form."""
    table: dict[str, dict[str, str]] = {
        "/admin/assessment/region/1/delete/": {"_to_field": ""},
        "/admin/assessment/region/adminsortable2_update/": {"post": "1e309"},
    }

    answers = {address: strict.post(address, form) for address, form in table.items()}

    assert {address: a.status_code for address, a in answers.items()} == dict.fromkeys(table, 400)
