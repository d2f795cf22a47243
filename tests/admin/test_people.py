"""Users, and the last one who can look after the site."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.urls import reverse

from assessment.models import TranslatorLanguage
from tests.admin.form_data import admin_form_data, errors
from tests.tables import undone

LAST = "Nobody else could look after this site: make somebody else an active superuser first."


@pytest.fixture
def herself(maria: Client) -> User:
    return User.objects.get(username="maria")


def page(user: User, name: str = "change") -> str:
    return reverse(f"admin:auth_user_{name}", args=[user.pk])


def sent(maria: Client, user: User, **changed: Any) -> dict[str, Any]:
    data = admin_form_data(maria, page(user))
    for name in ("date_joined", "last_login"):
        data.pop(name, None)
    joined = {"date_joined_0": "2026-11-22", "date_joined_1": "09:00:00"}
    return {name: value for name, value in (data | joined | changed).items() if value is not None}


@pytest.mark.no_cover
def test_last_superuser_who_can_sign_in_stays_one(maria: Client, herself: User) -> None:
    table: dict[tuple[str, str], list[str]] = {
        ("nobody else", "is_superuser"): [LAST],
        ("nobody else", "is_active"): [LAST],
        ("ada, who cannot sign in", "is_superuser"): [LAST],
        ("ada", "is_superuser"): [],
    }

    def outcome(other: str, field: str) -> tuple[list[str], bool]:
        with undone():
            if other != "nobody else":
                User.objects.create_superuser("ada", is_active=other == "ada")
            response = maria.post(page(herself), sent(maria, herself, **{field: None}))
            herself.refresh_from_db()
            refused = errors(response) if response.status_code == 200 else []
            return refused, getattr(herself, field)

    assert {row: outcome(*row) for row in table} == {
        row: (messages, bool(messages)) for row, messages in table.items()
    }


def test_everybody_is_deleted_but_the_last_superusers(maria: Client, herself: User) -> None:
    bob = User.objects.create_user("bob")
    alone = maria.post(page(herself, "delete"), {"post": "yes"})
    ada = User.objects.create_superuser("ada")
    data = {
        "action": "delete_selected",
        "_selected_action": [herself.pk, ada.pk],
        "post": "yes",
    }

    together = maria.post(reverse("admin:auth_user_changelist"), data)
    other = maria.post(page(bob, "delete"), {"post": "yes"})

    assert (alone.status_code, LAST in together.content.decode(), other.status_code) == (
        *(403, True, 302),
    )
    assert set(User.objects.all()) == {herself, ada}


def test_name_is_kept_in_the_form_of_all_texts(maria: Client, herself: User) -> None:
    names = {"first_name": "O\u0323l\u200ba", "last_name": "bell\x07"}

    response = maria.post(page(herself), sent(maria, herself, **names))
    maria.post(page(herself), sent(maria, herself, first_name=names["first_name"]))

    herself.refresh_from_db()
    assert ["bell[U+0007]" in said for said in errors(response)] == [True]
    assert herself.first_name == "Ọla"


def test_group_is_enough_to_enter_and_its_end_is_the_end(maria: Client) -> None:
    rosa = User.objects.create_user("rosa")
    group = Group.objects.get(name="Translator")

    def enters(**changed: Any) -> bool:
        maria.post(page(rosa), sent(maria, rosa, **changed))
        rosa.refresh_from_db()
        return rosa.is_staff

    right = Permission.objects.get(codename="view_question").pk
    steps: list[dict[str, Any]] = [
        {"groups": [group.pk]},
        {"groups": []},
        {"user_permissions": [right]},
    ]
    assert [enters(**step) for step in steps] == [True, False, True]


def test_account_is_made_without_a_password_and_gets_its_languages_then(maria: Client) -> None:
    add = reverse("admin:auth_user_add")
    form = {"username": "rosa", "email": "rosa@example.org", "usable_password": "false"}

    opened = maria.get(add)
    maria.post(add, form)
    rosa = User.objects.get(username="rosa")
    rows = {"languages-TOTAL_FORMS": "1", "languages-0-language": "es"}
    response = maria.post(page(rosa), sent(maria, rosa, **rows))

    assert (opened.status_code, response.status_code) == (200, 302)
    assert (rosa.email, rosa.has_usable_password(), rosa.is_staff) == (
        *("rosa@example.org", False, False),
    )
    assert [(row.user, str(row)) for row in TranslatorLanguage.objects.all()] == [(rosa, "es")]


def test_address_that_is_taken_from_an_account_opens_it_no_more(maria: Client) -> None:
    rosa = User.objects.create_user("rosa", "old@example.org")
    EmailAddress.objects.create(user=rosa, email="old@example.org", verified=True, primary=True)

    maria.post(page(rosa), sent(maria, rosa, email="new@example.org"))

    assert not EmailAddress.objects.exists()
