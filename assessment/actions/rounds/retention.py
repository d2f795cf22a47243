"""Delete what a round promised not to keep any longer; first say what that would be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q

from assessment.actions.record import record
from assessment.actions.rounds.erase import forget_addresses, forget_answers
from assessment.models import Answer, Round
from assessment.models.promises import read_promise

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from assessment.models import Organisation
    from assessment.models.invitations import InvitationQuerySet


@dataclass(frozen=True, slots=True)
class OverdueRound:
    """What of one round goes, in numbers; `kept_until` is the day that was promised."""

    round: Round
    kept_until: date
    responses: int
    answers: int
    notes: int
    own_results: int
    people: int


def overdue_rounds(
    *, now: datetime, organisation: Organisation | None = None
) -> Iterator[OverdueRound]:
    """Rounds whose last day is over where they are, and that hold something yet; the oldest first.

    The day ends by the round's own zone: by another its people would lose hours of it.
    """
    tomorrow = (now + timedelta(days=1)).date()
    rounds = Round.objects.of_several().filter(promise__kept_until__lte=tomorrow.isoformat())
    if organisation is not None:
        rounds = rounds.filter(scheme__owner=organisation)
    for one in rounds.select_related("scheme__owner").order_by("pk"):
        until = read_promise(one.promise).kept_until
        if until is not None and until < now.astimezone(ZoneInfo(one.time_zone)).date():
            found = _overdue(one, until)
            if found.answers or found.notes or found.own_results or found.people:
                yield found


@transaction.atomic
def delete_overdue(*, now: datetime, organisation: Organisation | None = None) -> int:
    """Answers, notes, own results, names and addresses of these rounds; how many rounds.

    The frozen result stays as it is and is never worked out again. What is still open then has lost
    its answers too: the promise stands above it.
    """
    due = list(overdue_rounds(now=now, organisation=organisation))
    for found in due:
        forget_answers(found.round.responses.all())
        people = _people(found.round)
        emails = list(people.exclude(email="").values_list("email", flat=True))
        forget_addresses(round=found.round, emails=emails, now=now)
        people.update(name="", email="", institution="")
        found.round.pack_files.all().delete()
        found.round.responses.update(name="", institution="")
        Round.objects.filter(pk=found.round.pk).update(answers_erased=True)
        numbers = {"responses": found.responses, "people": found.people}
        record(None, "answers_erased", found.round, by="retention", **numbers)
    return len(due)


def _overdue(round: Round, until: date) -> OverdueRound:
    answers = Answer.objects.filter(response__round=round)
    return OverdueRound(
        round=round,
        kept_until=until,
        responses=answers.values("response").distinct().count(),
        answers=answers.exclude(status="").count(),
        notes=answers.exclude(note="").count(),
        own_results=round.responses.exclude(result=None).count(),
        people=_people(round).count(),
    )


def _people(round: Round) -> InvitationQuerySet:
    """Of whom a name, an address or an institution stands there."""
    return round.invitations.filter(~Q(name="") | ~Q(email="") | ~Q(institution=""))
