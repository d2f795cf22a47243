"""How long an account stands in a session; what was granted to the device stays."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from asgiref.sync import async_to_sync
from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from assessment.models import Response
from assessment.web.sessions import SIGNED_IN_AT, USED_AT, SessionStore, stored_key
from tests.factories import NOW
from tests.web.conftest import granted

pytestmark = pytest.mark.django_db
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
def ada() -> User:
    return User.objects.create_superuser("ada", password="a long invented phrase")


def signed_in() -> Client:
    client = Client()
    form = {"login": "ada", "password": "a long invented phrase"}
    with time_machine.travel(NOW, tick=False):
        assert client.post(reverse("account_login"), form).status_code == 302
    return client


def held_in(row: Session) -> dict[str, Any]:
    return SessionStore().decode(row.session_data)


def is_in(client: Client, now: datetime) -> bool:
    with time_machine.travel(now, tick=False):
        return client.get(reverse("admin:index")).status_code == 200


def test_account_ends_after_an_hour_without_use_and_leaves_what_the_device_was_granted(
    ada: User, response: Response
) -> None:
    client, idle = signed_in(), NOW + 30 * MINUTE
    with time_machine.travel(NOW, tick=False):
        granted(client, response)

    stays = [is_in(client, idle), is_in(client, idle + HOUR - MINUTE)]
    stays.append(is_in(client, idle + 2 * HOUR - MINUTE))

    assert stays == [True, True, False]
    with time_machine.travel(NOW + 3 * HOUR, tick=False):
        assert client.get(reverse("tasks", args=[response.uuid])).status_code == 200


def test_account_ends_after_twelve_hours_of_use(ada: User) -> None:
    client = signed_in()

    found = [is_in(client, NOW + at * 30 * MINUTE) for at in range(25)]

    assert found == [True] * 24 + [False]


def test_use_is_noted_once_a_minute_and_counts_anew_in_a_session_of_an_earlier_version(
    ada: User,
) -> None:
    client = signed_in()
    before = held_in(Session.objects.get())
    is_in(client, NOW + timedelta(seconds=50))
    session = Session.objects.get()

    assert held_in(session)[USED_AT] == before[USED_AT] == before[SIGNED_IN_AT]
    data = {key: value for key, value in held_in(session).items() if "account_" not in key}
    session.session_data = SessionStore().encode(data)
    session.save()

    assert (is_in(client, NOW + 9 * HOUR), is_in(client, NOW + 10 * HOUR)) == (True, False)


def test_session_of_a_respondent_lasts_fourteen_days(client: Client, response: Response) -> None:
    with time_machine.travel(NOW, tick=False):
        granted(client, response)
    address = reverse("tasks", args=[response.uuid])

    with time_machine.travel(NOW + timedelta(days=14) - MINUTE, tick=False):
        assert client.get(address).status_code == 200
    with time_machine.travel(NOW + timedelta(days=14), tick=False):
        assert client.get(address).status_code == 404


def test_key_that_is_read_in_the_database_opens_nothing(ada: User) -> None:
    client, thief = signed_in(), Client()
    (row,) = Session.objects.values_list()

    thief.cookies[settings.SESSION_COOKIE_NAME] = row[0]

    assert str(client.session.session_key) not in str(row)
    assert (is_in(client, NOW), is_in(thief, NOW)) == (True, False)


async def changed_asynchronously() -> list[str]:
    store = SessionStore()
    await store.aset("kept", 1)
    await store.asave()
    first = str(store.session_key)
    await store.acycle_key()
    return [first, str(store.session_key)]


async def known_asynchronously(key: str) -> tuple[bool, object]:
    store = SessionStore(key)
    return await store.aexists(key), await store.aget("kept")


def test_session_is_changed_and_ended_by_its_key() -> None:
    store = SessionStore()
    store["kept"] = 1
    store.save()
    first = str(store.session_key)

    store.cycle_key()
    second = str(store.session_key)

    known = [SessionStore().exists(key) for key in (first, second, stored_key(second))]
    assert known == [False, True, False]
    assert (dict(SessionStore(first).items()), SessionStore(second)["kept"]) == ({}, 1)
    SessionStore().delete()
    assert Session.objects.count() == 1
    SessionStore(second).flush()
    assert not Session.objects.exists()
    old, new = async_to_sync(changed_asynchronously)()
    assert Session.objects.get().session_key == stored_key(new)
    found = [async_to_sync(known_asynchronously)(key) for key in (old, new)]
    assert found == [(False, None), (True, 1)]
    async_to_sync(SessionStore(new).aflush)()
    assert not Session.objects.exists()


def test_session_from_before_they_were_encrypted_goes_on() -> None:
    """And nobody without the site's key reads one of now."""
    held = {"responses": {"one": "hash"}}
    before = SessionBase.encode(SessionStore(), held)
    now = SessionStore().encode(held)

    assert [SessionStore().decode(data) for data in (before, now)] == [held] * 2
    assert SessionBase.decode(SessionStore(), now) == {}
    assert len({SessionStore().encode(held) for _ in "12"}) == 2
