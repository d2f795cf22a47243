"""A site below a path of its host, with the settings that ARTICULA_PATH makes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core import mail
from django.template import autoreload
from django.test import Client, override_settings
from django.test.utils import override_script_prefix
from django.urls import reverse

from assessment.models import Edition
from assessment.web import cookies
from tests.factories import ResponseFactory
from tests.read_settings import read_settings
from tools.html_page import form_data

CHANGED = (
    "BELOW",
    "FORCE_SCRIPT_NAME",
    "STATIC_URL",
    "SESSION_COOKIE_PATH",
    "CSRF_COOKIE_PATH",
    "SECURE_REDIRECT_EXEMPT",
)
SECRET = "r" * 32
HREF = re.compile(r'(?:href|src|action)="(/[^"]*)"')

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def below(tmp_path: Path) -> Iterator[None]:
    made = read_settings(tmp_path, ARTICULA_PATH="/articula/")
    changed = override_settings(**{name: made[name] for name in CHANGED})
    forget_templates()
    with changed, override_script_prefix("/articula/"):
        yield
    forget_templates()


def forget_templates() -> None:
    """They keep the addresses of header and footer, which never change within one site."""
    autoreload.reset_loaders()


@pytest.mark.usefixtures("edition")
def test_every_address_of_a_page_stays_below(client: Client) -> None:
    for start in ("/articula/", "/articula/help/", "/articula/account/sign-in/"):
        addresses = HREF.findall(client.get(start).content.decode())

        assert addresses
        assert [found for found in addresses if not found.startswith("/articula/")] == []


def test_start_leads_on_below_and_its_cookies_stay_there(client: Client, edition: Edition) -> None:
    answered = client.get("/articula/?lang=en")

    assert answered["Location"] == "/articula/"
    assert {cookie["path"] for cookie in client.cookies.values()} == {"/articula/"}


def test_private_link_opens_below_and_is_left_there(client: Client, edition: Edition) -> None:
    tasks = reverse("tasks", args=[ResponseFactory(secret=SECRET).uuid])
    pasted = f"http://testserver/articula/return/{SECRET}/"

    answered = client.post("/articula/return/", {"link": pasted})
    kept = {cookie["path"] for cookie in answered.cookies.values()}
    left = client.post("/articula/leave/", {"leave": "1"})

    assert (answered["Location"], kept) == (tasks, {"/articula/"})
    assert tasks.startswith("/articula/response/")
    assert left.cookies[cookies.LINK]["path"] == "/articula/"


@override_settings(EMAIL_HOST="mail.example.org")
def test_link_in_a_message_stands_below(client: Client, edition: Edition) -> None:
    response = ResponseFactory(secret=SECRET)
    client.get(f"/articula/return/{SECRET}/")
    page = reverse("mail", args=[response.uuid])

    client.post(page, form_data(client.get(page)) | {"address": "rosa@example.org"})

    assert f"http://testserver/articula/return/{SECRET}/" in mail.outbox[0].body


def test_administration_sends_to_its_own_sign_in(client: Client) -> None:
    answered = client.get("/articula/admin/")

    assert answered["Location"] == "/articula/admin/login/?next=/articula/admin/"


def test_address_without_its_end_is_completed_below(client: Client) -> None:
    assert client.get("/articula/help")["Location"] == "/articula/help/"


@override_settings(SECURE_SSL_REDIRECT=True)
def test_health_is_not_redirected_below(client: Client) -> None:
    assert client.get("/articula/healthz").status_code == 200
    assert client.get("/articula/help/")["Location"] == "https://testserver/articula/help/"
