from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core import mail
from django.test import Client, RequestFactory, override_settings
from django.urls import reverse

from assessment.models import Counter, Response
from assessment.web.mailing import OF_DAY, OF_MINUTE, mail_counts
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


NOT_ORDINARY = (
    *("rosa at example", "rosa@example.org\nBcc: all@example.org", "rosa@example.org\r\n."),
    *("rosa@example.org, all@example.org", "rosa@example.org;all@example.org"),
    *("a@[127.0.0.1]", "a@[IPv6:::1]", "a@127.0.0.1", "a@10.0.0.10", "a@2130706433"),
    *('"rosa lee"@example.org', '"a@b"@example.org', "all%intra@example.org"),
    *("Rosa <rosa@example.org>", "a@localhost", "a@mail", "a@db.internal", "a@pc.local."),
    *("rosa@example..org", "@example.org", "rosa@", ".rosa@example.org", "-f@example.org"),
    *("rosa@stra\u00dfe.example", "rosa@\u2025example.org", "ros\u00e1@example.org"),
    *("r" * 65 + "@example.org", "rosa@" + "ö" * 64 + ".example"),
)


def test_only_ordinary_addresses_are_taken(rosa: Client, response: Response) -> None:
    answers = {address: send(rosa, response, address) for address in NOT_ORDINARY}

    sentence = b"write it like name@example.org"
    refused = [a for a, answer in answers.items() if sentence in answer.content]
    assert (refused, mail.outbox) == (list(NOT_ORDINARY), [])
    assert [form_data(answer)["address"] for answer in answers.values()] == list(NOT_ORDINARY)
    assert {answer.status_code for answer in answers.values()} == {422}


def test_address_that_is_missing_is_asked_for(rosa: Client, response: Response) -> None:
    assert b"write the address to send the link to" in send(rosa, response, "").content


@pytest.mark.parametrize(
    ("typed", "sent_to"),
    [
        (" Rosa.O'Brien+link@Example.org ", "Rosa.O'Brien+link@example.org"),
        ("rosa@bücher.example", "rosa@xn--bcher-kva.example"),
        ("rosa@пример.рф", "rosa@xn--e1afmkfd.xn--p1ai"),
    ],
)
def test_address_is_sent_to_as_typed_and_its_host_in_ascii(
    rosa: Client, response: Response, typed: str, sent_to: str
) -> None:
    assert send(rosa, response, typed).status_code == 302
    assert mail.outbox[0].recipients() == [sent_to]


def test_messages_are_limited_per_source_and_minute(rosa: Client, response: Response) -> None:
    answers = [send(rosa, response, "rosa@example.org") for _ in range(OF_MINUTE.most + 1)]

    assert [answer.status_code for answer in answers] == [302] * OF_MINUTE.most + [429]
    assert f"try again in {answers[-1]['Retry-After']} seconds" in answers[-1].content.decode()
    assert form_data(answers[-1])["address"] == "rosa@example.org"


@pytest.mark.parametrize("place", range(len(OF_DAY)))
def test_messages_are_limited_a_day_and_nobody_is_told_of_what(
    rosa: Client, response: Response, place: int
) -> None:
    """Of source, response, mailbox and site, in turn: the refusal is the same."""
    request = RequestFactory().post("/", REMOTE_ADDR="127.0.0.1")
    limit, whom = mail_counts(request, response, "rosa@example.org").limits[place + 1]
    for _ in range(limit.most):
        limit.seconds_to_wait(whom)

    answer = send(rosa, response, "Rosa+again@example.org")

    assert (answer.status_code, answer["Retry-After"], mail.outbox) == (429, "86400", [])
    assert "copy the link instead, or try again in 24 hours" in answer.content.decode()
    assert Counter.objects.filter(number__gt=0).count() == 1


def test_mail_server_that_is_away_is_said_and_the_address_not_logged(
    rosa: Client, response: Response, caplog: pytest.LogCaptureFixture
) -> None:
    with override_settings(EMAIL_BACKEND=BROKEN):
        answer = send(rosa, response, "rosa@example.org")

    assert answer.status_code == 503
    assert not Counter.objects.filter(number__gt=0).exists()
    assert "copy the link instead" in answer.content.decode()
    assert "ConnectionRefusedError" in caplog.text
    assert "rosa" not in caplog.text
