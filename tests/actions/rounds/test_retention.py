from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from assessment.actions.rounds.close import close_round
from assessment.actions.rounds.invite import Invitee, invite
from assessment.actions.rounds.retention import delete_answers_after_their_day
from assessment.models import Answer, Invitation
from tests.actions.rounds.round_steps import AG, SP, Person, opened_round, take_part
from tests.factories import NOW

if TYPE_CHECKING:
    from assessment.models import Edition

PEOPLE = [Person("national", SP, {"LC1": 4}), Person("local", AG, {"LC1": 1})]


def test_answers_and_names_go_after_the_promised_day_and_the_result_stays(
    edition: Edition,
) -> None:
    due = opened_round(edition, promise={"kept_until": "2026-11-30"})
    later = opened_round(edition, promise={"kept_until": "2026-12-01"})
    kept = opened_round(edition)
    for one in (due, later, kept):
        take_part(one, PEOPLE)
        invite(round=one, people=[Invitee("Ana", "ana@x.example", "MIDIS", "local", AG)])
    result = close_round(round=due, now=NOW)

    assert delete_answers_after_their_day(today=date(2026, 11, 30)) == 0
    assert delete_answers_after_their_day(today=date(2026, 12, 1)) == 1
    assert delete_answers_after_their_day(today=date(2026, 12, 1)) == 0

    left = Answer.objects.values_list("response__round", flat=True)
    assert set(left) == {later.pk, kept.pk}
    names = Invitation.objects.order_by("round_id").values_list("name", "email", "institution")
    assert [row[0] for row in names] == ["", "Ana", "Ana"]
    assert list(due.results.values_list("content_hash")) == [(result.content_hash,)]
