from __future__ import annotations

from django.utils import timezone

from assessment.actions.editions.withdraw import withdraw
from assessment.actions.responses.reopen import reopen_response
from assessment.actions.responses.submit import submit_response
from assessment.models import Edition, Response
from assessment.web.policy import OWNER
from tests.bank_fixtures import bank_in_database, edition
from tools.soak.hostile_people import People, answer_some, published_edition

__all__ = ["bank_in_database", "edition"]


def state() -> list[tuple[object, ...]]:
    return sorted(
        Response.objects.values_list("pk", "secret_hash", "result", "round__state", "round__result")
    )


def test_everybody_is_put_back(edition: Edition) -> None:
    people, now = People(), timezone.now()
    before = state()
    still_open, closed = people.held[OWNER]

    answer_some(still_open)
    submit_response(response=still_open, now=now)
    reopen_response(response=closed, reason="", now=now)
    people.put_back()

    assert state() == before
    assert (closed.result_id is not None, still_open.result_id) == (True, None)


def test_withdrawn_edition_is_published_again(edition: Edition) -> None:
    withdraw(edition=edition, reason="?", now=timezone.now())

    assert published_edition() == edition
