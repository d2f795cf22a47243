"""The link of a reminder: looking changes nothing, one POST without a token unsubscribes."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from assessment.actions.accounts.account_mail import account_text
from assessment.actions.mail import kinds
from assessment.actions.mail.deliver import deliver_mail
from assessment.actions.mail.kinds import MailKind
from assessment.actions.mail.unsubscribe import unsubscribe_link
from assessment.models import OutgoingMail, Unsubscribed
from tests.factories import NOW
from tests.mail_fixtures import ORIGIN, ministry, queued

pytestmark = pytest.mark.django_db


@pytest.fixture
def reminder(monkeypatch: pytest.MonkeyPatch) -> OutgoingMail:
    monkeypatch.setitem(kinds.MAIL_KINDS, "account", MailKind(account_text, is_reminder=True))
    return queued(organisation=ministry())


@pytest.fixture
def mail_program() -> Client:
    """It has no cookie and no token."""
    return Client(enforce_csrf_checks=True)


def state_after_sending(mail: OutgoingMail) -> str:
    deliver_mail(mail=mail.pk, holder="worker", clock=lambda: NOW)
    mail.refresh_from_db()
    return mail.state


def test_one_post_ends_the_reminders_of_one_organisation_until_they_are_taken_again(
    mail_program: Client, reminder: OutgoingMail
) -> None:
    """Looking changes nothing."""
    address = unsubscribe_link(reminder).removeprefix(ORIGIN)

    looked = mail_program.get(address)
    before = Unsubscribed.objects.count()
    pressed = [mail_program.post(address, {"List-Unsubscribe": "One-Click"}) for _ in "12"]

    assert b"You receive reminders of" in looked.content
    assert [b"no more reminders" in page.content for page in pressed] == [True, True]
    assert (before, Unsubscribed.objects.count()) == (0, 1)
    of_another = queued(to="Rosa+x@Example.org", organisation=ministry(name="Ministry of Fields"))
    of_this = queued(to="Rosa+x@Example.org", organisation=reminder.organisation)
    found = [state_after_sending(mail) for mail in (reminder, of_this, of_another)]
    assert found == ["dropped", "dropped", "sent"]
    again = mail_program.post(address, {"again": "1"})
    assert b"You receive reminders of" in again.content
    later = queued(to="Rosa+x@Example.org", organisation=reminder.organisation)
    assert state_after_sending(later) == "sent"


def test_link_that_nobody_was_sent_opens_nothing(
    mail_program: Client, reminder: OutgoingMail
) -> None:
    right = unsubscribe_link(reminder).removeprefix(ORIGIN)
    organisation = reminder.organisation
    assert organisation is not None
    wrong = [right[:-2] + "x/", reverse("unsubscribe", args=["x"])]
    answers = [mail_program.post(address).status_code for address in wrong]
    reminder.delete()
    organisation.delete()

    assert [*answers, mail_program.get(right).status_code] == [404, 404, 404]
    assert Unsubscribed.objects.count() == 0
