from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core import mail
from django.test import Client, override_settings
from django.urls import reverse

from assessment.models import Response
from assessment.web.limits import LINK_MAILS
from tests.factories import ResponseFactory
from tools.html_page import form_data

pytestmark = pytest.mark.django_db
SECRET = "r" * 32
BROKEN = "tests.web.test_mailing.NoServer"


class NoServer:
    """A mail server that cannot be reached."""

    def __init__(self, **_options: object) -> None:
        pass

    def send_messages(self, _messages: object) -> int:
        raise ConnectionRefusedError


@pytest.fixture(autouse=True)
def mail_server() -> Iterator[None]:
    with override_settings(EMAIL_HOST="mail.example.org", ARTICULA_CONTACT="the help desk"):
        yield


@pytest.fixture
def response(edition: object) -> Response:
    return ResponseFactory(secret=SECRET)


@pytest.fixture
def rosa(client: Client, response: Response) -> Client:
    """On the device that holds the link."""
    client.get(reverse("return", args=[SECRET]))
    return client


def send(client: Client, response: Response, address: str) -> Any:
    page = reverse("mail", args=[response.uuid])
    return client.post(page, form_data(client.get(page)) | {"address": address})


def test_link_is_sent_to_the_address_and_opens_the_response(
    rosa: Client, response: Response
) -> None:
    answer = send(rosa, response, "rosa@example.org")

    assert "on its way" in rosa.get(answer["Location"]).content.decode()
    assert mail.outbox[0].to == ["rosa@example.org"]
    assert f"http://testserver/return/{SECRET}/" in mail.outbox[0].body
    assert "the help desk" in mail.outbox[0].body


def test_link_page_offers_it_where_a_mail_server_is_named(rosa: Client, response: Response) -> None:
    page = reverse("link", args=[response.uuid])
    offered = reverse("mail", args=[response.uuid]) in rosa.get(page).content.decode()

    with override_settings(EMAIL_HOST=""):
        without = reverse("mail", args=[response.uuid]) in rosa.get(page).content.decode()

    assert (offered, without) == (True, False)


def test_without_a_mail_server_the_page_leads_back(rosa: Client, response: Response) -> None:
    with override_settings(EMAIL_HOST=""):
        answer = rosa.get(reverse("mail", args=[response.uuid]))

    assert answer["Location"] == reverse("link", args=[response.uuid])


def test_device_without_the_link_has_none_to_send(holder: Client, response: Response) -> None:
    answer = holder.post(reverse("mail", args=[response.uuid]), {"address": "rosa@example.org"})

    assert answer["Location"] == reverse("link", args=[response.uuid])
    assert mail.outbox == []


def test_wrong_address_is_said_and_kept(rosa: Client, response: Response) -> None:
    table: list[tuple[str, str]] = [
        ("", "write the address to send the link to"),
        ("rosa at example", "write it like name@example.org"),
        ("rosa@example.org\nBcc: all@example.org", "write it like name@example.org"),
        ("rosa@example.org, all@example.org", "write it like name@example.org"),
    ]

    for address, sentence in table:
        answer = send(rosa, response, address)
        page = answer.content.decode()

        assert (answer.status_code, mail.outbox) == (422, [])
        assert sentence in page
        assert address.partition("\n")[0] in page


def test_messages_are_limited_per_source(rosa: Client, response: Response) -> None:
    statuses = [
        send(rosa, response, "rosa@example.org").status_code for _ in range(LINK_MAILS.most + 1)
    ]

    assert statuses == [302] * LINK_MAILS.most + [429]


def test_mail_server_that_is_away_is_said_and_the_address_not_logged(
    rosa: Client, response: Response, caplog: pytest.LogCaptureFixture
) -> None:
    with override_settings(EMAIL_BACKEND=BROKEN):
        answer = send(rosa, response, "rosa@example.org")

    assert answer.status_code == 503
    assert "copy the link instead" in answer.content.decode()
    assert "ConnectionRefusedError" in caplog.text
    assert "rosa" not in caplog.text
