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
from tests.tables import raised

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


def test_agree_answers_puts_them_in_place_of_the_means_in_a_result_of_their_own(
    round: Round,
) -> None:
    """The next time in the next result, which keeps what was agreed before."""
    roles = SessionOutcome("DS1", ["roles", "common_objective"])
    agreed = [SessionOutcome("TG2", 3, "The decree."), roles]
    first = agree_answers(round=round, answers=agreed, now=NOW)
    round.refresh_from_db()
    counted, before = round.result, rows(round)

    again = [SessionOutcome("TG2", 4), SessionOutcome("HC2", 2)]
    second = agree_answers(round=round, answers=again, now=NOW)

    judged = first.read()
    assert (first.kind, first.number, judged.agreed) == ("agreed", 1, ("DS1", "TG2"))
    assert (judged.items["TG2"].score, counted) == (75.0, first)
    assert judged.raw is not None
    in_order = ("DS1", "agreed", ["common_objective", "roles"], "", 1)
    assert before == [("TG2", "agreed", 3, "The decree.", 1), in_order]
    assert (second.number, second.read().agreed) == (2, ("DS1", "TG2", "HC2"))
    assert rows(round) == [
        ("TG2", "agreed", 4, "", 2),
        in_order,
        ("HC2", "agreed", 2, "", 1),
    ]
    assert str(AgreedAnswer.objects.get(code="TG2")) == f"{round.pk}/TG2"


def test_no_agreement_is_stored_and_changes_nothing(round: Round) -> None:
    positions = "Agriculture: 1. Social protection: 4."

    judged = agree_answers(
        round=round, answers=[SessionOutcome("TG2", None, positions)], now=NOW
    ).read()

    assert rows(round) == [("TG2", "not_agreed", None, positions, 1)]
    assert judged.agreed == ()
    assert round.result is not None
    assert judged.dimensions == round.result.read().dimensions


def test_agree_answers_refuses_what_no_session_can_agree_on(round: Round, edition: Edition) -> None:
    """Nor before the round is closed, nor where one answers alone."""
    unknown = [SessionOutcome(code, raw) for code, raw in (("TG2", "dont_know"), ("XX", None))]
    alone = begin(edition)
    submitted(alone)

    refused = raised(BadAgreement, agree_answers, round=round, answers=unknown, now=NOW)
    for other in (opened_round(edition), alone.round):
        raised(RoundNotClosed, agree_answers, round=other, answers=[], now=NOW)

    assert {code: e.code for code, e in refused.errors.items()} == {
        "TG2": "not_agreed",
        "XX": "unknown_question",
    }
    assert (rows(round), round.results.count()) == ([], 1)
