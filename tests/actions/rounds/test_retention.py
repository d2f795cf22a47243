from __future__ import annotations

from datetime import UTC, datetime
from io import StringIO
from typing import TYPE_CHECKING

import pytest
from django.core.management import CommandError, call_command

from assessment.actions.rounds.agree import AnswersErased, SessionOutcome, agree_answers
from assessment.actions.rounds.close import close_round
from assessment.actions.rounds.invite import Invitee, invite
from assessment.actions.rounds.retention import delete_overdue
from assessment.models import Answer, Invitation, Organisation
from tests.actions.rounds.round_steps import AG, SP, Person, opened_round, take_part
from tests.factories import NOW

if TYPE_CHECKING:
    from assessment.models import Edition

PEOPLE = [Person("national", SP, {"LC1": 4}), Person("local", AG, {"LC1": 1})]


def at(day: int, hour: int = 12, month: int = 12) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)


def test_answers_and_names_go_after_the_promised_day_and_the_result_stays(
    edition: Edition,
) -> None:
    promise = {"kept_until": "2026-11-30", "own_result": True}
    due = opened_round(edition, promise=promise)
    later = opened_round(edition, promise={"kept_until": "2026-12-01"})
    kept = opened_round(edition)
    for one in (due, later, kept):
        take_part(one, PEOPLE)
        invite(round=one, people=[Invitee("Ana", "ana@x.example", "MIDIS", "local", AG)])
    result = close_round(round=due, now=NOW)

    assert delete_overdue(now=at(30, month=11)) == 0
    assert delete_overdue(now=at(1)) == 1
    assert delete_overdue(now=at(1)) == 0

    left = Answer.objects.values_list("response__round", flat=True)
    assert set(left) == {later.pk, kept.pk}
    names = Invitation.objects.order_by("round_id").values_list("name", "email", "institution")
    assert [row[0] for row in names] == ["", "Ana", "Ana"]
    assert list(due.results.values_list("content_hash")) == [(result.content_hash,)]
    with pytest.raises(AnswersErased):
        agree_answers(round=due, answers=[SessionOutcome("HC1", 2)], now=NOW)


def test_the_promised_day_ends_where_the_round_is(edition: Edition) -> None:
    """A round that keeps no answers and still names somebody is due too."""
    made = opened_round(edition, promise={"kept_until": "2026-11-30"}, time_zone="America/Lima")
    take_part(made, PEOPLE)
    naming = opened_round(edition, promise={"kept_until": "2026-12-01"}, time_zone="America/Lima")
    invite(round=naming, people=[Invitee("Ana", "", "", "local", AG)])

    assert [delete_overdue(now=at(1, hour=hour)) for hour in (4, 5)] == [0, 1]
    assert Invitation.objects.exclude(name="").exists()
    assert delete_overdue(now=at(2, hour=5)) == 1
    assert not Invitation.objects.exclude(name="").exists()


def command(*arguments: str) -> str:
    out = StringIO()
    call_command("retention", *arguments, stdout=out)
    return out.getvalue()


def test_command_says_first_what_would_go_by_organisation(edition: Edition) -> None:
    made = opened_round(edition, promise={"kept_until": "2020-11-30"})
    made.scheme.owner = Organisation.objects.create(name="Planning Unit", created_at=NOW)
    made.scheme.save()
    take_part(made, [*PEOPLE, Person("local", AG, {"LC1": 2}, "Only she knows")])
    nobodys = opened_round(edition, promise={"kept_until": "2020-11-30"})
    take_part(nobodys, PEOPLE)

    dry = command("--dry-run")

    assert "Organisation: Planning Unit" in dry
    assert f"{made.reference} kept until 2020-11-30: 3 responses, 3 answers, 1 notes" in dry
    assert ("Organisation: without one" in dry, "2 rounds are due" in dry) == (True, True)
    assert Answer.objects.count() == 5
    assert "1 rounds lost" in command("--organisation", "Planning Unit")
    assert Answer.objects.count() == 2
    assert "1 rounds lost" in command()
    with pytest.raises(CommandError, match="no organisation Elsewhere"):
        command("--organisation", "Elsewhere")
