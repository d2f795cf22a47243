from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, InternalError, OperationalError, connection
from django.test import Client, RequestFactory
from django.urls import reverse

from assessment.models import Answer, Response
from assessment.web import errors
from tests.web.conftest import granted
from tools.html_page import form_data

pytestmark = pytest.mark.django_db


@pytest.fixture
def strict(response: Response) -> Client:
    """A device as in the world: forms need their token, faults become pages."""
    return granted(Client(enforce_csrf_checks=True, raise_request_exception=False), response)


class Away:
    """A database that answers to reading sessions and nothing else."""

    def __init__(self, error: type[DatabaseError]) -> None:
        self.error = error

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if "assessment_" in sql:
            raise self.error("the database is away")
        return execute(sql, params, many, context)


@pytest.fixture(params=[OperationalError, InternalError])
def database_away(request: pytest.FixtureRequest) -> Iterator[None]:
    with connection.execute_wrapper(Away(request.param)):
        yield


def test_unknown_address_is_a_page(client: Client) -> None:
    answer = client.get("/nothing/here/")

    assert answer.status_code == 404
    assert "There is nothing here" in answer.content.decode()


def test_missing_permission_is_a_page() -> None:
    answer = errors.forbidden(RequestFactory().get("/"), PermissionDenied())

    assert answer.status_code == 403
    assert "You may not open this page" in answer.content.decode()


def test_form_without_its_token_can_be_sent_again(strict: Client, response: Response) -> None:
    address = reverse("page", args=[response.uuid, "tg"])
    form = {"TG2": "3", "TG2-note": "Kept", "TG2-revision": "0"}

    refused = strict.post(address, form, headers={"Origin": "http://testserver"})
    answer = strict.post(address, form_data(refused), headers={"Origin": "http://testserver"})

    assert refused.status_code == 403
    assert "Kept" in refused.content.decode()
    assert answer.status_code == 302
    assert Answer.objects.get().note == "Kept"


def test_form_from_elsewhere_is_not_offered_again(strict: Client, response: Response) -> None:
    address = reverse("page", args=[response.uuid, "tg"])

    refused = strict.post(address, {"TG2": "3"}, headers={"Origin": "https://evil.example"})

    assert refused.status_code == 403
    assert "Send it again" not in refused.content.decode()


def test_database_away_keeps_what_was_typed(
    strict: Client, response: Response, database_away: None
) -> None:
    page = strict.get("/help/")
    token = strict.cookies["csrf"].value if "csrf" in strict.cookies else ""
    lenient = granted(Client(raise_request_exception=False), response)
    address = reverse("page", args=[response.uuid, "tg"])

    answer = lenient.post(address, {"TG2": "3", "TG2-note": "Kept", "csrfmiddlewaretoken": token})

    assert page.status_code == 200
    assert answer.status_code == 503
    assert answer["Retry-After"] == "30"
    assert "Kept" in answer.content.decode()
    assert token not in answer.content.decode() or not token


def test_database_away_is_a_page_for_reading_too(response: Response, database_away: None) -> None:
    client = granted(Client(raise_request_exception=False), response)

    answer = client.get(reverse("tasks", args=[response.uuid]))

    assert answer.status_code == 503
    assert "Send it again" not in answer.content.decode()


def fault(_response: Response) -> bool:
    raise ValueError("inside of the site")


def test_fault_is_a_page(response: Response, monkeypatch: pytest.MonkeyPatch) -> None:
    client = granted(Client(raise_request_exception=False), response)
    monkeypatch.setattr(Response, "is_submitted", property(fault))

    page = client.get(reverse("tasks", args=[response.uuid]))

    assert page.status_code == 500
    assert "fault of the site" in page.content.decode()
    inside = ("inside of the site", "ValueError", "Traceback", "is_submitted", ".py")
    assert [word for word in inside if word in page.content.decode()] == []


def test_too_much_at_once_is_said(holder: Client, response: Response) -> None:
    address = reverse("page", args=[response.uuid, "tg"])

    for body in ("TG2-note=" + "x" * 3_000_000, "&".join(f"f{n}=1" for n in range(2_500))):
        answer = holder.post(address, body, content_type="application/x-www-form-urlencoded")

        assert answer.status_code == 413
        assert "too much at once" in answer.content.decode()


def test_unreadable_request_is_a_page(holder: Client, response: Response) -> None:
    answer = holder.post(
        reverse("page", args=[response.uuid, "tg"]), b"TG2=3", content_type="multipart/form-data"
    )

    assert answer.status_code == 400
    assert "cannot be understood" in answer.content.decode()


def test_healthz_tells_whether_the_database_answers(client: Client) -> None:
    def away(*args: Any) -> None:
        raise OperationalError

    assert client.get("/healthz").status_code == 200
    with connection.execute_wrapper(away):
        assert client.get("/healthz").status_code == 503
