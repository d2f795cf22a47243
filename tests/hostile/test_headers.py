"""What every address of policy.py and of the admin answers with, whoever asks."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.contrib.auth.models import User
from django.test import Client

from assessment.actions.responses.submit import submit_response
from assessment.models import Edition, Membership
from tests.factories import NOW, ResponseFactory, answered
from tests.short_form import WHOLE
from tests.web.conftest import granted
from tools.hostile.addresses import Address, admin_addresses, site_addresses
from tools.html_page import form_data
from tools.server import bring_database
from tools.soak.hostile_members import Members

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

ROOT = Path(__file__).resolve().parents[2]
EXPECTED = {
    "Content-Security-Policy": (
        "base-uri 'none'; default-src 'self'; form-action 'self'; frame-ancestors 'none'; "
        "img-src 'self' data:; object-src 'none'"
    ),
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
}
SECRET_IN_ADDRESS = {"Referrer-Policy": "strict-origin"}
NOT_FOUND = (
    *("/.git/config", "/.gitignore", "/.env", "/manage.py", "/static/", "/seeds/"),
    *("/static/../assessment/settings.py", "/var/articula.sqlite3", "/debug", "/server-status"),
)
BEGINNINGS = {
    "application/json": b"{",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": b"pk",
    "application/zip": b"pk",
    "text/html; charset=utf-8": b"<!doctype html>",
    'text/javascript; charset="utf-8"': b"'use strict'",
    "text/plain; charset=utf-8": b"ok",
}
"""The kinds that we serve at once, and how what is of that kind begins, in small letters."""
OTHER_METHODS = ("TRACE", "OPTIONS", "PUT", "DELETE", "CONNECT", "INVENTED")
FOR_ANYBODY = {"healthz", "language"}
"""Every other page may show what the device holds, or who is signed in."""


@pytest.fixture
def addresses(edition: Edition, client: Client) -> list[Address]:
    """The client holds both responses, an organisation, and may use the administration."""
    closed = answered(ResponseFactory(), TG2=2)
    submit_response(response=closed, now=NOW)
    ada, members = User.objects.create_superuser("ada"), Members(edition)
    Membership.objects.create(organisation=members.here, user=ada, duty="owner", since=NOW.date())
    client.force_login(ada)
    granted(client, still_open := ResponseFactory(), closed)
    everything = site_addresses(still_open.uuid, closed.uuid, members.secrets) + admin_addresses()
    others = [address for address in everything if address.name != "admin:logout"]
    return others if WHOLE else first_and_last(others)


def first_and_last(addresses: list[Address]) -> list[Address]:
    """Of each name: with the open response, and with the closed one or what is not there."""
    named: dict[str, list[Address]] = {}
    for address in addresses:
        named.setdefault(address.name, []).append(address)
    ends = ((same[0], same[-1]) for same in named.values())
    return list({address.path: address for pair in ends for address in pair}.values())


@pytest.mark.no_cover
def test_every_address_has_its_headers_and_kind_and_refuses_other_methods(
    addresses: list[Address], client: Client
) -> None:
    """What is of one person is kept by nobody on the way; no page uses TRACE and its like, in the
    administration neither."""
    answers = [(address, client.get(address.path)) for address in addresses]

    assert [one.path for one, answer in answers if other_headers(answer, one.name)] == []
    assert [address.path for address, answer in answers if not is_of_its_kind(answer)] == []
    assert {answer.headers["Content-Type"] for _, answer in answers} == set(BEGINNINGS)
    personal = [(address, answer) for address, answer in answers if address.name not in FOR_ANYBODY]
    assert [address.path for address, answer in personal if not kept_from_stores(answer)] == []
    others = [(name, address.path) for address in addresses for name in OTHER_METHODS]
    assert [one for one in others if client.generic(*one).status_code != 405] == []


def other_headers(answer: Answer, name: str) -> dict[str, str | None]:
    """Those that are not as they have to be; addresses with a secret in them are told to nobody."""
    expected = EXPECTED | (SECRET_IN_ADDRESS if name in {"shared", "shared_pdf"} else {})
    policy = answer.headers.get("Content-Security-Policy", "")
    found = {name: answer.headers.get(name) for name in EXPECTED}
    found["Content-Security-Policy"] = "; ".join(sorted(policy.split("; ")))
    wrong = {name: value for name, value in found.items() if value != expected[name]}
    if "Permissions-Policy" not in answer.headers:
        wrong["Permissions-Policy"] = None
    if "Access-Control-Allow-Origin" in answer.headers:
        wrong["Access-Control-Allow-Origin"] = "shared with other sites"
    return wrong


def is_of_its_kind(answer: Answer) -> bool:
    body = answer.getvalue().lstrip().lower()
    beginning = BEGINNINGS.get(answer.headers.get("Content-Type", ""))
    return beginning is not None and (not body or body.startswith(beginning))


def kept_from_stores(answer: Answer) -> bool:
    refused = answer.status_code in {404, 405}
    return refused or "no-store" in answer.headers.get("Cache-Control", "")


def test_every_cookie_is_for_the_server_alone(edition: Edition, client: Client) -> None:
    client.post("/begin/", form_data(client.get("/begin/")))

    assert set(client.cookies) == {"articula_link", "csrf", "session"}
    for cookie in client.cookies.values():
        assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
        assert cookie["domain"] == ""


def test_nothing_else_is_served(edition: Edition, client: Client) -> None:
    assert {path: client.get(path, follow=True).status_code for path in NOT_FOUND} == dict.fromkeys(
        NOT_FOUND, 404
    )


def test_under_tls_everything_is_secure(site_made: Path, tmp_path: Path) -> None:
    bring_database(tmp_path / "tls.sqlite3")
    ran = subprocess.run(
        [sys.executable, "-m", "tests.hostile.under_tls"],
        cwd=ROOT,
        env=os.environ
        | {
            "DJANGO_SETTINGS_MODULE": "assessment.settings",
            "ARTICULA_DATA": str(tmp_path),
            "ARTICULA_TLS": "1",
            "ARTICULA_DEBUG": "1",
            "DATABASE_URL": f"sqlite:///{tmp_path}/tls.sqlite3",
            "PYTHONPATH": str(ROOT),
        },
        capture_output=True,
        text=True,
        check=False,
    )

    assert ran.returncode == 0, ran.stderr
    told = json.loads(ran.stdout)
    assert told["plain"] == [301, "https://testserver/begin/"]
    assert told["healthz"] == 200
    assert told["hsts"] == "max-age=31536000; includeSubDomains"
    assert set(told["cookies"]) == {"__Host-articula_link", "__Host-csrf", "__Host-session"}
    assert list(told["cookies"].values()) == [[True, True, "Lax", "/", ""]] * 3
