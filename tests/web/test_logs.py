from __future__ import annotations

import json
import logging
import re
import sys
from typing import Any

from django.conf import settings
from django.test import RequestFactory
from django.urls import ResolverMatch, URLPattern, get_resolver, reverse

from assessment.web.logs import JsonFormatter, new_request_id


def line(
    message: str, *args: object, logger: str = "assessment", exc_info: Any = None, **extra: Any
) -> dict[str, Any]:
    record = logging.getLogger(logger).makeRecord(
        logger, logging.INFO, "file.py", 1, message, args, exc_info
    )
    record.__dict__.update(extra)
    (said,) = JsonFormatter().format(record).splitlines()
    return dict(json.loads(said))


def test_logs_say_when_what_and_in_which_request() -> None:
    """In one line, whatever stands in it."""
    name = new_request_id()

    logged = line("hello %s", 'world\n{"level": "ERROR"}')

    assert logged.pop("time").endswith("+00:00")
    assert logged == {
        "level": "INFO",
        "logger": "assessment",
        "request": name,
        "message": 'hello world\n{"level": "ERROR"}',
    }


def test_logs_go_to_standard_error_alone() -> None:
    handlers = settings.LOGGING["handlers"]

    assert handlers == {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}}
    assert {tuple(settings.LOGGING[at]["handlers"]) for at in ("root",)} == {("stderr",)}


def test_logs_name_the_pattern_of_an_address_and_not_the_address(rf: RequestFactory) -> None:
    request = rf.get("/r/a-secret/")
    request.resolver_match = ResolverMatch(print, (), {}, route="r/<str:secret>/")

    logged = line("%s: %s", "Not Found", request.path, status_code=404, request=request, ms=7)

    assert {key: logged[key] for key in ("message", "status", "method", "route", "ms")} == {
        "message": "Not Found",
        "status": 404,
        "method": "GET",
        "route": "r/<str:secret>/",
        "ms": 7,
    }
    assert "a-secret" not in json.dumps(logged)


def test_logs_hold_the_place_of_a_fault_and_not_its_message() -> None:
    """Of a library not even what it says of the fault."""
    try:
        raise ValueError("an answer")
    except ValueError:
        fault = sys.exc_info()

    logged = line("failed %s", "an answer", exc_info=fault)
    of_library = line("while serving /a-secret", logger="tornado", exc_info=(None, None, None))

    assert (logged["exception"], len(logged["trace"])) == ("ValueError", 1)
    assert logged["trace"][0].endswith("test_logs_hold_the_place_of_a_fault_and_not_its_message")
    assert "an answer" not in json.dumps(logged)
    assert of_library["message"] == "An exception escaped."


def test_documented_proxies_leave_every_secret_out() -> None:
    """Of every address that has one in it, by the rules that stand in the guide."""
    guide = (settings.BASE_DIR / "docs" / "operating.md").read_text()
    (caddy,) = re.findall(r'request>uri regexp "(.+?)" ', guide)
    (nginx,) = re.findall(r'"~\^\(\?<before>(.+?)" "\$\{before\}-";', guide)
    rules = (re.compile(caddy), re.compile(f"^(?P<before>{nginx}"))
    secret = "s" * 32
    holding = {"secret": secret, "token": secret, "key": secret, "uidb36": "1", "place": "brief"}
    patterns = [p for p in get_resolver().url_patterns if isinstance(p, URLPattern)]
    addresses = [
        reverse(str(pattern.name), kwargs={name: holding[name] for name in names})
        for pattern in patterns
        if (names := set(pattern.pattern.converters)) & {"secret", "token", "key"}
    ]

    kept = {one for one in addresses for rule in rules if secret in rule.sub("-", one)}

    assert len(addresses) > 8
    assert kept == set()
