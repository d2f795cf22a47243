"""What each kind of message says, made from its row at the moment when it is sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from assessment.actions.accounts.account_mail import account_text
from assessment.actions.mail.mail_text import MailText
from assessment.actions.organisations.invitation_text import invitation_text, reminder_text
from assessment.actions.plans.remind import plan_reminder
from assessment.actions.rounds.round_mail import round_closing, round_invitation, round_reminder
from assessment.actions.sign_offs.sign_off_mail import sign_off_code, sign_off_request
from assessment.models import OutgoingMail


@dataclass(frozen=True, slots=True)
class MailKind:
    """`write` gives None where nobody needs the message any more.

    A reminder can be unsubscribed from, and one whose sending is in doubt is not repeated.
    """

    write: Callable[[OutgoingMail], MailText | None]
    is_reminder: bool = False


MAIL_KINDS: Mapping[str, MailKind] = {
    OutgoingMail.Kind.ACCOUNT: MailKind(account_text),
    OutgoingMail.Kind.MEMBER_INVITATION: MailKind(invitation_text),
    OutgoingMail.Kind.MEMBER_REMINDER: MailKind(reminder_text, is_reminder=True),
    OutgoingMail.Kind.ROUND_INVITATION: MailKind(round_invitation),
    OutgoingMail.Kind.ROUND_REMINDER: MailKind(round_reminder, is_reminder=True),
    OutgoingMail.Kind.SIGN_OFF_REQUEST: MailKind(sign_off_request),
    OutgoingMail.Kind.SIGN_OFF_CODE: MailKind(sign_off_code),
    OutgoingMail.Kind.ROUND_CLOSING: MailKind(round_closing, is_reminder=True),
    OutgoingMail.Kind.PLAN_REMINDER: MailKind(plan_reminder, is_reminder=True),
}
