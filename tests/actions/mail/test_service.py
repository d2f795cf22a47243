"""Messages by a service in place of a mail server, with the test backend of django-anymail."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import pytest
from anymail.backends import test as service
from anymail.exceptions import AnymailAPIError, AnymailConfigurationError
from django.core import mail
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse

from assessment.actions.mail.deliver import deliver_mail
from assessment.management.diagnosis import CHECKS
from assessment.management.trial_mail import NotTaken, send_trial_mail
from tests.factories import NOW, SECRET, ResponseFactory
from tests.mail_fixtures import ministry, queued
from tests.read_settings import read_settings

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client

    from assessment.models import Edition

pytestmark = pytest.mark.django_db
ENVIRONMENT = {
    "ARTICULA_MAIL_SERVICE": "test",
    "ARTICULA_MAIL_SERVICE_TEST_SERVER_TOKEN": "a token",
    "ARTICULA_MAIL_FROM": "Articula <articula@example.org>",
}
NAMES = ("EMAIL_BACKEND", "EMAIL_HOST", "MAIL_SERVICE", "ANYMAIL", "DEFAULT_FROM_EMAIL")


@pytest.fixture(autouse=True)
def site_with_a_service(settings: Any, tmp_path: Path) -> None:
    """As the environment of an operator makes it."""
    read = read_settings(tmp_path, **ENVIRONMENT)
    for name in NAMES:
        setattr(settings, name, read[name])


def refusing(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    """What the service answers from now on."""

    def post(*_given: Any) -> None:
        raise error

    monkeypatch.setattr(service.EmailBackend, "post_to_esp", post)


def state() -> tuple[str, str]:
    message = queued(organisation=ministry())
    deliver_mail(mail=message.pk, holder="worker", clock=lambda: NOW)
    message.refresh_from_db()
    return message.state, message.answer


def test_message_goes_with_all_that_a_mail_server_gets(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And the answer of the service is its state."""
    answers = {422: "refused", 429: "prepared", 503: "prepared"}

    def outcome(status: int) -> tuple[str, str]:
        refusing(monkeypatch, AnymailAPIError(status_code=status))
        return state()

    assert [getattr(settings, name) for name in NAMES[:4]] == [
        *("anymail.backends.test.EmailBackend", "", "test", {"TEST_SERVER_TOKEN": "a token"}),
    ]
    assert state() == ("sent", "")
    message: Any = mail.outbox[-1]
    sent = message.anymail_test_params
    assert [str(one) for one in (sent["from"], *sent["to"], *sent["reply_to"])] == [
        *("Articula <articula@example.org>", "rosa@example.org", "care@example.org"),
    ]
    assert sent["extra_headers"]["Auto-Submitted"] == "auto-generated"
    assert sent["extra_headers"]["Message-ID"].endswith("@example.org>")
    assert {status: outcome(status) for status in answers} == {
        status: (wanted, str(status)) for status, wanted in answers.items()
    }


def test_pages_offer_messages_and_say_when_one_could_not_be_sent(
    client: Client, edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    response = ResponseFactory(secret=SECRET)
    client.get(reverse("return", args=[SECRET]))
    address = reverse("mail", args=[response.uuid])
    sent = client.post(address, {"address": "rosa@example.org"})
    refusing(monkeypatch, AnymailConfigurationError("no token"))
    failed = client.post(address, {"address": "rosa@example.org"})

    assert (sent.status_code, failed.status_code) == (302, 503)
    assert "could not be sent" in failed.content.decode()


def test_doctor_tells_of_the_service(monkeypatch: pytest.MonkeyPatch) -> None:
    assert send_trial_mail("ana@example.org") == "nothing in words"
    assert list(CHECKS["mail"]()) == []

    refusing(monkeypatch, AnymailConfigurationError("no token"))
    with pytest.raises(NotTaken, match="test refused it: no token"):
        send_trial_mail("ana@example.org")
    monkeypatch.setattr(service.EmailBackend, "open", service.EmailBackend.post_to_esp)
    with pytest.raises(NotTaken, match="test takes no messages: no token"):
        send_trial_mail("ana@example.org")
    assert list(CHECKS["mail"]()) == ["test takes no messages: no token"]


def test_service_is_refused_with_what_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refusal(**environment: str) -> str:
        with pytest.raises(ImproperlyConfigured) as refused:
            read_settings(tmp_path, **ENVIRONMENT | environment)
        return str(refused.value)

    unknown = "a service by its name in django-anymail, such as postmark"
    assert {name: refusal(ARTICULA_MAIL_SERVICE=name) for name in ("mail_pigeon", "no/name")} == {
        name: f"ARTICULA_MAIL_SERVICE must be {unknown}, not {name!r}."
        for name in ("mail_pigeon", "no/name")
    }
    both = refusal(ARTICULA_MAIL_HOST="mail.example.org")
    monkeypatch.setitem(sys.modules, "anymail", None)
    missing = refusal()
    assert both == "ARTICULA_MAIL_SERVICE and ARTICULA_MAIL_HOST: set one of them."
    assert missing.startswith("ARTICULA_MAIL_SERVICE needs django-anymail:")
