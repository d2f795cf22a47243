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
from tests.actions.respondent_steps import begin, save, sent
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
WRITES = ("INSERT ", "UPDATE ", "DELETE ")


class FailsAt:
    """Lets `statement` statements pass and refuses the next one; counts from the first on that
    begins with one of `begins`."""

    def __init__(self, statement: int, begins: tuple[str, ...] = ("",)) -> None:
        self.left, self.begins, self.begun = statement, begins, False

    def __call__(self, execute: Callable[..., Any], sql: object, *rest: Any) -> Any:
        self.begun = self.begun or str(sql).startswith(self.begins)
        self.left -= self.begun
        if self.left == -1:
            self.fail()
        return execute(sql, *rest)

    def fail(self) -> None:
        raise OperationalError("the connection was lost")


def everything(tables: tuple[type[Any], ...]) -> list[list[tuple[Any, ...]]]:
    return [list(table.objects.order_by("pk").values_list()) for table in tables]


def fails_whole(action: Callable[[], object]) -> int:
    """How often the action failed before it got through; each time nothing may have changed.

    What fails before its first writing statement has changed nothing, whatever it is.
    """
    before = everything(TABLES)
    for statement in range(200):
        try:
            with connection.execute_wrapper(FailsAt(statement, WRITES)):
                action()
        except OperationalError:
            assert everything(TABLES) == before
        else:
            assert everything(TABLES) != before
            return statement
    raise AssertionError("never got through")


def test_each_step_of_a_response_is_whole(edition: Edition) -> None:
    """What goes before it is done once more for each fault, or stands already."""
    save_three = (sent("PC1", 1, revision=1), sent("DS1", ["roles"]), sent("HC1", 2))

    assert fails_whole(lambda: begin(edition)) > 0
    response = Response.objects.get()
    save(response, sent("PC1", 3))
    assert fails_whole(lambda: save(response, *save_three)) > 0
    assert fails_whole(lambda: submit_response(response=response, now=NOW)) > 0
    assert fails_whole(lambda: reopen_response(response=response, reason="", now=NOW)) > 0


def test_publishing_and_the_demo_are_whole(edition: Edition) -> None:
    draft = start_draft(edition=edition, now=NOW)

    assert fails_whole(lambda: publish(edition=draft, now=NOW)) > 0
    assert fails_whole(lambda: load_demo(now=NOW)) > 0


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


def test_no_fault_lets_in_another_device_or_who_guessed_too_often(edition: Edition) -> None:
    """Whose next guess is right."""
    own, foreign = begin(edition, "own"), begin(edition, "foreign")
    holder = granted(Client(raise_request_exception=False), own)
    tasks = reverse("tasks", args=[foreign.uuid])
    User.objects.create_superuser("ada", password="right")
    guesser = Client(raise_request_exception=False)
    address, form = reverse("account_login"), {"login": "ada", "password": "right"}
    for _ in range(PASSWORDS.of_source.most):
        guesser.post(address, form | {"password": "wrong"})

    shown = answered_at_faults(lambda: holder.get(tasks).status_code)
    signed_in = answered_at_faults(lambda: guesser.post(address, form).status_code)

    assert (shown, signed_in) == ({503, 404}, {503, 429})
