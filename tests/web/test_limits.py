from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client, RequestFactory
from django.urls import reverse

from assessment.models import Response
from assessment.web.limits import ADMIN_LOGINS, RETURN_LINKS, STARTS, source
from tests.factories import ResponseFactory
from tools.html_page import form_data

pytestmark = pytest.mark.django_db
WRONG = "w" * 32


def test_source_is_an_address_or_a_network() -> None:
    table: list[tuple[str, str]] = [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("not an address", "unknown"),
    ]

    assert [
        (address, source(RequestFactory().get("/", REMOTE_ADDR=address))) for address, _ in table
    ] == table


def test_wrong_links_are_limited_per_source(client: Client) -> None:
    statuses = [
        client.get(reverse("return", args=[WRONG])).status_code
        for _ in range(RETURN_LINKS.most + 1)
    ]

    assert statuses == [404] * RETURN_LINKS.most + [429]


def test_pasted_links_count_to_the_same_limit(client: Client) -> None:
    for _ in range(RETURN_LINKS.most):
        client.post(reverse("return_form"), {"link": WRONG})

    answer = client.post(reverse("return_form"), {"link": WRONG})

    assert answer.status_code == 429
    assert answer["Retry-After"] == "60"


def test_other_sources_are_not_locked_out(client: Client) -> None:
    ResponseFactory(secret="r" * 32)
    for _ in range(RETURN_LINKS.most + 1):
        client.get(reverse("return", args=[WRONG]))

    answer = client.get(reverse("return", args=["r" * 32]), REMOTE_ADDR="192.0.2.9")

    assert answer.status_code == 302


def test_admin_logins_are_limited_per_source(client: Client) -> None:
    User.objects.create_superuser("ada", password="right")
    form = {"username": "ada", "password": "wrong"}
    statuses = [
        client.post(reverse("admin:login"), form).status_code for _ in range(ADMIN_LOGINS.most + 1)
    ]

    elsewhere = client.post(
        reverse("admin:login"), form | {"password": "right"}, REMOTE_ADDR="192.0.2.9"
    )

    assert statuses == [200] * ADMIN_LOGINS.most + [429]
    assert elsewhere.status_code == 302


def test_sign_ins_are_logged_without_names(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    ada = User.objects.create_superuser("ada", password="right")
    caplog.set_level("INFO", "assessment.web.limits")
    for password in ("wrong", "right"):
        client.post(reverse("admin:login"), {"username": "ada", "password": password})

    told = [record.getMessage() for record in caplog.records if "limits" in record.name]
    assert told == ["a sign-in was refused", f"account {ada.pk} signed in"]


def test_admin_login_page_is_shown(client: Client) -> None:
    assert client.get(reverse("admin:login")).status_code == 200


def test_starts_are_limited_per_source_and_nothing_typed_is_lost(
    client: Client, edition: object
) -> None:
    request = RequestFactory().post(reverse("begin"), REMOTE_ADDR="127.0.0.1")
    for _ in range(STARTS.most):
        STARTS.count(request)
    form = form_data(client.get(reverse("begin"))) | {"name": "Hills scheme"}

    answer = client.post(reverse("begin"), form)

    assert (answer.status_code, Response.objects.count()) == (429, 0)
    assert "Many people begin at this moment" in answer.content.decode()
    assert "Hills scheme" in answer.content.decode()
