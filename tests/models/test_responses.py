from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import IntegrityError, transaction

from assessment.actions.responses.submit import submit_response
from assessment.models import Programme, ReportFile, Response, SectionState, Worker
from tests.factories import NOW, AnswerFactory, ResponseFactory, answered
from tests.tables import raised, undone

if TYPE_CHECKING:
    from assessment.models import Edition


@pytest.fixture
def response(edition: Edition) -> Response:
    made: Response = ResponseFactory()
    return made


def test_answer_has_a_value_only_where_it_was_answered(response: Response) -> None:
    table: list[dict[str, Any]] = [
        {"status": "perhaps"},
        {"status": "answered", "value": None},
        {"status": "dont_know", "value": 3},
        {"status": "", "value": 3},
    ]

    for columns in table:
        with undone():
            raised(IntegrityError, AnswerFactory, response=response, **columns)


def test_answer_stands_once_for_each_question(response: Response) -> None:
    AnswerFactory(response=response)

    with pytest.raises(IntegrityError), transaction.atomic():
        AnswerFactory(response=response)


def test_response_shares_no_link_and_no_key(response: Response) -> None:
    for column in ("secret_hash", "key"):
        with undone():
            raised(IntegrityError, ResponseFactory, **{column: getattr(response, column)})


def test_respondent_has_a_place_only_in_a_round(response: Response) -> None:
    table: list[tuple[str, str, tuple[str | None, str | None]]] = [
        ("", "", (None, None)),
        ("local", "agriculture", ("local", "agriculture")),
    ]

    def outcome(tier: str, sector: str) -> tuple[str | None, str | None]:
        response.tier, response.sector = tier, sector
        return (response.respondent().tier, response.respondent().sector)

    assert [(tier, sector, outcome(tier, sector)) for tier, sector, _ in table] == table


def test_rows_are_named_by_what_they_belong_to(response: Response) -> None:
    result = submit_response(response=answered(response, PC1=2), now=NOW).result
    assert result is not None
    score = result.dimension_scores.all()[0]
    state = SectionState.objects.create(response=response, section="PC", completed=True)
    report = ReportFile.objects.get(result=result)
    worker = Worker.objects.create(token="t" * 32, seen_at=NOW)

    names = [
        str(row)
        for row in (response, result, score, state, report, worker, Programme(name="Juntos"))
    ]
    assert names == [
        str(response.uuid),
        str(result.uuid),
        f"{result.pk}/{score.dimension}",
        f"{response.pk}/PC",
        f"{result.pk}/en/all",
        "t" * 32,
        "Juntos",
    ]
