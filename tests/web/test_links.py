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


def test_link_opens_the_response_and_leaves_the_address(client: Client, response: Response) -> None:
    answer = client.get(reverse("return", args=[SECRET]))

    assert answer["Location"] == reverse("tasks", args=[response.uuid])
    assert client.get(answer["Location"]).status_code == 200
    assert answer.cookies[cookies.LINK]["httponly"] is True


def test_session_changes_when_a_link_is_opened(client: Client, response: Response) -> None:
    before = granted(client, ResponseFactory()).session.session_key

    client.get(reverse("return", args=[SECRET]))

    assert client.session.session_key != before
    assert len(client.session["responses"]) == 2


def test_pasted_link_opens_the_response(client: Client, response: Response) -> None:
    assert client.get(reverse("return_form")).status_code == 200

    for pasted in (SECRET, f" http://testserver/return/{SECRET}/ \n"):
        answer = Client().post(reverse("return_form"), {"link": pasted})

        assert answer["Location"] == reverse("tasks", args=[response.uuid])


def test_guessed_secret_opens_nothing(client: Client, response: Response) -> None:
    for guess in ("w" * 32, "short", "w" * 5000):
        answer = client.post(reverse("return_form"), {"link": guess})

        assert answer.status_code == 404
        assert "No assessment opens with this link" in answer.content.decode()
        assert "responses" not in client.session


def test_empty_form_asks_for_the_link_and_is_no_try(client: Client, edition: object) -> None:
    answers = [client.post(reverse("return_form"), {"link": " "}) for _ in range(40)]

    assert {answer.status_code for answer in answers} == {422}
    assert "Paste your private link, or the code at its end." in answers[0].content.decode()


def test_link_page_shows_the_link_this_device_holds(client: Client, response: Response) -> None:
    client.get(reverse("return", args=[SECRET]))

    page = client.get(reverse("link", args=[response.uuid])).content.decode()

    assert f"http://testserver/return/{SECRET}/" in page


def test_button_that_copies_is_there_with_its_script_only(
    client: Client, response: Response
) -> None:
    client.get(reverse("return", args=[SECRET]))

    html = page_of(client.get(reverse("link", args=[response.uuid])))
    buttons = [attrs for _, _, attrs in html.find("button") if "data-copy" in attrs]

    assert ["hidden" in attrs for attrs in buttons] == [True]


def test_link_page_without_the_secret_offers_a_new_one(holder: Client, response: Response) -> None:
    page = holder.get(reverse("link", args=[response.uuid])).content.decode()

    assert "does not hold the link any more" in page


def test_new_link_takes_the_place_of_the_old(holder: Client, response: Response) -> None:
    holder.post(reverse("link", args=[response.uuid]))
    page = holder.get(reverse("link", args=[response.uuid])).content.decode()
    new = re.search(r"http://testserver(/return/\S+/)<", page)

    assert Client().get(reverse("return", args=[SECRET])).status_code == 404
    assert new
    assert Client().get(new[1]).status_code == 302


def shown_link(page: Any) -> str:
    found = re.search(r"http://testserver/return/(\S+)/<", page.content.decode())
    return found[1] if found else ""


def test_second_press_for_a_new_link_leads_to_the_same_and_a_later_one_to_another(
    client: Client, response: Response
) -> None:
    """The second press comes when the first has ended the session that it was made in."""
    address = reverse("link", args=[response.uuid])
    links = []
    with time_machine.travel(NOW, tick=False) as clock:
        client.get(reverse("return", args=[SECRET]))
        form = {"key": form_data(client.get(address))["key"]}
        second = Client()
        second.cookies = SimpleCookie(client.cookies.output(header="", sep=";"))
        for browser, wait in ((client, 0), (second, 59), (client, 1)):
            clock.shift(wait)
            page = browser.post(address, form, follow=True)
            links.append((page.status_code, shown_link(page)))

    assert [status for status, _link in links] == [200] * 3
    assert [links[0] == links[1], links[1] == links[2]] == [True, False]
    assert [Client().get(reverse("return", args=[link])).status_code for _s, link in links] == [
        404,
        404,
        302,
    ]


def test_form_for_a_new_link_does_nothing_in_another_browser(
    client: Client, response: Response
) -> None:
    address = reverse("link", args=[response.uuid])
    client.get(reverse("return", args=[SECRET]))
    form = {"key": form_data(client.get(address))["key"]}
    client.post(address, form)
    thief = Client()
    thief.get(reverse("begin"))

    answer = thief.post(address, form)

    assert (answer.status_code, cookies.LINK in answer.cookies) == (404, False)
    assert client.get(address).status_code == 200


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


def test_new_link_ends_the_grants_of_other_devices(holder: Client, response: Response) -> None:
    other = granted(Client(), response)

    holder.post(reverse("link", args=[response.uuid]))

    assert holder.get(reverse("tasks", args=[response.uuid])).status_code == 200
    assert other.get(reverse("tasks", args=[response.uuid])).status_code == 404
    assert reverse("tasks", args=[response.uuid]) not in other.get("/").content.decode()


def test_leaving_ends_the_grant_on_this_device(client: Client, response: Response) -> None:
    """And on the server: who kept the cookie of the session opens nothing with it."""
    client.get(reverse("return", args=[SECRET]))
    kept = Client()
    kept.cookies["session"] = client.cookies["session"].value

    answer = client.post(reverse("leave"))

    assert answer["Clear-Site-Data"] == '"cookies", "storage"'
    assert answer.cookies[cookies.LINK].value == ""
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


def test_only_the_response_itself_is_sent_to_again(client: Client, response: Response) -> None:
    other = reverse("page", args=[ResponseFactory().uuid, "tg"])
    sent = urlencode({"TG2": "3", "TG2-revision": "0"})

    for target in ("https://elsewhere.example/", "/leave/", "/response/x/", other):
        form = {"link": SECRET, "next": target, "sent": sent}
        answer = Client().post(reverse("return_form"), form)

        assert answer["Location"] == reverse("tasks", args=[response.uuid])
        assert not Answer.objects.exists()


def test_session_keys_carry_165_random_bits(client: Client, response: Response) -> None:
    client.get(reverse("return", args=[SECRET]))

    assert re.fullmatch(r"[a-z0-9]{32}", client.session.session_key or "")


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
