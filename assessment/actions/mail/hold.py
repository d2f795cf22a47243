"""Who sends a message holds its row: taken, moved from state to state, and given back.

Each is one statement that changes the row only while it is held by the one who calls: of two who
believe to hold it, one is right.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import F

from assessment.actions.mail.kinds import MAIL_KINDS
from assessment.models import OutgoingMail

if TYPE_CHECKING:
    from datetime import datetime

MailState = OutgoingMail.State
MAIL_LEASE = timedelta(minutes=2)
"""So long a sending that says nothing is believed to go on; a dialogue has shorter limits."""
MOST_DOUBTS = 10
"""A message whose dialogue broke off so often is not tried again."""
REFUSED_AFTER = timedelta(hours=48)
"""So long a server may say "later"."""
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 30, 60))


class MailNotHeld(Exception):
    """The lease ended, or the row is gone: whoever held it lets it be."""


def claim_mail(*, mail: int, holder: str, now: datetime) -> OutgoingMail | None:
    """None where it is not due, or somebody else holds it."""
    due = OutgoingMail.objects.due(now).filter(pk=mail)
    if not due.update(holder=holder, held_until=now + MAIL_LEASE):
        return None
    return OutgoingMail.objects.select_related("organisation").get(pk=mail)


def mark_prepared(*, mail: OutgoingMail, message_id: str, now: datetime) -> None:
    """Raises MailNotHeld."""
    _move(mail, MailState.WAITING, state=MailState.PREPARED, message_id=message_id, prepared_at=now)
    mail.state, mail.message_id = MailState.PREPARED, message_id


def begin_dialogue(*, mail: OutgoingMail, now: datetime) -> None:
    """From here on until its end is stored, nobody knows whether it went. Raises MailNotHeld."""
    held = {"held_until": now + MAIL_LEASE, "sendings": F("sendings") + 1}
    _move(mail, MailState.PREPARED, state=MailState.SENDING, **held)
    mail.state = MailState.SENDING


def finish_mail(*, mail: OutgoingMail, state: str, now: datetime, answer: str = "") -> None:
    """What it was made from goes at once. Raises MailNotHeld."""
    _move(mail, mail.state, state=state, answer=answer, **over(now))


def put_off(*, mail: OutgoingMail, due_at: datetime) -> None:
    """Raises MailNotHeld."""
    _move(mail, mail.state, due_at=due_at, **_FREE)


def try_later(*, mail: OutgoingMail, answer: str, now: datetime) -> None:
    """Where it was not taken for so long, it is refused. Raises MailNotHeld."""
    since = mail.failing_since or now
    if now - since >= REFUSED_AFTER:
        finish_mail(mail=mail, state=MailState.REFUSED, answer=answer, now=now)
        return
    due = {"due_at": now + pause_after(now - since), "failing_since": since}
    _move(mail, mail.state, state=MailState.PREPARED, answer=answer, **due, **_FREE)


def pause_after(time: timedelta) -> timedelta:
    """The longer it was not taken, the longer until it is offered again."""
    return next((pause for pause in PAUSES if time < 2 * pause), PAUSES[-1])


def settle_doubt(*, mail: OutgoingMail, answer: str, now: datetime) -> None:
    """The dialogue broke off. A reminder is left in doubt, all else goes once more with its id.

    Raises MailNotHeld.
    """
    doubts = mail.doubts + 1
    if MAIL_KINDS[mail.kind].is_reminder or doubts >= MOST_DOUBTS:
        _move(mail, mail.state, state=MailState.IN_DOUBT, answer=answer, doubts=doubts, **over(now))
        return
    again = {"state": MailState.PREPARED, "due_at": now + PAUSES[0]}
    _move(mail, mail.state, **again, answer=answer, doubts=doubts, **_FREE)


def settle_lost_mails(*, now: datetime) -> None:
    """What died within the dialogue lets its messages go when their leases end."""
    for mail in OutgoingMail.objects.lost(now):
        with suppress(MailNotHeld):  # another sweep was first
            settle_doubt(mail=mail, answer="", now=now)


def over(now: datetime) -> dict[str, Any]:
    return {"finished_on": now.date(), "params": {}, **_FREE}


_FREE: dict[str, Any] = {"holder": "", "held_until": None, "queued_at": None}


def _move(mail: OutgoingMail, before: str, **values: Any) -> None:
    held = OutgoingMail.objects.filter(pk=mail.pk, state=before, holder=mail.holder)
    if not held.update(**values):
        raise MailNotHeld
