"""Guessing from many sources, mixed with 420 that have nothing to do with it.

Counters end with their time and never for want of room: who fills them with others opens nothing.
"""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from tests.factories import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.no_cover]
RIGHT, WRONG = "a long invented phrase", "w" * 32
GUESSES, FOREIGN = 60, 420
ONE = "192.0.2.66"
SEED = 14


def sign_in(browser: Client, name: str, password: str, source: str) -> int:
    form = {"login": name, "password": password}
    return browser.post(reverse("account_login"), form, REMOTE_ADDR=source).status_code


def open_link(source: str) -> int:
    return Client().get(reverse("return", args=[WRONG]), REMOTE_ADDR=source).status_code


def test_foreign_sources_push_no_counter_out_and_the_right_person_comes_in() -> None:
    User.objects.create_user("ada", password=RIGHT)
    known, new = Client(), Client()
    crowd = [("guess", number) for number in range(GUESSES)]
    crowd += [("foreign", number) for number in range(FOREIGN)]
    Random(SEED).shuffle(crowd)
    statuses: dict[str, list[int]] = {"guess": [], "foreign": [], "known": []}

    with time_machine.travel(NOW, tick=False):
        assert sign_in(known, "ada", RIGHT, "192.0.2.9") == 302
        links = [open_link(ONE) for _ in range(11)]
        for place, (kind, number) in enumerate(crowd):
            name, source = ("ada", f"203.0.113.{number}")
            if kind == "foreign":
                name, source = f"nobody{number}", f"198.51.{number // 250}.{number % 250}"
            if kind == "foreign" and number % 2:
                statuses[kind].append(open_link(source))
            else:
                statuses[kind].append(sign_in(Client(), name, f"wrong {number}", source))
            if place % 40 == 0:
                known.cookies.pop("session", None)
                statuses["known"].append(sign_in(known, "ada", RIGHT, "192.0.2.9"))

        assert links == [404] * 10 + [429]
        assert open_link(ONE) == 429
        assert sign_in(new, "ada", RIGHT, "192.0.2.10") == 429
    assert {kind: Counter(found) for kind, found in statuses.items()} == {
        "guess": {200: 10, 429: GUESSES - 10},
        "foreign": {200: FOREIGN // 2, 404: FOREIGN // 2},
        "known": {302: 12},
    }
