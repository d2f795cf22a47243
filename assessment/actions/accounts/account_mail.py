"""Messages about an account: written into the outbox without what opens it, worded when sent.

A link is made at that moment, from the account. A code exists only where it was drawn: it waits
encrypted, and goes with the row's params when the message is over.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from allauth.account import app_settings
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.account.utils import user_pk_to_url_str
from cryptography.fernet import InvalidToken
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment.actions.cipher import cipher_of
from assessment.actions.mail.mail_text import MailText
from assessment.actions.mail.queue import queue_mail
from assessment.models import OutgoingMail

if TYPE_CHECKING:
    from datetime import datetime

    from django_stubs_ext import StrPromise

CODE, RESET, CONFIRM = "login_code", "password_reset_key", "email_confirmation"
CODE_HOLDS = timedelta(seconds=app_settings.LOGIN_BY_CODE_TIMEOUT)
WAITS = {CODE: CODE_HOLDS, RESET: timedelta(days=1), CONFIRM: timedelta(days=1)}
"""A message that could not be sent for so long is of no use: its reader asked anew."""
CHANGES: dict[str, StrPromise] = {
    "password_changed": gettext_lazy("Your password was changed."),
    "password_reset": gettext_lazy("Your password was set anew by a link in a message."),
    "email_changed": gettext_lazy("The e-mail address of your account was changed."),
    "totp_activated": gettext_lazy("An app was set up as your second factor."),
    "totp_deactivated": gettext_lazy("The app is no longer your second factor."),
    "webauthn_added": gettext_lazy("A passkey was added."),
    "webauthn_removed": gettext_lazy("A passkey was removed."),
    "recovery_codes_generated": gettext_lazy("New recovery codes were made."),
}
NOT_YOU = gettext_lazy(
    "If it was not you, change your password at once and tell those who look after this site."
)
PURPOSE = "account-mail"


def queue_account_mail(
    *,
    about: str,
    user: User | None,
    to: str,
    language: str,
    origin: str,
    now: datetime,
    code: str = "",
) -> OutgoingMail:
    """`about` is one of CHANGES or of LINKS, with its user, or CODE, with the code alone."""
    params: dict[str, Any] = {"about": about, "user": user.pk if user else None}
    if about == CODE:
        params["code"] = cipher_of(PURPOSE).encrypt(code.encode()).decode()
    return queue_mail(
        kind=OutgoingMail.Kind.ACCOUNT,
        to=to,
        language=language,
        origin=origin,
        params=params,
        ends_at=now + WAITS[about] if about in WAITS else None,
        now=now,
    )


def account_text(mail: OutgoingMail) -> MailText | None:
    """None where the account is gone or closed, and where nothing is left to confirm."""
    about = mail.params["about"]
    if about == CODE:
        return _code_text(mail)
    user = User.objects.filter(pk=mail.params["user"], is_active=True).first()
    if user is None:
        return None
    return LINKS[about](mail, user) if about in LINKS else _change_text(user, about)


def _code_text(mail: OutgoingMail) -> MailText | None:
    """None under another key of the site: sessions that await this code are over, too."""
    try:
        code = cipher_of(PURPOSE).decrypt(mail.params["code"].encode()).decode()
    except InvalidToken:
        return None
    holds = {"minutes": CODE_HOLDS // timedelta(minutes=1)}
    return MailText(
        _("Your code to sign in"),
        (_("Your code to sign in:"), code),
        below=(
            _(
                "It holds for %(minutes)d minutes. Tell it to nobody: nobody who looks after this "
                "site asks for it."
            )
            % holds,
            _nothing_changes(),
        ),
    )


def _reset_text(mail: OutgoingMail, user: User) -> MailText:
    token = app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(user)
    words = {"uidb36": user_pk_to_url_str(user), "key": token}
    sentence = _("Open this link to choose a new password for the account %(name)s:")
    return MailText(
        _("A new password for your account"),
        (sentence % {"name": user.get_username()},),
        mail.origin + reverse("account_reset_password_from_key", kwargs=words),
        (_("It holds for a day and opens once."), _nothing_changes()),
    )


def _confirmation_text(mail: OutgoingMail, user: User) -> MailText | None:
    waiting = EmailAddress.objects.filter(user=user, email__iexact=mail.to, verified=False).first()
    if waiting is None:
        return None
    key = EmailConfirmationHMAC(waiting).key
    return MailText(
        _("Confirm your e-mail address"),
        (_("Open this link to confirm that this is the address of your account:"),),
        mail.origin + reverse("account_confirm_email", args=[key]),
        (_nothing_changes(),),
    )


def _change_text(user: User, change: str) -> MailText:
    words = {"name": user.get_username(), "change": CHANGES[change]}
    return MailText(
        _("Something in your account was changed"),
        (
            _("In your account %(name)s: %(change)s") % words,
            str(NOT_YOU),
        ),
    )


def _nothing_changes() -> str:
    return _("If you did not ask for this, delete the message: nothing changes.")


LINKS: dict[str, Callable[[OutgoingMail, User], MailText | None]] = {
    RESET: _reset_text,
    CONFIRM: _confirmation_text,
}
