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
    starts = ("/articula/", "/articula/help/", "/articula/account/sign-in/")

    found = {start: HREF.findall(client.get(start).content.decode()) for start in starts}

    assert {start: {one[:10] for one in addresses} for start, addresses in found.items()} == (
        {start: {"/articula/"} for start in starts}
    )


def test_redirects_and_cookies_stay_below(client: Client, edition: Edition) -> None:
    """A choice of language, an address without its end, the administration's own sign-in; and
    to TLS, where only the health is told without it."""
    leads = {
        "/articula/?lang=en": "/articula/",
        "/articula/help": "/articula/help/",
        "/articula/admin/": "/articula/admin/login/?next=/articula/admin/",
    }
    to_tls = {
        "/articula/healthz": (200, None),
        "/articula/help/": (301, "https://testserver/articula/help/"),
    }

    assert {address: client.get(address)["Location"] for address in leads} == leads
    assert {cookie["path"] for cookie in client.cookies.values()} == {"/articula/"}
    with override_settings(SECURE_SSL_REDIRECT=True):
        told = {address: Client().get(address) for address in to_tls}
    assert {
        address: (answer.status_code, answer.headers.get("Location"))
        for address, answer in told.items()
    } == to_tls


@override_settings(EMAIL_HOST="mail.example.org")
def test_private_link_is_opened_mailed_and_left_below(client: Client, edition: Edition) -> None:
    response = ResponseFactory(secret=SECRET)
    tasks, page = (reverse(name, args=[response.uuid]) for name in ("tasks", "mail"))
    pasted = f"http://testserver/articula/return/{SECRET}/"

    opened = Client().get(f"/articula/return/{SECRET}/")
    answered = client.post("/articula/return/", {"link": pasted})
    kept = {cookie["path"] for cookie in answered.cookies.values()}
    client.post(page, form_data(client.get(page)) | {"address": "rosa@example.org"})
    left = client.post("/articula/leave/", {"leave": "1"})

    assert tasks.startswith("/articula/response/")
    assert (opened["Location"], answered["Location"], kept) == (tasks, tasks, {"/articula/"})
    assert pasted in mail.outbox[0].body
    assert left.cookies[cookies.LINK]["path"] == "/articula/"
