"""HEAD with the whole site behind the server, on a raw socket."""

from __future__ import annotations

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.urls import reverse

from tests.concurrency.conftest import bank_in_database, db, edition
from tests.factories import ResponseFactory
from tests.management.serving.conftest import Wire, serving, wire

pytestmark = pytest.mark.no_cover

__all__ = ["bank_in_database", "db", "edition"]
SECRET = "r" * 32


def status_of(one: Wire, method: str, path: str, body: bytes = b"") -> int:
    lines = f"{method} {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {len(body)}\r\n\r\n"
    one.send(lines.encode(), body)
    return one.answer(head=method == "HEAD")[0]


@pytest.mark.usefixtures("edition")
def test_no_address_answers_head_with_a_body() -> None:
    ResponseFactory(secret=SECRET)
    expected = {
        "/": 200,
        "/begin/": 200,
        "/healthz": 200,
        "/nothing/": 404,
        "/admin/": 302,
        "/account/sign-in/": 200,
        reverse("return", args=[SECRET]): 302,
    }
    with serving(WSGIHandler()) as port, wire(port) as one:
        seen = {}
        for path in expected:
            seen[path] = status_of(one, "HEAD", path)
            assert status_of(one, "POST", "/begin/") == 403
        assert status_of(one, "HEAD", "/", b"a" * 3_000_000) == 413
        assert status_of(one, "GET", "/healthz") == 200

    assert seen == expected
