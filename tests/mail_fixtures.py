"""A mail server of the test's own, and messages that wait for it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import override_settings

from assessment.actions.mail.queue import queue_mail
from assessment.models import Organisation, OutgoingMail
from tests.factories import NOW
from tools.mail_sink import MailSink

ORIGIN = "https://articula.example.org"


@pytest.fixture
def sink() -> Iterator[MailSink]:
    with (
        MailSink() as running,
        override_settings(
            EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
            EMAIL_HOST="127.0.0.1",
            EMAIL_PORT=running.port,
            EMAIL_USE_TLS=False,
            DEFAULT_FROM_EMAIL="Articula <articula@example.org>",
        ),
    ):
        yield running


def queued(to: str = "rosa@example.org", **more: Any) -> OutgoingMail:
    """A message about Rosa's account."""
    rosa, _made = User.objects.get_or_create(username="rosa", email="rosa@example.org")
    params = {"about": "password_changed", "user": rosa.pk}
    values: dict[str, Any] = {
        "kind": "account",
        "language": "en",
        "origin": ORIGIN,
        "params": params,
        "now": NOW,
    }
    return queue_mail(to=to, **values | more)


def ministry(**more: Any) -> Organisation:
    values = {"name": "Ministry of Care", "reply_to": "care@example.org", "created_at": NOW}
    made: Organisation = Organisation.objects.create(**values | more)
    return made
