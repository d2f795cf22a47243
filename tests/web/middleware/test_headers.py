from __future__ import annotations

import logging

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from assessment.web.middleware.headers import headers

CONTENT_SECURITY_POLICY = (
    "base-uri 'none'; default-src 'self'; form-action 'self'; frame-ancestors 'none'; "
    "object-src 'none'"
)


def answer(request: HttpRequest) -> HttpResponse:
    return HttpResponse("answered")


def test_headers_name_each_request_anew(rf: RequestFactory) -> None:
    middleware = headers(answer)

    first, second = middleware(rf.get("/")), middleware(rf.get("/"))

    assert len(first["X-Request-ID"]) == 32
    assert first["X-Request-ID"] != second["X-Request-ID"]


def test_headers_log_the_answer(rf: RequestFactory, caplog: pytest.LogCaptureFixture) -> None:
    statuses = [200, 400, 403, 404, 429]

    with caplog.at_level(logging.INFO, logger="assessment.access"):
        for status in statuses:
            headers(lambda _request, status=status: HttpResponse(status=status))(rf.get("/"))

    assert [record.__dict__["status_code"] for record in caplog.records] == statuses


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "value"),
    [
        (
            "Content-Security-Policy",
            CONTENT_SECURITY_POLICY,
        ),
        ("Referrer-Policy", "same-origin"),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
    ],
)
def test_every_page_carries(client: Client, name: str, value: str) -> None:
    response = client.get("/admin/login/")

    assert "; ".join(sorted(response[name].split("; "))) == value


@pytest.mark.django_db
def test_every_page_gives_up_the_features_of_the_device(client: Client) -> None:
    response = client.get("/admin/login/")

    assert "camera=()" in response["Permissions-Policy"].split(", ")
