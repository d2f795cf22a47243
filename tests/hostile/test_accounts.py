"""Signing in to the admin: passwords, sessions and their end."""

from __future__ import annotations

from datetime import timedelta
from unicodedata import normalize

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessment import settings as own

RIGHT = "Sehr langes  Passwort: mit Ä und Leerzeichen " + "x" * 40
CHANGE = {"oldpassword": RIGHT, "password1": RIGHT + "2", "password2": RIGHT + "2"}
NEW = ("password1", "password2")


@pytest.fixture
def ada(db: None) -> User:
    return User.objects.create_superuser("ada", password=RIGHT)


def sign_in(password: str = RIGHT) -> Client:
    client = Client()
    client.post(reverse("account_login"), {"login": "ada", "password": password})
    return client


def is_in(client: Client) -> bool:
    return client.get(reverse("admin:index")).status_code == 200


def test_passwords_are_kept_by_a_slow_hash() -> None:
    assert own.PASSWORD_HASHERS[0].endswith("ScryptPasswordHasher")


def test_password_is_compared_as_it_was_typed(ada: User) -> None:
    """As it was kept when she chose it: what both would change alike shows only so."""
    client, typed = Client(), f" {RIGHT} "
    client.force_login(ada)
    client.post(reverse("account_change_password"), CHANGE | dict.fromkeys(NEW, typed))
    others = (typed.lower(), typed.strip(), typed[:64], typed[:-1], normalize("NFD", typed))

    assert is_in(sign_in(typed))
    assert [other for other in others if is_in(sign_in(other))] == []


def test_long_password_is_chosen_and_signs_in(ada: User) -> None:
    """Of some sentences; the least that has to be possible is 64 characters."""
    long = "Eine sehr lange Folge von Wörtern, " * 10

    sign_in().post(reverse("account_change_password"), CHANGE | dict.fromkeys(NEW, long))

    assert is_in(sign_in(long))


def test_password_does_not_expire(ada: User) -> None:
    with time_machine.travel(timezone.now() + timedelta(days=3650)):
        assert is_in(sign_in())


def test_password_fields_hide_and_let_paste(ada: User) -> None:
    page = Client().get(reverse("account_login")).content.decode()

    assert 'type="password"' in page
    assert "onpaste" not in page


def test_password_is_changed_with_the_old_one(ada: User) -> None:
    client = sign_in()

    wrong = client.post(reverse("account_change_password"), CHANGE | {"oldpassword": "no"})
    right = client.post(reverse("account_change_password"), CHANGE)

    assert (wrong.status_code, right.status_code) == (200, 302)


def test_weak_password_is_refused(ada: User) -> None:
    table: list[str] = ["qwerty123456", "short", "ada"]

    def outcome(weak: str) -> object:
        form = {"oldpassword": RIGHT, "password1": weak, "password2": weak}
        return sign_in().post(reverse("account_change_password"), form).status_code

    assert {weak: outcome(weak) for weak in table} == dict.fromkeys(table, 200)


def test_password_of_any_characters_is_taken(ada: User) -> None:
    table: list[str] = ["940283751629384", "ሰላም ሰላም ሰላም ሰላም", " \"<script>' OR 1=1"]

    def outcome(odd: str) -> object:
        form = {"oldpassword": RIGHT, "password1": odd, "password2": odd}
        return sign_in().post(reverse("account_change_password"), form).status_code

    assert {odd: outcome(odd) for odd in table} == dict.fromkeys(table, 302)


def test_changed_password_ends_the_sessions_elsewhere(ada: User) -> None:
    here, elsewhere = sign_in(), sign_in()

    here.post(reverse("account_change_password"), CHANGE)

    assert (is_in(here), is_in(elsewhere)) == (True, False)


def test_signing_in_begins_a_new_session(ada: User) -> None:
    client = Client()
    session = client.session
    session["kept"] = True
    session.save()
    before = client.session.session_key

    client.post(reverse("account_login"), {"login": "ada", "password": RIGHT})

    assert is_in(client)
    assert client.session.session_key != before


def test_signing_out_ends_the_session(ada: User) -> None:
    client = sign_in()
    key = client.session.session_key

    page = client.get(reverse("admin:index")).content.decode()
    client.post(reverse("admin:logout"))
    client.cookies["session"] = str(key)

    assert reverse("admin:logout") in page
    assert not is_in(client)


def test_disabled_account_is_out_at_once(ada: User) -> None:
    client = sign_in()

    User.objects.update(is_active=False)

    assert not is_in(client)
    assert client.get(reverse("account")).status_code == 302
