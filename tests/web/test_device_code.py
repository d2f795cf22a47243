"""A short code opens a response on a second device: once, within minutes, and is hard to guess."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from math import log2
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from assessment.actions.responses.device_code import ALPHABET, LENGTH, new_code
from assessment.actions.responses.reopen import reopen_response
from assessment.actions.responses.submit import submit_response
from assessment.models import DeviceCode, Response
from assessment.tasks import sweep
from assessment.web import cookies
from assessment.web.device_code import OF_HOUR, OF_MINUTE
from assessment.web.limits import WHOLE_SITE
from tests.factories import NOW, ResponseFactory, SeatFactory, answered
from tests.web.conftest import granted

pytestmark = pytest.mark.django_db
SECRET = "r" * 32
CODE = re.compile(r"<strong>([0-9A-Z]{4} [0-9A-Z]{4})</strong>")
MINUTE = timedelta(minutes=1)
WRONG = ALPHABET[:8]
OPENED = "opened on a second device with your code"


@pytest.fixture
def response(edition: object) -> Response:
    return ResponseFactory(secret=SECRET)


@pytest.fixture
def first(response: Response) -> Client:
    """The device that holds the link."""
    client = Client()
    client.get(reverse("return", args=[SECRET]))
    return client


def words(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def make_code(first: Client, response: Response) -> str:
    page = first.post(reverse("device", args=[response.uuid]), follow=True)
    found = CODE.search(page.content.decode())
    return found[1] if found else ""


def type_code(code: str, source: str = "192.0.2.1", device: Client | None = None) -> Any:
    return (device or Client()).post(reverse("code"), {"code": code}, REMOTE_ADDR=source)


def test_code_opens_the_response_and_its_link_on_a_second_device(
    first: Client, response: Response
) -> None:
    """No link where the first one holds none; what was submitted, and then its newest revision."""
    without, second, third = granted(Client(), response), Client(), Client()

    opened = type_code(make_code(first, response).lower().replace(" ", "-"), device=second)
    bare = type_code(make_code(without, response), device=third)

    tasks = reverse("tasks", args=[response.uuid])
    assert [answer["Location"] for answer in (opened, bare)] == [tasks] * 2
    assert [device.get(tasks).status_code for device in (second, third)] == [200] * 2
    assert SECRET in second.get(reverse("link", args=[response.uuid])).content.decode()
    assert cookies.LINK not in third.cookies
    submit_response(response=answered(response, TG2=2), now=NOW)
    submitted = second.get(type_code(make_code(first, response), device=second)["Location"])
    newest = reopen_response(response=response, reason="More is known.", now=NOW)
    reopened = type_code(make_code(first, response))
    assert "Your answers are submitted" in words(second.get(submitted["Location"]))
    assert reopened["Location"] == reverse("tasks", args=[newest.uuid])


def test_first_device_looks_again_until_its_code_was_used_and_is_told(
    first: Client, response: Response
) -> None:
    names = ("device", "link", "tasks")
    addresses = [reverse(name, args=[response.uuid]) for name in names]
    before, second = first.get(addresses[0]), Client()
    code = make_code(first, response)
    shown = first.get(addresses[0])
    type_code(code, device=second)
    after, elsewhere = ([device.get(one) for one in addresses] for device in (first, second))

    told = [[OPENED in words(page) for page in pages] for pages in (after, elsewhere)]
    assert told == [[True] * 3, [False] * 3]
    assert ["Refresh" in page for page in (before, shown, after[0])] == [False, True, False]
    assert re.search(r"within 15 minutes: until <time [^<]+ \(UTC\)</time>", words(shown))
    assert "http://testserver/code/" in words(shown)
    assert "Make another code" in words(after[0])


def test_used_over_replaced_ended_and_unknown_codes_answer_alike(
    first: Client, response: Response
) -> None:
    """A new link ends a code, and the first device is told of no use of it."""
    with time_machine.travel(NOW, tick=False) as clock:
        replaced, used = (make_code(first, response) for _ in range(2))
        type_code(used)
        closed = [type_code(used, "192.0.2.2"), type_code(replaced, "192.0.2.3")]
        over = make_code(first, response)
        clock.shift(15 * MINUTE)
        closed += [type_code(over, "192.0.2.4"), type_code(WRONG, "192.0.2.5")]
        ended = make_code(first, response)
        first.post(reverse("link", args=[response.uuid]))
        closed.append(type_code(ended, "192.0.2.6"))

    without_typed = [re.sub(r'value="[^"]*"', "", page.content.decode()) for page in closed]
    assert [page.status_code for page in closed] == [404] * 5
    assert without_typed == without_typed[:1] * 5
    assert "This code opens nothing" in words(closed[0])
    assert OPENED not in words(first.get(reverse("device", args=[response.uuid])))


def test_sixth_wrong_code_of_a_minute_waits_and_so_does_a_right_one(
    first: Client, response: Response
) -> None:
    """What can be no code is no try."""
    code = make_code(first, response)
    with time_machine.travel(NOW, tick=False) as clock:
        DeviceCode.objects.update(ends_at=NOW + 10 * MINUTE)
        misfits = [type_code(typed) for typed in ("ABC", "", "short", "O" * 8, "x" * 900) * 2]
        guesses = [type_code(WRONG) for _ in range(6)]
        right = type_code(code)
        elsewhere = type_code(WRONG, "192.0.2.2")
        clock.shift(MINUTE)
        later = type_code(code)

    assert [misfit.status_code for misfit in misfits] == [422] * 10
    assert "A code has 8 letters and digits" in words(misfits[0])
    assert [guess.status_code for guess in guesses] == [404] * 5 + [429]
    assert (right.status_code, right["Retry-After"]) == (429, "60")
    assert (elsewhere.status_code, later.status_code) == (404, 302)


@pytest.mark.no_cover
def test_hundred_wrong_codes_of_an_hour_are_all_that_many_sources_get(
    first: Client, response: Response
) -> None:
    """Right codes in between are no tries, and a refusal of the site counts nobody's own."""
    code = make_code(first, response)
    with time_machine.travel(NOW, tick=False):
        DeviceCode.objects.update(ends_at=NOW + 10 * MINUTE)
        statuses = [type_code(WRONG, f"198.51.100.{n}").status_code for n in range(102)]
        right = type_code(code, "203.0.113.1")
        OF_HOUR.give_back(WHOLE_SITE)
        OF_HOUR.give_back(WHOLE_SITE)
        OF_HOUR.give_back(WHOLE_SITE)
        OF_HOUR.give_back(WHOLE_SITE)
        again = type_code(code, "203.0.113.1")
        spent = OF_MINUTE.seconds_to_wait("203.0.113.1")

    assert statuses == [404] * 100 + [429] * 2
    assert (right.status_code, again.status_code, spent) == (429, 302, 0)
    assert "wait 60 minutes, or open your private link" in words(right)


