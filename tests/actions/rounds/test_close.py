from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import IntegrityError, transaction

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
from tests.tables import undone

if TYPE_CHECKING:
    from assessment.models import Edition, Round

EVERYBODY = [
    Person(tier, sector, {"TG2": level, "HC2": level})
    for tier in ("national", "regional")
    for sector, level in ((SP, 4), (AG, 1))
    for _ in range(5)
]


@pytest.fixture
def round(edition: Edition) -> Round:
    return opened_round(edition)


def test_close_round_stores_what_the_method_says_of_all_together(round: Round) -> None:
    take_part(round, EVERYBODY)

    result = close_round(round=round, now=NOW)

    judged = result.read()
    assert (judged.status, judged.respondents, judged.minimum) == ("judged", 20, 5)
    assert (result.kind, result.number, list(round.results.all())) == ("joint", None, [result])
    assert judged.items["TG2"].score == 62.5
    assert {gap.on: gap.levels for gap in judged.gaps}["TG2"] == 3.0


def test_close_round_stores_a_score_for_each_group_and_each_rule(round: Round) -> None:
    take_part(round, EVERYBODY)

    judged = close_round(round=round, now=NOW).read()

    rows = DimensionScore.objects.filter(dimension="TG")
    groups = {(row.sector, row.tier): (row.n, row.hidden, row.score) for row in rows}
    assert groups[("", "")] == (20, False, judged.dimensions["TG"].score)
    assert groups == {
        (g.sector or "", g.tier or ""): (g.n, False, g.dimensions["TG"].score)
        for g in judged.groups
    }
    assert {str(row).partition("/")[2] for row in ResultCode.objects.all()} == {
        f"rule/{code}" for code, holds in judged.rules.items() if holds
    }


def test_hidden_group_has_rows_without_figures(round: Round) -> None:
    take_part(round, [*EVERYBODY, Person("local", AG, {"TG2": 0})])

    close_round(round=round, now=NOW)

    row = DimensionScore.objects.get(sector=AG, tier="local", dimension="TG")
    assert (row.n, row.hidden) == (1, True)
    assert (row.score, row.low, row.high, row.level, row.sufficient) == (None,) * 5
    assert str(row) == f"{row.result_id}/TG/{AG}/local"
    with pytest.raises(IntegrityError), transaction.atomic():
        DimensionScore.objects.filter(pk=row.pk).update(score=50.0)


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


def test_close_round_counts_only_what_was_submitted(round: Round) -> None:
    take_part(round, EVERYBODY)
    late = seat(round)
    answer(late, {"TG2": 0})

    judged = close_round(round=round, now=NOW).read()

    assert (judged.respondents, judged.items["TG2"].score) == (20, 62.5)
    with pytest.raises(RoundNotOpen):
        answer(late, {"TG2": 1})
    with pytest.raises(RoundNotOpen):
        submit_response(response=late, now=NOW)


def test_close_round_copies_names_and_counts_its_result(round: Round) -> None:
    result = close_round(round=round, now=NOW)

    round.refresh_from_db()
    round.scheme.name = "Another name"
    assert (round.state, round.closed_at, round.result) == ("closed", NOW, result)
    assert round.names()[0] == "Joint scheme"
    assert [p["name"] for p in round.programmes] == [p.name for p in PROGRAMMES]


def test_close_round_closes_once(round: Round) -> None:
    close_round(round=round, now=NOW)

    with pytest.raises(RoundNotOpen):
        close_round(round=round, now=NOW)


def test_close_round_refuses_a_draft(edition: Edition) -> None:
    with pytest.raises(RoundNotOpen):
        close_round(round=draft_round(edition), now=NOW)


def test_close_round_refuses_who_answers_alone(edition: Edition) -> None:
    with pytest.raises(ClosedBySubmitting):
        close_round(round=begin(edition).round, now=NOW)


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


def test_submit_in_a_round_of_several_ends_the_response_without_a_result(round: Round) -> None:
    response = seat(round)
    answer(response, {"TG2": 1})

    submitted = submit_response(response=response, now=NOW)

    assert (submitted.result, submitted.is_submitted) == (None, True)
    assert submitted.submitted_at == NOW.replace(hour=0, minute=0)
    assert response.answers.get().updated_at.hour == 0
    with pytest.raises(AlreadySubmitted):
        answer(response, {"TG2": 2})


def test_submit_gives_an_own_result_where_it_was_promised(edition: Edition) -> None:
    response = seat(opened_round(edition, promise={"own_result": True}))
    answer(response, {"TG2": 1})

    submitted = submit_response(response=response, now=NOW)

    assert submitted.result is not None
    assert (submitted.result.kind, submitted.result.created_at.hour) == ("own", 0)
    assert submitted.round.result is None


def test_save_refuses_what_is_not_asked_of_the_seat(round: Round) -> None:
    asked_elsewhere = next(
        q.code
        for q in round.edition.instrument().questions
        if q.dimension and not q.routed_to("local", AG)
    )

    with pytest.raises(BadAnswers) as refused:
        answer(seat(round), {asked_elsewhere: 1})

    assert {code: e.code for code, e in refused.value.errors.items()} == {
        asked_elsewhere: "not_routed"
    }


def test_response_among_several_is_not_opened_again(round: Round) -> None:
    response = seat(round)
    answer(response, {"TG2": 1})
    submit_response(response=response, now=NOW)

    with pytest.raises(AmongSeveral):
        reopen_response(response=response, reason="", now=NOW)


def test_profile_of_several_is_not_one_respondents(round: Round) -> None:
    with pytest.raises(ProfileOfSeveral):
        change_profile(response=seat(round), profile={}, programmes=(), name="", seat=Seat())
