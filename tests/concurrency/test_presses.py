"""A form that is sent twice at once, by one browser: one outcome, and every press stays alive."""

from __future__ import annotations

import re
from http.cookies import SimpleCookie
from typing import TYPE_CHECKING

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from assessment.actions.accounts.delete_accounts import LastSuperuser, delete_accounts
from assessment.actions.responses.device_code import ALPHABET
from assessment.actions.responses.share_brief import MOST_OPEN
from assessment.models import Counter, Response, SharedBrief
from assessment.web import cookies
from assessment.web.accounts.tries import PASSWORDS
from tests.actions.respondent_steps import submitted
from tests.admin.form_data import admin_form_data
from tests.concurrency.test_parallel import at_once
from tools.html_page import form_data

if TYPE_CHECKING:
    from assessment.models import Edition

PRESSES = 6
JOINED = {"date_joined_0": "2026-11-22", "date_joined_1": "09:00:00"}
LEFT_OUT = ("date_joined", "last_login", "is_superuser")
BEGIN = reverse("begin")
CODE = reverse("code")


@pytest.fixture
def anna(edition: Edition) -> Client:
    """On the device with which she began."""
    client = Client()
    client.post(BEGIN, form_data(client.get(BEGIN)))
    return client


def same_browser(client: Client) -> Client:
    """What the browser sends with a press, whatever the presses before it were answered."""
    other = Client()
    other.cookies = SimpleCookie(client.cookies.output(header="", sep=";"))
    return other


def press(client: Client, address: str, form: dict[str, str]) -> list[Client]:
    """The browser as each press leaves it, all of them made at the same moment."""
    browsers = [same_browser(client) for _ in range(PRESSES)]
    at_once(*[lambda one=one: one.post(address, form) for one in browsers])
    return browsers


def alive(browsers: list[Client], response: Response) -> set[tuple[int, int]]:
    """Whether each still opens the response, and the link it was given opens it elsewhere."""
    tasks = reverse("tasks", args=[response.uuid])
    links = [reverse("return", args=[b.cookies[cookies.LINK].value]) for b in browsers]
    return {
        (browser.get(tasks).status_code, Client().get(link).status_code)
        for browser, link in zip(browsers, links, strict=True)
    }


def link_form(client: Client, address: str) -> dict[str, str]:
    """What the button for a new link sends."""
    page = client.get(address).content.decode()
    return {"key": re.search(r'name="key" value="([^"]{32})"', page)[1]}  # type: ignore[index]


def test_presses_at_once_make_one_thing_that_all_of_them_open(edition: Edition) -> None:
    """A response, a new link of it, and a revision: also for the press that comes when the first
    is answered already."""
    client = Client()
    browsers = press(client, BEGIN, form_data(client.get(BEGIN)))
    response = Response.objects.get()
    assert alive(browsers, response) == {(200, 302)}

    link = reverse("link", args=[response.uuid])
    browsers = press(browsers[0], link, link_form(browsers[0], link))
    assert alive(browsers, response) == {(200, 302)}
    assert len({browser.cookies[cookies.LINK].value for browser in browsers}) == 1

    submitted(response)
    again, late = reverse("reopen", args=[response.uuid]), same_browser(browsers[0])
    form = form_data(late.get(again)) | {"reason": "A figure was wrong."}
    browsers = press(late, again, form)
    revision = Response.objects.get(supersedes=response)
    assert alive(browsers, revision) == {(200, 302)}
    to_it, of_first = (one.post(again, form).headers["Location"] for one in (late, browsers[0]))
    assert to_it == of_first
    assert alive([late], revision) == {(200, 302)}


