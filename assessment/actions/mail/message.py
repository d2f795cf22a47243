"""A message as it goes out: plain text with simple HTML beside it, without pictures or tracking."""

from __future__ import annotations

from email.utils import parseaddr
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.translation import override

from assessment.models.queries.site_details import site_details, whom_to_ask

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assessment.actions.mail.mail_text import MailText

AUTOMATIC = {"Auto-Submitted": "auto-generated"}
"""So that no machine answers it (RFC 3834)."""


def mail_message(
    *,
    text: MailText,
    to: str,
    language: str,
    reply_to: str = "",
    unsubscribe: str = "",
    headers: Mapping[str, str] | None = None,
) -> EmailMultiAlternatives:
    """From the site. `unsubscribe` is the address of a page that takes a POST (RFC 8058)."""
    more = AUTOMATIC | _unsubscribing(unsubscribe) | dict(headers or {})
    context = {
        "text": text,
        "language": language,
        "contact": whom_to_ask(site_details()),
        "unsubscribe": unsubscribe,
    }
    with override(language):
        plain = render_to_string("email/mail.txt", context).strip() + "\n"
        html = render_to_string("email/mail.html", context)
    message = EmailMultiAlternatives(
        header_line(text.subject),
        plain,
        settings.DEFAULT_FROM_EMAIL,
        [to],
        reply_to=[reply_to] if reply_to else None,
        headers=more,
    )
    message.attach_alternative(html, "text/html")
    return message


def header_line(text: str) -> str:
    """One line, whatever stands in a name."""
    return " ".join(text.split())


def new_message_id(token: str) -> str:
    """Of the sender's own domain, as servers expect it."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    return f"<{token}@{domain}>"


def _unsubscribing(address: str) -> dict[str, str]:
    if not address:
        return {}
    return {
        "List-Unsubscribe": f"<{address}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
