from __future__ import annotations

import re
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from assessment.models import Answer, Response
from assessment.web import cookies
from tests.factories import NOW, ResponseFactory
from tests.web.conftest import granted
from tools.html_page import form_data, page_of

pytestmark = pytest.mark.django_db
SECRET = "r" * 32


@pytest.fixture
def response(edition: object) -> Response:
    return ResponseFactory(secret=SECRET)


def test_link_opens_the_response_in_a_new_session_and_leaves_the_address(
    client: Client, response: Response
) -> None:
    before = granted(client, ResponseFactory()).session.session_key

    answer = client.get(reverse("return", args=[SECRET]))
    key = client.session.session_key or ""

    assert answer["Location"] == reverse("tasks", args=[response.uuid])
    assert client.get(answer["Location"]).status_code == 200
    assert answer.cookies[cookies.LINK]["httponly"] is True
    assert key != before
    assert re.fullmatch(r"[a-z0-9]{32}", key), "165 random bits"
    assert len(client.session["responses"]) == 2


def shown_link(page: Any) -> str:
    found = re.search(r"http://testserver/return/(\S+)/<", page.content.decode())
    return found[1] if found else ""


def outcome(pasted: str) -> tuple[int, str, bool, str]:
    """Of a link pasted on a device of its own: where it leads, what it opens, what is wrong."""
    device = Client()
    answer = device.post(reverse("return_form"), {"link": pasted})
    page = page_of(answer)
    said = (page.texts[at] for at, _tag, attrs in page.find("a") if attrs["href"] == "#id_link")
    opened = "responses" in device.session
    return answer.status_code, answer.headers.get("Location", ""), opened, next(said, "")


def test_pasted_link_opens_the_response_and_what_is_none_is_said(response: Response) -> None:
    """An empty form is no try: so many would be too many."""
    empty = (422, "", False, "Paste your private link, or the code at its end.")
    sentence = "No assessment opens with this link. Copy the whole link and paste it again."
    wrong = (404, "", False, sentence)
    right = (302, reverse("tasks", args=[response.uuid]), True, "")
    whole = f" http://testserver/return/{SECRET}/ \n"
    outcomes = {"w" * 32: wrong, "short": wrong, "w" * 5000: wrong, SECRET: right, whole: right}

    assert [outcome(" ") for _ in range(11)] == [empty] * 11
    assert {pasted: outcome(pasted) for pasted in outcomes} == outcomes
    assert Client().get(reverse("return_form")).status_code == 200


def test_link_page_shows_the_link_this_device_holds_to_copy_and_as_a_picture(
    client: Client, response: Response
) -> None:
    """The button is there with its script only; who holds no link is offered a new one."""
    client.get(reverse("return", args=[SECRET]))

    shown, without = (
        one.get(reverse("link", args=[response.uuid]))
        for one in (client, granted(Client(), response))
    )

    copies = [a for _at, _tag, a in page_of(shown).find("button") if "data-copy" in a]
    pictures = [a["viewbox"] for _at, _tag, a in page_of(shown).find("svg") if a["class"] == "qr"]
    assert shown_link(shown) == SECRET
    assert ["hidden" in attrs for attrs in copies] == [True]
    assert [bool(re.fullmatch(r"0 0 \d+ \d+", drawn)) for drawn in pictures] == [True]
    assert shown_link(without) == ""
    assert "does not hold the link any more" in without.content.decode()


def test_new_link_takes_the_place_of_the_old_and_ends_the_grants_of_other_devices(
    holder: Client, response: Response
) -> None:
    other = granted(Client(), response)
    tasks = reverse("tasks", args=[response.uuid])

    page = holder.post(reverse("link", args=[response.uuid]), follow=True)

    links = (SECRET, shown_link(page))
    assert [Client().get(reverse("return", args=[one])).status_code for one in links] == [404, 302]
    assert [one.get(tasks).status_code for one in (holder, other)] == [200, 404]
    assert tasks not in other.get("/").content.decode()


