"""Prepare a message: whether it is still wanted, may go today, and by which id it is known."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.db import transaction

from assessment.actions.mail.hold import MailState, finish_mail, mark_prepared, put_off
from assessment.actions.mail.kinds import MAIL_KINDS
from assessment.actions.mail.mail_text import MailText
from assessment.actions.mail.message import new_message_id
from assessment.actions.mail.unsubscribe import is_unsubscribed
from assessment.models import Organisation, OutgoingMail


def text_of_mail(mail: OutgoingMail, now: datetime) -> MailText | None:
    """None where nobody needs it any more, or its reader wants no more of the kind."""
    kind = MAIL_KINDS[mail.kind]
    if mail.ends_at is not None and mail.ends_at <= now:
        return None
    if kind.is_reminder and is_unsubscribed(mail):
        return None
    return kind.write(mail)


def prepare_mail(*, mail: OutgoingMail, now: datetime) -> bool:
    """Whether it can be sent now. What was prepared before stays so. Raises MailNotHeld."""
    if mail.state == MailState.PREPARED:
        return True
    if text_of_mail(mail, now) is None:
        finish_mail(mail=mail, state=MailState.DROPPED, now=now)
        return False
    with transaction.atomic():
        if _day_is_full(mail, now):
            put_off(mail=mail, due_at=day_of(now) + timedelta(days=1))
            return False
        mark_prepared(mail=mail, message_id=new_message_id(mail.uuid.hex), now=now)
    return True


def prepared_today(organisation: Organisation, now: datetime) -> int:
    rows = OutgoingMail.objects.filter(organisation=organisation)
    return rows.filter(prepared_at__gte=day_of(now)).count()


def day_of(now: datetime) -> datetime:
    """Its midnight in UTC."""
    return datetime.combine(now.date(), time(), tzinfo=now.tzinfo)


def _day_is_full(mail: OutgoingMail, now: datetime) -> bool:
    """Its organisation is locked until the transaction ends: all that go at once are counted."""
    if mail.organisation_id is None:
        return False
    sender = Organisation.objects.select_for_update().get(pk=mail.organisation_id)
    return prepared_today(sender, now) >= sender.mails_a_day
