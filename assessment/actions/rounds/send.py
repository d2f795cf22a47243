"""Send the invitations of a round, and remind who has not submitted."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from assessment.actions.mail.queue import queue_mail
from assessment.actions.record import record_act
from assessment.actions.responses.lock import RoundNotOpen
from assessment.actions.rounds.places import Place, places_of
from assessment.models import Invitation, OutgoingMail, Round

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

State = Invitation.State
NOT_SUBMITTED = frozenset({State.SENT, State.BEGUN})
"""Who is reminded; who was refused by the mail server is not reached by another message."""

MOST_ROUND_REMINDERS = 3
BETWEEN_MAILS = timedelta(days=3)
_ACTS = {
    OutgoingMail.Kind.ROUND_INVITATION.value: "invitations_sent",
    OutgoingMail.Kind.ROUND_REMINDER.value: "reminders_sent",
}


@transaction.atomic
def send_invitations(*, round: Round, origin: str, now: datetime) -> int:
    """Writes to everybody with an address to whom nothing was sent yet; how many.

    `origin` is the site's public address. Raises RoundNotOpen (it is a draft, or over).
    """
    locked = _open(round, now)
    prepared = locked.invitations.filter(state=State.PREPARED).exclude(email="")
    return _write(prepared, OutgoingMail.Kind.ROUND_INVITATION, locked, origin, now)


@transaction.atomic
def send_again(*, invitation: Invitation, origin: str, now: datetime) -> int:
    """The same link once more to one person, whose message was refused or lost.

    Raises RoundNotOpen.
    """
    locked = _open(invitation.round, now)
    rows = locked.invitations.standing().filter(pk=invitation.pk).exclude(email="")
    return _write(rows, OutgoingMail.Kind.ROUND_INVITATION, locked, origin, now)


@transaction.atomic
def remind(*, round: Round, origin: str, now: datetime) -> int:
    """Writes to who was invited and has not submitted; how many. Raises RoundNotOpen."""
    locked = _open(round, now)
    due = [place.invitation for place in places_of(locked) if reminder_is_due(place, now)]
    for one in due:
        one.reminders += 1
    Invitation.objects.bulk_update(due, ["reminders"])
    return _write(due, OutgoingMail.Kind.ROUND_REMINDER, locked, origin, now)


def reminder_is_due(place: Place, now: datetime) -> bool:
    """Of who was reached and has not submitted: not too often, and not too soon again."""
    one = place.invitation
    if place.state not in NOT_SUBMITTED or one.mail is None or not one.email:
        return False
    return one.reminders < MOST_ROUND_REMINDERS and now - one.mail.created_at >= BETWEEN_MAILS


def _open(round: Round, now: datetime) -> Round:
    rows = Round.objects.select_related("scheme__owner").select_for_update(of=("self",))
    locked = rows.get(pk=round.pk)
    if not locked.takes_answers(now):
        raise RoundNotOpen
    return locked


def _write(
    invitations: Iterable[Invitation], kind: str, round: Round, origin: str, now: datetime
) -> int:
    for one in (written := list(invitations)):
        one.mail = queue_mail(
            kind=kind,
            to=one.email,
            language=one.language,
            origin=origin,
            now=now,
            organisation=round.scheme.owner,
            params={"invitation": str(one.uuid)},
            ends_at=round.closes_at,
        )
        one.state = State.SENT
        one.save(update_fields=["mail", "state"])
    if written:
        record_act(_ACTS[kind], round, number=len(written))
    return len(written)
