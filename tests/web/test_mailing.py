from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core import mail
from django.test import Client, RequestFactory, override_settings
from django.urls import reverse

from assessment.models import Counter, Response
from assessment.web.limits import Limit
from assessment.web.mailing import OF_DAY, OF_MINUTE, mail_counts
from tests.factories import ResponseFactory
from tests.web.conftest import granted
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


def test_link_is_sent_to_the_address_some_times_a_minute_and_opens_the_response(
    rosa: Client, response: Response
) -> None:
    answers = [send(rosa, response, "rosa@example.org") for _ in range(OF_MINUTE.most + 1)]

    assert "on its way" in rosa.get(answers[0]["Location"]).content.decode()
    assert [one.to for one in mail.outbox] == [["rosa@example.org"]] * OF_MINUTE.most
    body = mail.outbox[0].body
    assert f"http://testserver/return/{SECRET}/" in body
    assert "the help desk" in body
    assert [answer.status_code for answer in answers] == [302] * OF_MINUTE.most + [429]
    assert f"try again in {answers[-1]['Retry-After']} seconds" in answers[-1].content.decode()
    assert form_data(answers[-1])["address"] == "rosa@example.org"


def test_it_is_offered_where_a_mail_server_is_named_to_a_device_that_has_the_link(
    rosa: Client, response: Response
) -> None:
    """Else its page leads back."""
    page, mail_page = (reverse(name, args=[response.uuid]) for name in ("link", "mail"))
    offered = mail_page in rosa.get(page).content.decode()
    other = granted(Client(), response)

    back = [other.post(mail_page, {"address": "rosa@example.org"})["Location"]]
    with override_settings(EMAIL_HOST=""):
        without = mail_page in rosa.get(page).content.decode()
        back.append(rosa.get(mail_page)["Location"])

    assert (offered, without, back, mail.outbox) == (True, False, [page, page], [])


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
    """And sent to as they were typed, with their host in ASCII."""
    ordinary = {
        " Rosa.O'Brien+link@Example.org ": "Rosa.O'Brien+link@example.org",
        "rosa@bücher.example": "rosa@xn--bcher-kva.example",
        "rosa@пример.рф": "rosa@xn--e1afmkfd.xn--p1ai",
    }
    sentences = dict.fromkeys(NOT_ORDINARY, b"write it like name@example.org")
    sentences[""] = b"write the address to send the link to"

    def outcome(typed: str) -> tuple[int, bool, str]:
        answer = send(rosa, response, typed)
        said = sentences[typed] in answer.content
        return answer.status_code, said, form_data(answer)["address"]

    assert {typed: outcome(typed) for typed in sentences} == {
        typed: (422, True, typed) for typed in sentences
    }
    assert mail.outbox == []
    assert [send(rosa, response, typed).status_code for typed in ordinary] == [302] * 3
    assert [one.recipients() for one in mail.outbox] == [[to] for to in ordinary.values()]


def test_messages_are_limited_a_day_and_nobody_is_told_of_what(
    rosa: Client, response: Response
) -> None:
    """Of source, response, mailbox and site, in turn: the refusal is the same."""
    request = RequestFactory().post("/", REMOTE_ADDR="127.0.0.1")
    _of_minute, *of_day = mail_counts(request, response, "rosa@example.org").limits

    def outcome(limit: Limit, whom: str) -> tuple[int, str, bool, int]:
        for _ in range(limit.most):
            limit.seconds_to_wait(whom)
        answer = send(rosa, response, "Rosa+again@example.org")
        sentence = "copy the link instead, or try again in 24 hours"
        counted = Counter.objects.filter(number__gt=0).count()
        Counter.objects.all().delete()
        return (
            *(answer.status_code, answer["Retry-After"]),
            *(sentence in answer.content.decode(), counted),
        )

    assert {limit: outcome(limit, whom) for limit, whom in of_day} == dict.fromkeys(
        OF_DAY, (429, "86400", True, 1)
    )
    assert mail.outbox == []


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
