"""Tell who has begun in a round, and not submitted, that it closes in two days."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F

from assessment.actions.mail.queue import queue_mail
from assessment.actions.rounds.places import places_of
from assessment.models import Invitation, OutgoingMail, Round

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

TOLD_BEFORE = timedelta(days=2)


def tell_of_closing(*, now: datetime) -> int:
    """Once for each last day, of every round that has one soon; to how many people.

    Who is told is not stored with her invitation: it would say there who had begun.
    """
    return sum(_tell(pk, now) for pk in _due(now).values_list("pk", flat=True))


def _due(now: datetime) -> QuerySet[Round]:
    rows = Round.objects.filter(alone=False, state=Round.State.OPEN)
    soon = rows.filter(closes_at__gt=now, closes_at__lte=now + TOLD_BEFORE)
    return soon.exclude(last_day_told=F("closes_at"))


@transaction.atomic
def _tell(pk: int, now: datetime) -> int:
    rows = _due(now).select_related("scheme__owner").select_for_update(of=("self",))
    found = rows.filter(pk=pk).first()
    if found is None:
        return 0
    found.last_day_told = found.closes_at
    found.save(update_fields=["last_day_told"])
    places = [place for place in places_of(found) if place.invitation.mail is not None]
    begun = [place.invitation for place in places if place.state == Invitation.State.BEGUN]
    for one in begun:
        _write(one, found, now)
    return len(begun)


def _write(one: Invitation, found: Round, now: datetime) -> None:
    """From the address of the site at which the invitation was written: a sweep knows none."""
    queue_mail(
        kind=OutgoingMail.Kind.ROUND_CLOSING,
        to=one.email,
        language=one.language,
        origin=one.mail.origin if one.mail else "",
        now=now,
        organisation=found.scheme.owner,
        params={"invitation": str(one.uuid)},
        ends_at=found.closes_at,
    )
