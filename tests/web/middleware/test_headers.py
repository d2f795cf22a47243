from __future__ import annotations

import logging
from functools import partial

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from assessment.web.middleware.headers import headers

CONTENT_SECURITY_POLICY = (
    "base-uri 'none'; default-src 'self'; form-action 'self'; frame-ancestors 'none'; "
    "img-src 'self' data:; object-src 'none'"
)


def answer(request: HttpRequest, status: int = 200) -> HttpResponse:
    return HttpResponse("answered", status=status)


def test_headers_log_the_answer(rf: RequestFactory, caplog: pytest.LogCaptureFixture) -> None:
    """And name each request anew."""
    statuses = [200, 400, 403, 404, 429]

    with caplog.at_level(logging.INFO, logger="assessment.access"):
        names = [
            headers(partial(answer, status=status))(rf.get("/"))["X-Request-ID"]
            for status in statuses
        ]

    assert [record.__dict__["status_code"] for record in caplog.records] == statuses
    assert {len(name) for name in names} == {16}
    assert len(set(names)) == len(names)


@pytest.mark.django_db
def test_every_page_carries_the_headers(client: Client) -> None:
    """And gives up the features of the device."""
    expected = {
        "Content-Security-Policy": CONTENT_SECURITY_POLICY,
        "Referrer-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Cross-Origin-Opener-Policy": "same-origin",
    }
    page = client.get("/account/sign-in/")

    found = {name: "; ".join(sorted(page[name].split("; "))) for name in expected}
    assert found == expected
    assert "camera=()" in page["Permissions-Policy"].split(", ")
