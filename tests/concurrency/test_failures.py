"""The database goes away at the n-th statement, for every n: all is done or nothing, and nobody
comes in by it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import User
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse

from assessment.actions.editions.publish import publish
from assessment.actions.editions.start_draft import start_draft
from assessment.actions.responses.demo import load_demo
from assessment.actions.responses.reopen import reopen_response
from assessment.actions.responses.submit import submit_response
from assessment.models import (
    Answer,
    DimensionScore,
    Edition,
    Programme,
    ReportFile,
    Response,
    Result,
    Scheme,
    SectionState,
)
from assessment.web.accounts.tries import PASSWORDS
from tests.actions.respondent_steps import begin, save, sent, submitted
from tests.factories import NOW
from tests.web.conftest import granted

if TYPE_CHECKING:
    from collections.abc import Callable

TABLES: tuple[type[Any], ...] = (
    Edition,
    Scheme,
    Programme,
    Response,
    Answer,
    SectionState,
    Result,
    DimensionScore,
    ReportFile,
)


class FailsAt:
    """Lets `statement` statements pass and refuses the next one."""

    def __init__(self, statement: int) -> None:
        self.left = statement

    def __call__(self, execute: Callable[..., Any], *statement: Any) -> Any:
        self.left -= 1
        if self.left == -1:
            raise OperationalError("the connection was lost")
        return execute(*statement)


def everything(tables: tuple[type[Any], ...]) -> list[list[tuple[Any, ...]]]:
    return [list(table.objects.order_by("pk").values_list()) for table in tables]


def fails_whole(action: Callable[[], object]) -> int:
    """How often the action failed before it got through; each time nothing may have changed."""
    before = everything(TABLES)
    for statement in range(200):
        try:
            with connection.execute_wrapper(FailsAt(statement)):
                action()
        except OperationalError:
            assert everything(TABLES) == before
        else:
            assert everything(TABLES) != before
            return statement
    raise AssertionError("never got through")


def test_save_answers_is_whole(edition: Edition) -> None:
    response = begin(edition)
    save(response, sent("PC1", 3))

    assert fails_whole(
        lambda: save(response, sent("PC1", 1, revision=1), sent("DS1", ["roles"]), sent("HC1", 2))
    )


def test_start_response_is_whole(edition: Edition) -> None:
    assert fails_whole(lambda: begin(edition))


def test_submit_response_is_whole(edition: Edition) -> None:
    response = begin(edition)
    save(response, sent("PC1", 3))

    assert fails_whole(lambda: submit_response(response=response, now=NOW))


def test_reopen_response_is_whole(edition: Edition) -> None:
    response = begin(edition)
    submitted(response)

    assert fails_whole(lambda: reopen_response(response=response, reason="", now=NOW))


def test_publish_is_whole(edition: Edition) -> None:
    draft = start_draft(edition=edition, now=NOW)

    assert fails_whole(lambda: publish(edition=draft, now=NOW))


def test_load_demo_is_whole(edition: Edition) -> None:
    assert fails_whole(lambda: load_demo(now=NOW))


def answered_at_faults(asked: Callable[[], int]) -> set[int]:
    """The statuses, with a fault at each statement in turn, and in the end without one."""
    answers = set()
    for statement in range(200):
        fault = FailsAt(statement)
        with connection.execute_wrapper(fault):
            answers.add(asked())
        if fault.left >= 0:
            return answers
    raise AssertionError("never got through")


def test_no_fault_shows_what_another_device_was_granted(edition: Edition) -> None:
    own, foreign = begin(edition, "own"), begin(edition, "foreign")
    client = granted(Client(raise_request_exception=False), own)
    tasks = reverse("tasks", args=[foreign.uuid])

    assert answered_at_faults(lambda: client.get(tasks).status_code) == {503, 404}


def test_no_fault_lets_in_who_guessed_too_often(edition: Edition) -> None:
    """Whose next guess is right."""
    User.objects.create_superuser("ada", password="right")
    client = Client(raise_request_exception=False)
    address, form = reverse("account_login"), {"login": "ada", "password": "right"}
    for _ in range(PASSWORDS.of_source.most):
        client.post(address, form | {"password": "wrong"})

    assert answered_at_faults(lambda: client.post(address, form).status_code) == {503, 429}
