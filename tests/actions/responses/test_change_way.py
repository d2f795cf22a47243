from __future__ import annotations

import pytest

from assessment.actions.responses.change_way import WayOfSeveral, change_way
from assessment.actions.responses.lock import AlreadySubmitted
from assessment.actions.responses.reopen import reopen_response
from assessment.actions.responses.submit import submit_response
from assessment.models import Round
from tests.factories import NOW, ResponseFactory, SeatFactory, answered
from tests.tables import raised

pytestmark = pytest.mark.django_db
SHORT, WHOLE = Round.Questionnaire.SHORT, Round.Questionnaire.WHOLE


def test_way_is_kept_with_the_round_and_answers_stay() -> None:
    """Also where the response is opened again."""
    response = answered(ResponseFactory(), TG2=2, TG4=1)

    changed = change_way(response=response, questionnaire=SHORT)
    submit_response(response=response, now=NOW)
    newer = reopen_response(response=response, reason="The rest", now=NOW)

    assert (changed.round.questionnaire, Round.objects.get().questionnaire) == (SHORT, SHORT)
    assert [set(one.answers_by_code()) for one in (response, newer)] == [{"TG2", "TG4"}] * 2


def test_way_of_several_and_of_what_is_submitted_stays() -> None:
    submitted = answered(ResponseFactory(), TG2=2)
    submit_response(response=submitted, now=NOW)

    raised(WayOfSeveral, change_way, response=SeatFactory(), questionnaire=SHORT)
    raised(AlreadySubmitted, change_way, response=submitted, questionnaire=SHORT)

    assert set(Round.objects.values_list("questionnaire", flat=True)) == {WHOLE}