def test_codes_carry_37_random_bits_in_letters_that_nobody_mistakes() -> None:
    codes = [new_code() for _ in range(300)]

    assert LENGTH * log2(len(ALPHABET)) > 37
    assert len(set(codes)) == 300
    assert set("".join(codes)) == set(ALPHABET)
    assert not set(ALPHABET) & set("0O1IL2Z5S8B")


def test_codes_are_stored_as_hashes_and_go(first: Client, response: Response) -> None:
    code = make_code(first, response).replace(" ", "")
    stored = str(list(DeviceCode.objects.values())) + str(dict(first.session))
    made = DeviceCode.objects.get().ends_at

    assert [one for one in (code, SECRET) if one in stored] == []
    sweep(now=made)
    assert not DeviceCode.objects.exists()
    type_code(make_code(first, response))
    assert DeviceCode.objects.get().hidden_link == ""
    sweep(now=made + timedelta(hours=23))
    assert DeviceCode.objects.exists()
    sweep(now=made + timedelta(hours=25))
    assert not DeviceCode.objects.exists()


def test_use_among_several_stores_the_day_alone() -> None:
    seat = SeatFactory(round__time_zone="America/Lima")
    first = granted(Client(), seat)
    with time_machine.travel(NOW, tick=False):
        type_code(make_code(first, seat))
        told = words(first.get(reverse("device", args=[seat.uuid])))
        used = DeviceCode.objects.get()
        sweep(now=NOW + timedelta(hours=23))

    midnight = datetime(2026, 11, 2, 5, tzinfo=UTC)
    assert (used.used_at, used.ends_at) == (midnight, midnight + timedelta(days=1))
    assert '<time datetime="2026-11-02">2 November 2026 (America/Lima)</time>' in told
    assert DeviceCode.objects.exists()
    sweep(now=midnight + timedelta(days=2))
    assert not DeviceCode.objects.exists()
