"""Whether this site can send messages at all."""

from __future__ import annotations

from django.conf import settings


def sends_mail() -> bool:
    """A mail server is named, or a service."""
    return bool(settings.EMAIL_HOST or settings.MAIL_SERVICE)
