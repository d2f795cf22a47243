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
def test_last_superuser_stays_one(maria: Client, herself: User) -> None:
    herself.is_staff = True
    herself.save()

    for field in ("is_superuser", "is_active"):
        response = maria.post(page(herself), sent(maria, herself, **{field: None}))

        assert errors(response) == [LAST]
        herself.refresh_from_db()
        assert getattr(herself, field) is True


def test_name_is_kept_in_the_form_of_all_texts(maria: Client, herself: User) -> None:
    names = {"first_name": "O\u0323l\u200ba", "last_name": "bell\x07"}

    response = maria.post(page(herself), sent(maria, herself, **names))
    maria.post(page(herself), sent(maria, herself, first_name=names["first_name"]))

    herself.refresh_from_db()
    assert ["bell[U+0007]" in said for said in errors(response)] == [True]
    assert herself.first_name == "Ọla"


def test_one_of_two_superusers_may_leave(maria: Client, herself: User) -> None:
    User.objects.create_superuser("ada")

    response = maria.post(page(herself), sent(maria, herself, is_superuser=None))

    assert response.status_code == 302
    herself.refresh_from_db()
    assert herself.is_superuser is False


def test_superuser_who_cannot_sign_in_does_not_count(maria: Client, herself: User) -> None:
    User.objects.create_superuser("ada", is_active=False)

    response = maria.post(page(herself), sent(maria, herself, is_superuser=None))

    assert errors(response) == [LAST]


def test_last_superuser_is_not_deleted(maria: Client, herself: User) -> None:
    response = maria.post(page(herself, "delete"), {"post": "yes"})

    assert response.status_code == 403


def test_last_superusers_are_not_deleted_together(maria: Client, herself: User) -> None:
    ada = User.objects.create_superuser("ada")
    data = {
        "action": "delete_selected",
        "_selected_action": [herself.pk, ada.pk],
        "post": "yes",
    }

    response = maria.post(reverse("admin:auth_user_changelist"), data)

    assert LAST in response.content.decode()
    assert User.objects.count() == 2


def test_other_user_is_deleted(maria: Client, herself: User) -> None:
    bob = User.objects.create_user("bob")

    assert maria.post(page(bob, "delete"), {"post": "yes"}).status_code == 302


def test_languages_of_a_translator_stand_on_the_page(maria: Client, herself: User) -> None:
    bob = User.objects.create_user("bob")
    rows = {"languages-TOTAL_FORMS": "1", "languages-0-language": "es"}

    response = maria.post(page(bob), sent(maria, bob, **rows))

    assert response.status_code == 302
    assert list(TranslatorLanguage.objects.values_list("user", "language")) == [(bob.pk, "es")]


def test_new_user_is_added_without_languages(maria: Client, herself: User) -> None:
    assert maria.get(reverse("admin:auth_user_add")).status_code == 200


def test_tampered_list_of_users(maria: Client, herself: User) -> None:
    table: list[str] = ["groups__id__exact=abc", "q=%00", "p=x", "o=99"]

    def outcome(query: str) -> object:
        answer = maria.get(f"{reverse('admin:auth_user_changelist')}?{query}")
        return answer.status_code in {200, 302, 400}

    assert {query: outcome(query) for query in table} == dict.fromkeys(table, True)


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


def test_account_is_made_without_a_password_and_with_an_address(maria: Client) -> None:
    form = {"username": "rosa", "email": "rosa@example.org", "usable_password": "false"}

    maria.post(reverse("admin:auth_user_add"), form)

    rosa = User.objects.get(username="rosa")
    assert (rosa.email, rosa.has_usable_password(), rosa.is_staff) == (
        "rosa@example.org",
        False,
        False,
    )


def test_address_that_is_taken_from_an_account_opens_it_no_more(maria: Client) -> None:
    rosa = User.objects.create_user("rosa", "old@example.org")
    EmailAddress.objects.create(user=rosa, email="old@example.org", verified=True, primary=True)

    maria.post(page(rosa), sent(maria, rosa, email="new@example.org"))

    assert not EmailAddress.objects.exists()
