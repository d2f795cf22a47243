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
from tests.tables import undone

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


def test_password_is_kept_by_a_slow_hash_and_compared_as_typed_for_ever(ada: User) -> None:
    """As it was kept when she chose it: what both would change alike shows only so."""
    client, typed = Client(), f" {RIGHT} "
    client.force_login(ada)
    client.post(reverse("account_change_password"), CHANGE | dict.fromkeys(NEW, typed))
    others = (typed.lower(), typed.strip(), typed[:64], typed[:-1], normalize("NFD", typed))

    assert own.PASSWORD_HASHERS[0].endswith("ScryptPasswordHasher")
    assert [other for other in (typed, *others) if is_in(sign_in(other))] == [typed]
    with time_machine.travel(timezone.now() + timedelta(days=3650)):
        assert is_in(sign_in(typed))


def test_password_is_changed_with_the_old_one_to_any_that_is_not_weak(ada: User) -> None:
    """Of some sentences; the least that has to be possible is 64 characters."""
    weak = ("qwerty123456", "short", "ada")
    any_characters = ("940283751629384", "ሰላም ሰላም ሰላም ሰላም", " \"<script>' OR 1=1")
    taken = (RIGHT + "2", "Eine sehr lange Folge von Wörtern, " * 10, *any_characters)
    table = {("no", RIGHT + "2"): (200, False)}
    table |= {(RIGHT, new): (200, False) for new in weak}
    table |= {(RIGHT, new): (302, True) for new in taken}

    def outcome(old: str, new: str) -> tuple[int, bool]:
        form = {"oldpassword": old} | dict.fromkeys(NEW, new)
        with undone():
            status = sign_in().post(reverse("account_change_password"), form).status_code
            return status, is_in(sign_in(new))

    assert {case: outcome(*case) for case in table} == table


def test_sessions_end_with_the_password_and_with_the_account(ada: User) -> None:
    here, elsewhere = sign_in(), sign_in()

    here.post(reverse("account_change_password"), CHANGE)
    after_the_change = (is_in(here), is_in(elsewhere))
    User.objects.update(is_active=False)

    assert (after_the_change, is_in(here)) == ((True, False), False)
    assert here.get(reverse("account")).status_code == 302


def test_session_begins_with_signing_in_and_ends_with_signing_out(ada: User) -> None:
    """On the page the password is hidden, and may be pasted."""
    client = Client()
    session = client.session
    session["kept"] = True
    session.save()
    before = client.session.session_key

    page = client.get(reverse("account_login")).content.decode()
    client.post(reverse("account_login"), {"login": "ada", "password": RIGHT})
    key = client.session.session_key
    signed_in = client.get(reverse("admin:index"))
    client.post(reverse("admin:logout"))
    client.cookies["session"] = str(key)

    assert ('type="password"' in page, "onpaste" in page) == (True, False)
    assert key != before
    assert signed_in.status_code == 200
    assert reverse("admin:logout") in signed_in.content.decode()
    assert not is_in(client)