def test_second_press_for_a_new_link_leads_to_the_same_and_a_later_one_to_another(
    client: Client, response: Response
) -> None:
    """The second press comes when the first has ended the session that it was made in; in another
    browser the form does nothing."""
    address = reverse("link", args=[response.uuid])
    thief = Client()
    thief.get(reverse("begin"))
    links, stolen = [], []
    with time_machine.travel(NOW, tick=False) as clock:
        client.get(reverse("return", args=[SECRET]))
        form = {"key": form_data(client.get(address))["key"]}
        second = Client()
        second.cookies = SimpleCookie(client.cookies.output(header="", sep=";"))
        for browser, wait in ((client, 0), (second, 59), (client, 1)):
            clock.shift(wait)
            page = browser.post(address, form, follow=True)
            links.append((page.status_code, shown_link(page)))
            stolen.append(thief.post(address, form))

    assert [(one.status_code, cookies.LINK in one.cookies) for one in stolen] == [(404, False)] * 3
    assert [status for status, _link in links] == [200] * 3
    assert [links[0] == links[1], links[1] == links[2]] == [True, False]
    assert [Client().get(reverse("return", args=[link])).status_code for _s, link in links] == [
        404,
        404,
        302,
    ]


def test_new_link_on_the_page_of_an_older_revision_is_that_of_the_newest(
    client: Client, submitted: Response
) -> None:
    granted(client, submitted)
    reopen = reverse("reopen", args=[submitted.uuid])
    client.post(reopen, {"reason": "A figure was wrong."})
    newest = Response.objects.get(supersedes=submitted)

    answer = client.post(reverse("link", args=[submitted.uuid]))

    assert answer["Location"] == reverse("link", args=[newest.uuid])
    assert Client().get(reverse("return", args=[shown_link(client.get(answer["Location"]))]))[
        "Location"
    ] == reverse("tasks", args=[newest.uuid])


def test_leaving_ends_the_grant_on_this_device(client: Client, response: Response) -> None:
    """And on the server: who kept the cookie of the session opens nothing with it."""
    client.get(reverse("return", args=[SECRET]))
    kept = Client()
    kept.cookies["session"] = client.cookies["session"].value

    answer = client.post(reverse("leave"))

    assert answer["Clear-Site-Data"] == '"cookies", "storage"'
    gone = (cookies.LINK, cookies.DRAFT, cookies.DEVICE_CODE)
    assert [answer.cookies[name].value for name in gone] == [""] * 3
    tasks = reverse("tasks", args=[response.uuid])
    assert [one.get(tasks).status_code for one in (client, kept)] == [404, 404]
    landed = client.get(answer["Location"])
    assert "data-left-device" in landed.content.decode()
    assert landed.cookies[cookies.LEFT].value == ""
    by_address_alone = client.get(answer["Location"]).content.decode()
    assert "You have left" in by_address_alone
    assert "data-left-device" not in by_address_alone


def test_text_sent_after_the_grant_ended_is_saved_once_the_link_is_pasted(
    client: Client, response: Response
) -> None:
    typed = {"TG2": "3", "TG2-note": "The list of 2024", "TG2-revision": "0"}
    refused = client.post(reverse("page", args=[response.uuid, "tg"]), typed)
    assert refused.status_code == 404
    assert "The list of 2024" in refused.content.decode()

    wrong = client.post(reverse("return_form"), form_data(refused) | {"link": "w" * 32})
    saved = client.post(reverse("return_form"), form_data(wrong) | {"link": SECRET})

    assert saved["Location"] == reverse("page", args=[response.uuid, "bi"])
    assert cookies.LINK in saved.cookies
    stored = Answer.objects.get(response=response, code="TG2")
    assert (stored.value, stored.note) == (3, "The list of 2024")


def test_only_the_response_itself_is_sent_to_again(response: Response) -> None:
    other = reverse("page", args=[ResponseFactory().uuid, "tg"])
    sent = {"link": SECRET, "sent": urlencode({"TG2": "3", "TG2-revision": "0"})}
    targets = ("https://elsewhere.example/", "/leave/", "/response/x/", other)

    led = {to: Client().post(reverse("return_form"), sent | {"next": to}) for to in targets}

    tasks = reverse("tasks", args=[response.uuid])
    assert {to: answer["Location"] for to, answer in led.items()} == dict.fromkeys(targets, tasks)
    assert not Answer.objects.exists()


def test_links_carry_192_random_bits(client: Client, edition: object) -> None:
    client.post(reverse("begin"), form_data(client.get(reverse("begin"))))

    secret = client.cookies[cookies.LINK].value

    assert re.fullmatch(r"[A-Za-z0-9_-]{32}", secret)
    assert secret not in str(list(Response.objects.values()))


def test_privacy_notice_tells_how_long_the_cookies_last(client: Client, settings: Settings) -> None:
    settings.SESSION_COOKIE_AGE = 3 * 86_400

    assert "by themselves after 3 days." in " ".join(
        client.get(reverse("privacy")).content.decode().split()
    )
