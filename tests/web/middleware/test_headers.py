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


def test_headers_name_each_request_anew(rf: RequestFactory) -> None:
    middleware = headers(answer)

    first, second = middleware(rf.get("/")), middleware(rf.get("/"))

    assert len(first["X-Request-ID"]) == 16
    assert first["X-Request-ID"] != second["X-Request-ID"]


def test_headers_log_the_answer(rf: RequestFactory, caplog: pytest.LogCaptureFixture) -> None:
    statuses = [200, 400, 403, 404, 429]

    with caplog.at_level(logging.INFO, logger="assessment.access"):
        for status in statuses:
            headers(partial(answer, status=status))(rf.get("/"))

    assert [record.__dict__["status_code"] for record in caplog.records] == statuses


@pytest.mark.django_db
def test_every_page_carries(client: Client) -> None:
    table: list[tuple[str, str]] = [
        (
            "Content-Security-Policy",
            CONTENT_SECURITY_POLICY,
        ),
        ("Referrer-Policy", "same-origin"),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
    ]

    assert [
        (name, "; ".join(sorted(client.get("/account/sign-in/")[name].split("; "))))
        for name, _ in table
    ] == table


@pytest.mark.django_db
def test_every_page_gives_up_the_features_of_the_device(client: Client) -> None:
    response = client.get("/account/sign-in/")

    assert "camera=()" in response["Permissions-Policy"].split(", ")
