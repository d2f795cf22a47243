"""Delete what a round promised not to keep any longer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from assessment.actions.record import record
from assessment.models import Answer, Round

if TYPE_CHECKING:
    from datetime import date


@transaction.atomic
def delete_answers_after_their_day(*, today: date) -> int:
    """Answers, notes and names of rounds whose promised last day is over; how many rounds.

    The frozen result stays as it is and is never worked out again. What is still open then has lost
    its answers too: the promise stands above it.
    """
    rounds = Round.objects.of_several().filter(promise__kept_until__lt=today.isoformat())
    due = list(rounds.filter(responses__answers__isnull=False).distinct())
    for one in due:
        Answer.objects.filter(response__round=one).delete()
        one.invitations.update(name="", email="", institution="")
        record(None, "answers_deleted", one)
    return len(due)