def test_of_renewals_on_several_devices_at_once_one_holds_and_the_others_are_told(
    anna: Client,
) -> None:
    response = Response.objects.get()
    address = reverse("link", args=[response.uuid])
    secret = anna.cookies[cookies.LINK].value
    devices = [anna, *[Client() for _ in range(PRESSES - 1)]]
    for device in devices[1:]:
        device.get(reverse("return", args=[secret]))
    forms = [link_form(device, address) for device in devices]

    answers = at_once(
        *[
            lambda one=one, form=form: one.post(address, form).status_code
            for one, form in zip(devices, forms, strict=True)
        ]
    )

    assert sorted(answers) == [302, *[404] * (PRESSES - 1)]
    holder = devices[answers.index(302)]
    assert alive([holder], response) == {(200, 302)}
    tasks = reverse("tasks", args=[response.uuid])
    assert {device.get(tasks).status_code for device in devices if device is not holder} == {404}


def test_wrong_guesses_at_once_are_no_more_than_one_by_one(edition: Edition) -> None:
    User.objects.create_superuser("ada", password="right")
    address, form = reverse("account_login"), {"login": "ada", "password": "wrong"}
    tries = PASSWORDS.of_account.most + PRESSES

    passwords = at_once(
        *[
            lambda n=n: Client().post(address, form, REMOTE_ADDR=f"192.0.2.{n}").status_code
            for n in range(tries)
        ]
    )
    assert sorted(passwords) == [200] * PASSWORDS.of_account.most + [429] * PRESSES
    assert Counter.objects.filter(number=tries).count() == 1

    wrong = {"code": ALPHABET[:8]}
    codes = at_once(*[lambda: Client().post(CODE, wrong).status_code for _ in range(12)])
    assert sorted(codes) == [404] * 5 + [429] * 7


def test_of_two_last_superusers_who_go_at_once_one_stays(edition: Edition) -> None:
    """Who are deleted, or step down on their own page."""
    outcomes = at_once(*[lambda one=one: delete_accounts(users=[one]) for one in superusers()])
    assert outcomes.count(LastSuperuser) == 1
    assert User.objects.get().delete()[0] > 0

    users = superusers()
    clients = [Client() for _ in users]
    forms = []
    for client, user in zip(clients, users, strict=True):
        client.force_login(user)
        form = admin_form_data(client, own_page(user)) | JOINED
        forms.append({k: v for k, v in form.items() if k not in LEFT_OUT})
    answers = at_once(
        *[
            lambda client=client, user=user, form=form: client.post(own_page(user), form)
            for client, user, form in zip(clients, users, forms, strict=True)
        ]
    )
    assert sorted(answer.status_code for answer in answers) == [200, 302]
    assert User.objects.filter(is_superuser=True).count() == 1


def superusers() -> list[User]:
    return [User.objects.create_superuser(name) for name in ("ada", "maria")]


def own_page(user: User) -> str:
    return reverse("admin:auth_user_change", args=[user.pk])


def test_codes_made_at_once_leave_one_that_lets_one_device_in(anna: Client) -> None:
    device = reverse("device", args=[Response.objects.get().uuid])

    made = [one.cookies[cookies.DEVICE_CODE].value for one in press(anna, device, {})]
    of_each = [try_code(code, number) for number, code in enumerate(made)]
    anna.post(device)
    code = anna.cookies[cookies.DEVICE_CODE].value
    of_one = at_once(*[lambda n=n: try_code(code, PRESSES + n) for n in range(PRESSES)])

    assert (sorted(of_each), sorted(of_one)) == ([302, *[404] * (PRESSES - 1)],) * 2


def try_code(code: str, number: int) -> int:
    """On a device of its own, from a source of its own."""
    return Client(REMOTE_ADDR=f"192.0.2.{number}").post(CODE, {"code": code}).status_code


def test_links_to_read_made_at_once_are_no_more_than_may_be_open(anna: Client) -> None:
    response = Response.objects.get()
    submitted(response)
    address = reverse("share", args=[response.uuid])
    for _ in range(MOST_OPEN - 2):
        anna.post(address, {})

    press(anna, address, {})

    assert SharedBrief.objects.count() == MOST_OPEN
