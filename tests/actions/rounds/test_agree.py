from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from assessment.actions.rounds.agree import (
    BadAgreement,
    RoundNotClosed,
    SessionOutcome,
    agree_answers,
)
from assessment.actions.rounds.close import close_round
from assessment.models import AgreedAnswer
from tests.actions.respondent_steps import begin, submitted
from tests.actions.rounds.round_steps import opened_round, take_part
from tests.actions.rounds.test_close import EVERYBODY
from tests.factories import NOW

if TYPE_CHECKING:
    from assessment.models import Edition, Round


@pytest.fixture
def round(edition: Edition) -> Round:
    """Closed, with twenty people in four groups."""
    made = opened_round(edition)
    take_part(made, EVERYBODY)
    close_round(round=made, now=NOW)
    made.refresh_from_db()
    return made


def rows(round: Round) -> list[tuple[object, ...]]:
    names = ("code", "status", "value", "reason", "revision")
    return list(round.agreed_answers.values_list(*names))


def test_agree_answers_puts_them_in_place_of_the_means(round: Round) -> None:
    result = agree_answers(
        round=round,
        answers=[
            SessionOutcome("TG2", 3, "The decree."),
            SessionOutcome("DS1", ["roles", "common_objective"]),
        ],
        now=NOW,
    )

    judged = result.read()
    assert (result.kind, result.number, judged.agreed) == ("agreed", 1, ("DS1", "TG2"))
    assert judged.items["TG2"].score == 75.0
    assert judged.raw is not None
    round.refresh_from_db()
    assert round.result == result
    assert rows(round) == [
        ("TG2", "agreed", 3, "The decree.", 1),
        ("DS1", "agreed", ["common_objective", "roles"], "", 1),
    ]
    assert str(AgreedAnswer.objects.get(code="TG2")) == f"{round.pk}/TG2"


def test_agree_answers_again_makes_the_next_result_and_keeps_the_first(round: Round) -> None:
    first = agree_answers(round=round, answers=[SessionOutcome("TG2", 3)], now=NOW)

    second = agree_answers(
        round=round,
        answers=[SessionOutcome("TG2", 4), SessionOutcome("HC2", 2)],
        now=NOW,
    )

    assert (second.number, second.read().agreed) == (2, ("TG2", "HC2"))
    assert first.read().items["TG2"].score == 75.0
    assert rows(round) == [("TG2", "agreed", 4, "", 2), ("HC2", "agreed", 2, "", 1)]


def test_no_agreement_is_stored_and_changes_nothing(round: Round) -> None:
    positions = "Agriculture: 1. Social protection: 4."

    judged = agree_answers(
        round=round, answers=[SessionOutcome("TG2", None, positions)], now=NOW
    ).read()

    assert rows(round) == [("TG2", "not_agreed", None, positions, 1)]
    assert judged.agreed == ()
    assert round.result is not None
    assert judged.dimensions == round.result.read().dimensions


def test_agree_answers_refuses_what_no_session_can_agree_on(round: Round) -> None:
    unknown = [SessionOutcome(code, raw) for code, raw in (("TG2", "dont_know"), ("XX", None))]

    with pytest.raises(BadAgreement) as refused:
        agree_answers(round=round, answers=unknown, now=NOW)

    assert {code: e.code for code, e in refused.value.errors.items()} == {
        "TG2": "not_agreed",
        "XX": "unknown_question",
    }
    assert (rows(round), round.results.count()) == ([], 1)


def test_agree_answers_refuses_before_the_round_is_closed(edition: Edition) -> None:
    with pytest.raises(RoundNotClosed):
        agree_answers(round=opened_round(edition), answers=[], now=NOW)


def test_agree_answers_refuses_who_answers_alone(edition: Edition) -> None:
    response = begin(edition)
    submitted(response)

    with pytest.raises(RoundNotClosed):
        agree_answers(round=response.round, answers=[], now=NOW)
