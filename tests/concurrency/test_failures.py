"""The database goes away at the n-th statement, for every n: all is done or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import OperationalError, connection

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
from tests.actions.respondent_steps import begin, save, sent, submitted
from tests.factories import NOW

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
