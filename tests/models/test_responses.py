from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import IntegrityError

from assessment.actions.responses.submit import submit_response
from assessment.models import (
    DeviceCode,
    Programme,
    ReportFile,
    Response,
    SectionState,
    SharedBrief,
    Worker,
)
from tests.factories import NOW, AnswerFactory, ResponseFactory, answered
from tests.tables import raised, undone

if TYPE_CHECKING:
    from assessment.models import Edition


@pytest.fixture
def response(edition: Edition) -> Response:
    made: Response = ResponseFactory()
    return made


def test_database_refuses_answers_and_responses_that_cannot_be(response: Response) -> None:
    """A value only where it was answered, one answer a question, no link or key of another's."""
    AnswerFactory(response=response, code="PC1")
    table: list[tuple[type[Any], dict[str, Any]]] = [
        (AnswerFactory, {"response": response, "status": "perhaps"}),
        (AnswerFactory, {"response": response, "status": "answered", "value": None}),
        (AnswerFactory, {"response": response, "status": "dont_know", "value": 3}),
        (AnswerFactory, {"response": response, "status": "", "value": 3}),
        (AnswerFactory, {"response": response, "code": "PC1"}),
        *((ResponseFactory, {name: getattr(response, name)}) for name in ("secret_hash", "key")),
    ]

    for factory, columns in table:
        with undone():
            raised(IntegrityError, factory, **columns)


def test_seat_decides_what_is_asked_only_among_several(response: Response) -> None:
    response.tier, response.sector = "local", "agriculture"
    table: list[tuple[bool, tuple[str | None, str | None]]] = [
        (True, (None, None)),
        (False, ("local", "agriculture")),
    ]

    def outcome(alone: bool) -> tuple[str | None, str | None]:
        response.round.alone = alone
        return (response.respondent().tier, response.respondent().sector)

    assert [(alone, outcome(alone)) for alone, _ in table] == table


def test_rows_are_named_by_what_they_belong_to(response: Response) -> None:
    result = submit_response(response=answered(response, PC1=2), now=NOW).result
    assert result is not None
    score = result.dimension_scores.all()[0]
    state = SectionState.objects.create(response=response, section="PC", completed=True)
    report = ReportFile.objects.get(result=result, layer="all")
    worker = Worker.objects.create(token="t" * 32, seen_at=NOW)
    link = SharedBrief(pk=3, response=response)

    names = [
        str(row) for row in (response, result, score, state, report, worker, link, DeviceCode(pk=4))
    ]
    assert names == [
        str(response.uuid),
        str(result.uuid),
        f"{result.pk}/{score.dimension}",
        f"{response.pk}/PC",
        f"{result.pk}/en/all",
        "t" * 32,
        f"{response.pk}/3",
        "4",
    ]
    assert str(Programme(name="Juntos")) == "Juntos"
