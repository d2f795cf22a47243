"""Messages about an account: worded when they are sent, and nothing stored that opens anything."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client, RequestFactory, override_settings
from django.urls import reverse
from django.utils.translation import override

from assessment.actions.accounts.account_mail import CHANGES, CODE_HOLDS
from assessment.models import OutgoingMail
from assessment.web.accounts.mails import send_account_mail
from tests.factories import NOW
from tests.tables import undone
from tests.web.accounts.steps import PASSWORD, deliver_mails, newest_mail, sign_in

if TYPE_CHECKING:
    from collections.abc import Callable


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("mail")]


@pytest.fixture
def write(rf: RequestFactory, ada: User) -> Callable[..., None]:
    """Writes the message that the library names so."""

    def write(template: str, **words: str) -> None:
        send_account_mail(rf.get("/"), template, ada.email, {"user": ada, **words})

    return write


def ask_code(client: Client) -> None:
    client.post(reverse("account_request_login_code"), {"email": "ada@example.org"})


def alone(step: Callable[[], list[str]]) -> list[str]:
    """What it leads to where nothing of another step is left."""
    with undone():
        return step()


def sent_states() -> list[str]:
    deliver_mails()
    return list(OutgoingMail.objects.order_by("pk").values_list("state", flat=True))


def test_every_change_is_told_in_the_language_of_its_page_and_nothing_kept(
    write: Callable[..., None],
) -> None:
    """Nothing is written where this site has no words of its own."""
    write("account/email/unknown_account")
    for change in CHANGES:
        write(f"any/email/{change}")
    with override("es"):
        write("any/email/password_changed")
    languages = list(OutgoingMail.objects.order_by("pk").values_list("language", flat=True))
    deliver_mails()

    assert languages == ["en"] * len(CHANGES) + ["es"]
    told = [str(message.body).partition("\n")[0] for message in mail.outbox]
    assert told[:-1] == [f"In your account ada: {sentence}" for sentence in CHANGES.values()]
    rows = list(OutgoingMail.objects.values_list("state", "params"))
    assert rows == [("sent", {})] * len(languages)


def test_message_that_would_open_nothing_any_more_is_not_sent(
    client: Client, ada: User, write: Callable[..., None]
) -> None:
    """A row beside an address that was confirmed is for another address: it does not count."""

    def late_code() -> list[str]:
        with time_machine.travel(NOW, tick=False):
            ask_code(client)
        with time_machine.travel(NOW + CODE_HOLDS, tick=False):
            return sent_states()

    def code_of_another_key() -> list[str]:
        ask_code(client)
        with override_settings(SECRET_KEY="another key " * 6):
            return sent_states()

    def link_to_a_confirmed_address() -> list[str]:
        EmailAddress.objects.create(user=ada, email="ada@example.org", verified=True, primary=True)
        EmailAddress.objects.create(user=ada, email="new@example.org")
        write("account/email/email_confirmation")
        return sent_states()

    def link_for_a_closed_account() -> list[str]:
        write("account/email/password_reset_key")
        User.objects.update(is_active=False)
        return sent_states()

    steps = (late_code, code_of_another_key, link_to_a_confirmed_address, link_for_a_closed_account)
    assert {step.__name__: alone(step) for step in steps} == {
        step.__name__: ["dropped"] for step in steps
    }


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
