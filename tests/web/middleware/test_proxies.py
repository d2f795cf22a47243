from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from pytest_django import Settings

from assessment.web.middleware.proxies import as_people_asked


def answer(request: HttpRequest) -> HttpResponse:
    source, host = request.META["REMOTE_ADDR"], request.get_host()
    return HttpResponse(f"{source} {request.scheme}://{host}{request.path} {request.path_info}")


def seen(path: str = "/", **headers: str) -> str:
    """What the site sees of a request that the machine 127.0.0.1 passes on."""
    told: dict[str, Any] = {"HTTP_HOST": "inside"} | headers
    request = RequestFactory().get(path, **told)
    return as_people_asked(answer)(request).content.decode()


@pytest.fixture(autouse=True)
def proxies(settings: Settings) -> None:
    settings.TRUSTED_PROXIES = ["127.0.0.1", "10.0.0.0/8"]
    settings.ALLOWED_HOSTS = ["inside", "articula.example.org"]


def test_what_known_proxies_tell_is_believed() -> None:
    table: list[tuple[dict[str, str], str]] = [
        ({}, "127.0.0.1 http://inside/ /"),
        ({"HTTP_X_FORWARDED_PROTO": "https"}, "127.0.0.1 https://inside/ /"),
        ({"HTTP_X_FORWARDED_PROTO": "https, https"}, "127.0.0.1 https://inside/ /"),
        ({"HTTP_X_FORWARDED_PROTO": "HTTPS,http"}, "127.0.0.1 https://inside/ /"),
        ({"HTTP_X_FORWARDED_PROTO": "gopher"}, "127.0.0.1 http://inside/ /"),
        ({"HTTP_X_FORWARDED_FOR": "192.0.2.1"}, "192.0.2.1 http://inside/ /"),
        ({"HTTP_X_FORWARDED_FOR": "192.0.2.1, 10.0.0.5"}, "192.0.2.1 http://inside/ /"),
        (
            {"HTTP_X_FORWARDED_FOR": "192.0.2.66, 192.0.2.1, 10.0.0.5"},
            "192.0.2.1 http://inside/ /",
        ),
        ({"HTTP_X_FORWARDED_FOR": "10.0.0.9,10.0.0.5"}, "10.0.0.9 http://inside/ /"),
        ({"HTTP_X_FORWARDED_FOR": "192.0.2.1:4711"}, "192.0.2.1 http://inside/ /"),
        ({"HTTP_X_FORWARDED_FOR": "[2001:db8::1]:4711"}, "2001:db8::1 http://inside/ /"),
        ({"HTTP_X_FORWARDED_FOR": "2001:db8::1"}, "2001:db8::1 http://inside/ /"),
        (
            {"HTTP_X_FORWARDED_HOST": "articula.example.org, inside"},
            "127.0.0.1 http://articula.example.org/ /",
        ),
        (
            {"REMOTE_ADDR": "::ffff:127.0.0.1", "HTTP_X_FORWARDED_FOR": "192.0.2.1"},
            "192.0.2.1 http://inside/ /",
        ),
    ]

    assert [(headers, seen(**headers)) for headers, _ in table] == table


def test_what_others_tell_is_not_believed() -> None:
    told = {"HTTP_X_FORWARDED_PROTO": "https", "HTTP_X_FORWARDED_FOR": "192.0.2.9"}

    assert [seen(REMOTE_ADDR=source, **told) for source in ("192.0.2.1", "")] == [
        f"{source} http://inside/ /" for source in ("192.0.2.1", "")
    ]


def test_site_below_a_path_takes_it_off(settings: Settings) -> None:
    """The path without its end leads to the start."""
    table: list[tuple[str, str]] = [
        ("/articula/help/", "/articula/help/ /help/"),
        ("/help/", "/articula/help/ /help/"),
        ("/articulation/", "/articula/articulation/ /articulation/"),
        ("/articula/", "/articula/ /"),
    ]

    settings.BELOW = settings.FORCE_SCRIPT_NAME = "/articula"
    led = as_people_asked(answer)(RequestFactory().get("/articula"))

    assert [seen(path) for path, _ in table] == [
        f"127.0.0.1 http://inside{expected}" for _, expected in table
    ]
    assert (led.status_code, led["Location"]) == (302, "/articula/")


@pytest.mark.django_db
def test_two_proxies_do_not_stop_a_page(client: Client, settings: Settings) -> None:
    settings.SECURE_SSL_REDIRECT = True

    answered = client.get(
        "/help/", HTTP_X_FORWARDED_PROTO="https, https", HTTP_HOST="articula.example.org"
    )

    assert answered.status_code == 200
