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


def test_empty_to_field_is_refused(strict: Client) -> None:
    answer = strict.post("/admin/assessment/region/1/delete/", {"_to_field": ""})

    assert answer.status_code == 400


def test_order_sent_as_a_form_is_refused(strict: Client) -> None:
    answer = strict.post("/admin/assessment/region/adminsortable2_update/", {"post": "1e309"})

    assert answer.status_code == 400
