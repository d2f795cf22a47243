"""Remind the owners in the plan of a round of several of its dates, where an address is given."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.translation import gettext

from assessment.actions.mail.mail_text import MailText
from assessment.actions.mail.queue import queue_mail
from assessment.models import OutgoingMail, PlanLine, PlanShare

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from django.db.models import QuerySet

OWNERS_TOLD_BEFORE = timedelta(days=14)
LATE_FOR = timedelta(days=30)
"""So long after a date that passed an owner is told of it: not of what lies years back."""
OVER = (PlanLine.State.DONE, PlanLine.State.DROPPED)
MOST_AT_ONCE = 500


def remind_owners(*, now: datetime, what_of: Callable[[PlanLine, str], str]) -> int:
    """Once two weeks before each date and once when it has passed; how many messages.

    `what_of` gives the words of a line in a language: what advice says stands in the bank.
    """
    today = now.date()
    due = [*_soon(today)[:MOST_AT_ONCE], *_late(today)[:MOST_AT_ONCE]]
    return sum(_remind(share.pk, now, what_of) for share in due)


def _standing() -> QuerySet[PlanShare]:
    rows = PlanShare.objects.exclude(email="").filter(line__deleted_at=None)
    return rows.exclude(line__state__in=OVER).order_by("pk")


def _soon(today: date) -> QuerySet[PlanShare]:
    rows = _standing().filter(line__due_date__range=(today, today + OWNERS_TOLD_BEFORE))
    return rows.filter(Q(reminded_of=None) | ~Q(reminded_of=F("line__due_date")))


def _late(today: date) -> QuerySet[PlanShare]:
    rows = _standing().filter(line__due_date__lt=today, line__due_date__gte=today - LATE_FOR)
    return rows.filter(Q(reminded_late_of=None) | ~Q(reminded_late_of=F("line__due_date")))


@transaction.atomic
def _remind(share: int, now: datetime, what_of: Callable[[PlanLine, str], str]) -> int:
    """Nothing where another sweep did it meanwhile."""
    today = now.date()
    rows = (_soon(today) | _late(today)).select_related("line__round__scheme__owner")
    found = rows.select_for_update(of=("self",)).filter(pk=share).first()
    if found is None:
        return 0
    line = found.line
    is_late = line.due_date is not None and line.due_date < today
    field = "reminded_late_of" if is_late else "reminded_of"
    setattr(found, field, line.due_date)
    found.save(update_fields=[field])
    queue_mail(
        kind=OutgoingMail.Kind.PLAN_REMINDER,
        to=found.email,
        language=found.language,
        origin=found.origin,
        now=now,
        organisation=line.round.scheme.owner,
        params={
            "share": found.pk,
            "due": str(line.due_date),
            "late": is_late,
            "what": what_of(line, found.language),
        },
    )
    return 1


def plan_reminder(mail: OutgoingMail) -> MailText | None:
    """None where the line is over or gone, or its date or its owner was changed meanwhile."""
    rows = _standing().select_related("line__round__scheme__owner")
    share = rows.filter(
        pk=mail.params["share"], email=mail.to, line__due_date=mail.params["due"]
    ).first()
    if share is None or share.line.due_date is None:
        return None
    scheme, owner = share.line.round.scheme, share.line.round.scheme.owner
    words = {
        "owner": share.owner,
        "scheme": scheme.name,
        "organisation": owner.name if owner else gettext("An organisation"),
        "day": date_format(share.line.due_date),
        "what": mail.params["what"],
    }
    if mail.params["late"]:
        subject = gettext("A date has passed in the plan of “%(scheme)s”")
        stands = gettext("In the plan of “%(scheme)s” this was to be done by %(day)s:")
    else:
        subject = gettext("A date comes near in the plan of “%(scheme)s”")
        stands = gettext("In the plan of “%(scheme)s” this is to be done by %(day)s:")
    paragraphs = (
        share.owner and gettext("To: %(owner)s") % words,
        stands % words,
        words["what"],
        gettext("Tell %(organisation)s where it stands; they keep the plan.") % words,
    )
    return MailText(subject % words, tuple(filter(None, paragraphs)))
