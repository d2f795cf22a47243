"""The messages to people who have an account: one function sends them all."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from assessment.models.queries.site_details import site_details, whom_to_ask

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

logger = logging.getLogger(__name__)

SUBJECTS: dict[str, StrPromise] = {
    "account/email/email_confirmation": _("Confirm your e-mail address"),
    "account/email/login_code": _("Your code to sign in"),
    "account/email/password_reset_key": _("A new password for your account"),
}
CHANGED = _("Something in your account was changed")
CHANGES: dict[str, StrPromise] = {
    "account/email/password_changed": _("Your password was changed."),
    "account/email/password_reset": _("Your password was set anew by a link in a message."),
    "account/email/email_changed": _("The e-mail address of your account was changed."),
    "mfa/email/totp_activated": _("An app was set up as your second factor."),
    "mfa/email/totp_deactivated": _("The app is no longer your second factor."),
    "mfa/email/webauthn_added": _("A passkey was added."),
    "mfa/email/webauthn_removed": _("A passkey was removed."),
    "mfa/email/recovery_codes_generated": _("New recovery codes were made."),
}


def send_account_mail(kind: str, address: str, context: dict[str, Any]) -> None:
    """A kind without a sentence of ours is not sent; nobody hears whether an address is known."""
    if kind not in SUBJECTS and kind not in CHANGES:
        return
    words = context | {
        "change": CHANGES.get(kind, ""),
        "contact": whom_to_ask(site_details()),
    }
    template = kind.rpartition("/")[2] if kind in SUBJECTS else "account_changed"
    text = render_to_string(f"email/{template}.txt", words)
    try:
        send_mail(str(SUBJECTS.get(kind, CHANGED)), text.strip() + "\n", None, [address])
    except OSError as error:
        logger.error("a message could not be sent: %s", type(error).__name__)
