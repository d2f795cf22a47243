"""Send a message: the dialogue with the mail server, and what its answer means."""

from __future__ import annotations

import contextlib
import logging
import re
from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus
from smtplib import SMTPRecipientsRefused, SMTPResponseException
from typing import TYPE_CHECKING, Any

from django.core.mail import get_connection
from django.db import Error
from django.utils.translation import override

from assessment.actions.mail.hold import (
    MailNotHeld,
    MailState,
    begin_dialogue,
    claim_mail,
    finish_mail,
    settle_doubt,
    try_later,
)
from assessment.actions.mail.kinds import MAIL_KINDS
from assessment.actions.mail.message import mail_message
from assessment.actions.mail.prepare import prepare_mail, text_of_mail
from assessment.actions.mail.unsubscribe import unsubscribe_link
from assessment.models import OutgoingMail

if TYPE_CHECKING:
    from django.core.mail import EmailMultiAlternatives

ENHANCED = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")
NOT_TRANSIENT = (HTTPStatus.BAD_REQUEST, HTTPStatus.UNPROCESSABLE_ENTITY)
"""By which a service that is spoken to over HTTP refuses one message for good."""

logger = logging.getLogger(__name__)
Clock = Callable[[], datetime]


def deliver_mail(*, mail: int, holder: str, clock: Clock) -> None:
    """Claims, prepares and sends it; where another does so, nothing."""
    claimed = claim_mail(mail=mail, holder=holder, now=clock())
    if claimed is None:
        return
    try:
        if prepare_mail(mail=claimed, now=clock()):
            send_prepared(mail=claimed, clock=clock)
    except MailNotHeld:
        logger.warning("the sending of a message was overtaken by another")


def send_prepared(*, mail: OutgoingMail, clock: Clock) -> None:
    """Raises MailNotHeld; every other end of it stands in the row."""
    message = outgoing_message(mail, clock())
    if message is None:
        finish_mail(mail=mail, state=MailState.DROPPED, now=clock())
        return
    server = get_connection()
    try:
        server.open()
    except Exception as error:  # noqa: BLE001 -- whatever a backend raises, the message waits
        logger.warning("the mail server takes no messages: %s", type(error).__name__)
        try_later(mail=mail, answer=answer_of(error), now=clock())
        return
    with contextlib.closing(_Quiet(server)):
        begin_dialogue(mail=mail, now=clock())
        _talk(mail, server, message, clock)


def outgoing_message(mail: OutgoingMail, now: datetime) -> EmailMultiAlternatives | None:
    """As it would go now; None where nobody needs it any more."""
    with override(mail.language):
        text = text_of_mail(mail, now)
    if text is None:
        return None
    reminder = MAIL_KINDS[mail.kind].is_reminder
    return mail_message(
        text=text,
        to=mail.to,
        language=mail.language,
        reply_to=mail.organisation.reply_to if mail.organisation else "",
        unsubscribe=unsubscribe_link(mail) if reminder else "",
        headers={"Message-ID": mail.message_id},
    )


def _talk(mail: OutgoingMail, server: Any, message: EmailMultiAlternatives, clock: Clock) -> None:
    try:
        server.send_messages([message])
    except Error:
        raise
    except Exception as error:  # noqa: BLE001 -- each end of a dialogue is stored
        _settle(mail, error, clock())
    else:
        finish_mail(mail=mail, state=MailState.SENT, now=clock())


def _settle(mail: OutgoingMail, error: Exception, now: datetime) -> None:
    """By what the server answered; without an answer it may have taken the message."""
    answer = answer_of(error)
    logger.warning("a message was not sent: %s %s", type(error).__name__, answer)
    service = getattr(error, "status_code", None)
    if service in NOT_TRANSIENT or (service is None and answer[:1] == "5"):
        finish_mail(mail=mail, state=MailState.REFUSED, answer=answer, now=now)
    elif service is not None or answer[:1] == "4":
        try_later(mail=mail, answer=answer, now=now)
    else:
        settle_doubt(mail=mail, answer=answer, now=now)


def answer_of(error: Exception) -> str:
    """The codes alone: words of a server may hold the address. The name of what has no code."""
    code, words = _answer(error)
    if not code:
        return type(error).__name__
    enhanced = ENHANCED.search(words)
    return f"{code} {enhanced[0]}" if enhanced else str(code)


def _answer(error: Exception) -> tuple[int, str]:
    if isinstance(error, SMTPRecipientsRefused):
        code, words = next(iter(error.recipients.values()))
        return code, words.decode(errors="replace")
    if isinstance(error, SMTPResponseException):
        said = error.smtp_error
        return error.smtp_code, said if isinstance(said, str) else said.decode(errors="replace")
    return int(getattr(error, "status_code", None) or 0), ""


class _Quiet:
    """A connection whose closing changes nothing of what was answered."""

    def __init__(self, server: Any) -> None:
        self.server = server

    def close(self) -> None:
        with contextlib.suppress(Exception):
            self.server.close()
