"""Messages about an account: worded when they are sent, and nothing stored that opens anything."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils.translation import override
from django_tasks_db.models import DBTaskResult

from assessment.actions.accounts.account_mail import CHANGES, CODE_HOLDS
from assessment.actions.mail.deliver import deliver_mail
from assessment.models import OutgoingMail
from assessment.web.accounts.mails import send_account_mail
from tests.factories import NOW
from tests.mail_fixtures import queued
from tests.web.accounts.steps import PASSWORD, deliver_mails, newest_mail, sign_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.contrib.auth.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("mail")]


@pytest.fixture
def write(rf: RequestFactory, ada: User) -> Callable[..., None]:
    """Writes the message that the library names so."""

    def write(template: str, **words: str) -> None:
        send_account_mail(rf.get("/"), template, ada.email, {"user": ada, **words})

    return write


def ask_code(client: Client) -> None:
    client.post(reverse("account_request_login_code"), {"email": "ada@example.org"})


def sent_states() -> list[str]:
    deliver_mails()
    return list(OutgoingMail.objects.order_by("pk").values_list("state", flat=True))


def test_every_change_is_told(write: Callable[..., None]) -> None:
    for change in CHANGES:
        write(f"any/email/{change}")

    assert sent_states() == ["sent"] * len(CHANGES)
    told = [str(message.body).partition("\n")[0] for message in mail.outbox]
    assert told == [f"In your account ada: {sentence}" for sentence in CHANGES.values()]


def test_message_speaks_the_language_of_the_page(write: Callable[..., None]) -> None:
    with override("es"):
        write("any/email/password_changed")

    assert OutgoingMail.objects.get().language == "es"


def test_message_without_words_of_ours_is_not_written(write: Callable[..., None]) -> None:
    write("account/email/unknown_account")

    assert not OutgoingMail.objects.exists()


def test_code_goes_before_the_messages_of_a_round(client: Client, ada: User) -> None:
    ask_code(client)

    assert [task.priority for task in DBTaskResult.objects.all()] == [50]


def test_code_that_comes_too_late_is_not_sent(client: Client, ada: User) -> None:
    with time_machine.travel(NOW, tick=False):
        ask_code(client)
    with time_machine.travel(NOW + CODE_HOLDS, tick=False):
        assert sent_states() == ["dropped"]


def test_code_of_another_key_of_the_site_is_not_sent(
    client: Client, ada: User, settings: pytest.FixtureRequest
) -> None:
    ask_code(client)
    settings.SECRET_KEY = "another key " * 6  # type: ignore[attr-defined]

    assert sent_states() == ["dropped"]


def test_closed_account_gets_no_message(write: Callable[..., None], ada: User) -> None:
    write("account/email/password_reset_key")
    ada.is_active = False
    ada.save()

    assert sent_states() == ["dropped"]


def test_address_that_was_confirmed_meanwhile_gets_no_link(
    write: Callable[..., None], ada: User
) -> None:
    """A row beside is for another address: it does not count."""
    EmailAddress.objects.create(user=ada, email="ada@example.org", verified=True, primary=True)
    EmailAddress.objects.create(user=ada, email="new@example.org")
    write("account/email/email_confirmation")

    assert sent_states() == ["dropped"]


def test_link_holds_a_day_from_when_it_was_sent(write: Callable[..., None], ada: User) -> None:
    with time_machine.travel(NOW, tick=False):
        write("account/email/password_reset_key")
    late = NOW + timedelta(hours=20)
    with time_machine.travel(late, tick=False):
        text = newest_mail()
    link = next(line for line in text.splitlines() if "/account/password/reset/" in line)
    path = link.removeprefix("http://testserver")
    with time_machine.travel(late + timedelta(hours=23), tick=False):
        opened = Client().get(path)
    with time_machine.travel(late + timedelta(hours=25), tick=False):
        over = Client().get(path)

    assert (opened.status_code, over.status_code) == (302, 200)


def test_mail_server_that_is_away_stops_nobody(ada: User, settings: pytest.FixtureRequest) -> None:
    """The page answers; the message waits in the outbox."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"  # type: ignore[attr-defined]
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # type: ignore[attr-defined]
    client = Client()
    sign_in(client)
    new = {"oldpassword": PASSWORD, "password1": "another phrase", "password2": "another phrase"}

    changed = client.post(reverse("account_change_password"), new)

    assert (changed.status_code, sent_states()) == (302, ["prepared"])


def test_nothing_is_left_of_a_message_that_went(ada: User) -> None:
    waiting = queued()
    deliver_mail(mail=waiting.pk, holder="worker", clock=lambda: NOW)

    waiting.refresh_from_db()
    assert (waiting.state, waiting.params) == ("sent", {})
