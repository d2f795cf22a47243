from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import Error, InterfaceError, InternalError, OperationalError, connection
from django.test import Client, RequestFactory
from django.urls import reverse

from assessment.models import Answer, Response
from assessment.web import errors
from tests.web.conftest import granted
from tools.html_page import form_data, page_of

pytestmark = pytest.mark.django_db
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def strict(response: Response) -> Client:
    """A device as in the world: forms need their token, faults become pages."""
    return granted(Client(enforce_csrf_checks=True, raise_request_exception=False), response)


class Away:
    """A database that answers to reading sessions alone, and to no probe."""

    def __init__(self, error: type[Error]) -> None:
        self.error = error

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if "assessment_" in sql or sql == "SELECT 1":
            raise self.error("the database is away")
        return execute(sql, params, many, context)


def title(answer: Any) -> str:
    page = page_of(answer)
    return next(page.texts[place] for place, _tag, _attrs in page.find("h1"))


def offered_again(answer: Any) -> dict[str, str]:
    """What the page has ready to be sent once more."""
    page = page_of(answer)
    fields = [(place, attrs) for place, _tag, attrs in page.find("textarea") if "hidden" in attrs]
    return {attrs["name"]: page.texts[place].strip() for place, attrs in fields}


def test_form_without_its_token_can_be_sent_again_unless_it_came_from_elsewhere(
    strict: Client, response: Response
) -> None:
    address = reverse("page", args=[response.uuid, "tg"])
    form = {"TG2": "3", "TG2-note": "Kept", "TG2-revision": "0"}

    foreign = strict.post(address, form, headers={"Origin": "https://evil.example"})
    refused = strict.post(address, form, headers={"Origin": "http://testserver"})
    sent = strict.post(address, form_data(refused), headers={"Origin": "http://testserver"})

    assert [answer.status_code for answer in (foreign, refused, sent)] == [403, 403, 302]
    assert ["Send it again" in answer.content.decode() for answer in (foreign, refused)] == [
        False,
        True,
    ]
    assert "Kept" in refused.content.decode()
    assert Answer.objects.get().note == "Kept"


def test_database_away_keeps_what_was_typed_and_is_said_to_readers_and_probes(
    response: Response,
) -> None:
    """Whatever the driver calls it; a page that asks for no answers is there as ever."""
    client = granted(Client(raise_request_exception=False), response)
    typed = {"TG2": "3", "TG2-note": "Kept"}
    token = {"csrfmiddlewaretoken": "t" * 32}
    page, tasks = (
        reverse("page", args=[response.uuid, "tg"]),
        reverse("tasks", args=[response.uuid]),
    )
    met: dict[type[Error], list[Any]] = {}
    for error in (OperationalError, InterfaceError, InternalError):
        with connection.execute_wrapper(Away(error)):
            answers = [client.post(page, typed | token)]
            answers += [client.get(address) for address in (tasks, "/help/", "/healthz")]
        met[error] = [
            (answer.status_code, answer.headers.get("Retry-After"), offered_again(answer))
            for answer in answers
        ]

    outcome = [(503, "30", typed), (503, "30", {}), (200, None, {}), (503, None, {})]
    assert met == dict.fromkeys((OperationalError, InterfaceError, InternalError), outcome)
    assert client.get("/healthz").status_code == 200


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


def test_request_that_cannot_be_answered_is_a_page_that_says_why(
    holder: Client, response: Response
) -> None:
    address = reverse("page", args=[response.uuid, "tg"])
    many = "&".join(f"f{n}=1" for n in range(2_500))
    refused = {
        "unknown": holder.get("/nothing/here/"),
        "too long": holder.post(address, "TG2-note=" + "x" * 3_000_000, content_type=FORM),
        "too many": holder.post(address, many, content_type=FORM),
        "unreadable": holder.post(address, b"TG2=3", content_type="multipart/form-data"),
        "no permission": errors.forbidden(RequestFactory().get("/"), PermissionDenied()),
    }

    assert {name: (answer.status_code, title(answer)) for name, answer in refused.items()} == {
        "unknown": (404, "There is nothing here"),
        "too long": (413, "This is too much at once"),
        "too many": (413, "This is too much at once"),
        "unreadable": (400, "This request cannot be understood"),
        "no permission": (403, "You may not open this page"),
    }
