from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import IntegrityError

from assessment.actions.responses.change_profile import ProfileOfSeveral, change_profile
from assessment.actions.responses.lock import AlreadySubmitted, RoundNotOpen
from assessment.actions.responses.reopen import AmongSeveral, reopen_response
from assessment.actions.responses.save_answers import BadAnswers
from assessment.actions.responses.submit import submit_response
from assessment.actions.rounds import close
from assessment.actions.rounds.close import ClosedBySubmitting, close_round
from assessment.method.seats import Seat
from assessment.models import DimensionScore, ResultCode
from tests.actions.respondent_steps import begin
from tests.actions.rounds.round_steps import (
    AG,
    PROGRAMMES,
    SP,
    Person,
    answer,
    draft_round,
    opened_round,
    seat,
    take_part,
)
from tests.factories import NOW
from tests.tables import raised, undone

if TYPE_CHECKING:
    from assessment.models import Edition, Response, Round

EVERYBODY = [
    Person(tier, sector, {"TG2": level, "HC2": level})
    for tier in ("national", "regional")
    for sector, level in ((SP, 4), (AG, 1))
    for _ in range(5)
]


@pytest.fixture
def round(edition: Edition) -> Round:
    return opened_round(edition)


def test_close_round_stores_what_the_method_says_of_all_who_submitted(round: Round) -> None:
    take_part(round, EVERYBODY)
    late = seat(round)
    answer(late, {"TG2": 0})

    result = close_round(round=round, now=NOW)

    judged = result.read()
    assert (judged.status, judged.respondents, judged.minimum) == ("judged", 20, 5)
    assert (result.kind, result.number, list(round.results.all())) == ("joint", None, [result])
    assert judged.items["TG2"].score == 62.5
    assert {gap.on: gap.levels for gap in judged.gaps}["TG2"] == 3.0
    raised(RoundNotOpen, answer, late, {"TG2": 1})
    raised(RoundNotOpen, submit_response, response=late, now=NOW)


def test_close_round_stores_a_score_for_each_group_and_each_rule(round: Round) -> None:
    """None for a hidden group, which the database makes sure of."""
    take_part(round, [*EVERYBODY, Person("local", AG, {"TG2": 0})])

    judged = close_round(round=round, now=NOW).read()

    rows = {(row.sector, row.tier): row for row in DimensionScore.objects.filter(dimension="TG")}
    assert {group: (row.n, row.hidden, row.score) for group, row in rows.items()} == {
        (g.sector or "", g.tier or ""): (
            *(g.n, g.hidden, None if g.hidden else g.dimensions["TG"].score),
        )
        for g in judged.groups
    }
    whole, hidden = rows["", ""], rows[AG, "local"]
    assert (whole.n, whole.score) == (21, judged.dimensions["TG"].score)
    assert (hidden.n, hidden.hidden) == (1, True)
    assert (hidden.score, hidden.low, hidden.high, hidden.level, hidden.sufficient) == (None,) * 5
    assert str(hidden) == f"{hidden.result_id}/TG/{AG}/local"
    assert {str(row).partition("/")[2] for row in ResultCode.objects.all()} == {
        f"rule/{code}" for code, holds in judged.rules.items() if holds
    }
    with undone():
        raised(IntegrityError, DimensionScore.objects.filter(pk=hidden.pk).update, score=50.0)


def test_round_of_too_few_is_closed_and_says_nothing_but_its_size(round: Round) -> None:
    def closed_with(number: int) -> object:
        round.refresh_from_db()
        with undone():
            take_part(round, EVERYBODY[:number])
            result = close_round(round=round, now=NOW)
            rows = DimensionScore.objects.values_list("sector", "tier", "n", "hidden", "score")
            return result.read().status, set(rows), ResultCode.objects.count()

    assert [closed_with(number) for number in (0, 1, 4)] == [
        ("too_few", {("", "", number, True, None)}, 0) for number in (0, 1, 4)
    ]


def test_close_round_copies_names_and_closes_once_what_is_open(
    round: Round, edition: Edition
) -> None:
    result = close_round(round=round, now=NOW)

    round.refresh_from_db()
    round.scheme.name = "Another name"
    assert (round.state, round.closed_at, round.result) == ("closed", NOW, result)
    assert round.names()[0] == "Joint scheme"
    assert [p["name"] for p in round.programmes] == [p.name for p in PROGRAMMES]
    raised(RoundNotOpen, close_round, round=round, now=NOW)
    raised(RoundNotOpen, close_round, round=draft_round(edition), now=NOW)
    raised(ClosedBySubmitting, close_round, round=begin(edition).round, now=NOW)


def test_close_round_judges_who_submitted_meanwhile(
    round: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_part(round, EVERYBODY[:5])
    real, late = close.judge_round, iter(EVERYBODY[5:6])

    def judge_then_submit(judged: Round, *inputs: Any) -> Any:
        found = real(judged, *inputs)
        take_part(round, list(late))
        return found

    monkeypatch.setattr(close, "judge_round", judge_then_submit)

    assert close_round(round=round, now=NOW).read().respondents == 6


def test_submit_in_a_round_of_several_gives_a_result_only_where_it_was_promised(
    edition: Edition,
) -> None:
    def submitted(**promise: bool) -> Response:
        response = seat(opened_round(edition, promise=promise))
        answer(response, {"TG2": 1})
        return submit_response(response=response, now=NOW)

    without, promised = submitted(), submitted(own_result=True)

    assert (without.result, without.is_submitted) == (None, True)
    assert without.submitted_at == NOW.replace(hour=0, minute=0)
    assert without.answers.get().updated_at.hour == 0
    assert promised.result is not None
    assert (promised.result.kind, promised.result.created_at.hour) == ("own", 0)
    assert promised.round.result is None


def test_who_is_among_several_answers_her_own_questions_once(round: Round) -> None:
    """And changes nothing of what is said of all."""
    response, questions = seat(round), round.edition.instrument().questions
    elsewhere = [q.code for q in questions if q.dimension and not q.routed_to("local", AG)]
    profile: dict[str, Any] = {"profile": {}, "programmes": (), "name": "", "seat": Seat()}

    refused = raised(BadAnswers, answer, response, {elsewhere[0]: 1})
    raised(ProfileOfSeveral, change_profile, response=response, **profile)
    answer(response, {"TG2": 1})
    submit_response(response=response, now=NOW)
    raised(AlreadySubmitted, answer, response, {"TG2": 2})
    raised(AmongSeveral, reopen_response, response=response, reason="", now=NOW)

    assert {code: e.code for code, e in refused.errors.items()} == {elsewhere[0]: "not_routed"}
