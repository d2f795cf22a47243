"""What goes out: its headers, its two forms, and what a name can do to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from assessment.actions.accounts.account_mail import account_text
from assessment.actions.mail import kinds
from assessment.actions.mail.deliver import deliver_mail
from assessment.actions.mail.kinds import MailKind
from assessment.actions.mail.mail_text import MailText
from assessment.actions.mail.mailbox import masked_address
from assessment.models import OutgoingMail, Site
from tests.factories import NOW
from tests.mail_fixtures import ORIGIN, ministry, queued, sink

if TYPE_CHECKING:
    from collections.abc import Callable
    from email.message import EmailMessage

    from tools.mail_sink import MailSink

__all__ = ["sink"]

pytestmark = pytest.mark.django_db
HOSTILE = 'Care\r\nBcc: all@example.org\n\n<img src="https://evil.example/x.png"> {% now %} =1+1'


@pytest.fixture
def says(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Has every message about an account say these words."""

    def says(*words: Any) -> None:
        kind = MailKind(lambda _mail: MailText(*words))
        monkeypatch.setitem(kinds.MAIL_KINDS, "account", kind)

    return says


def sent(sink: MailSink, mail: OutgoingMail) -> EmailMessage:
    deliver_mail(mail=mail.pk, holder="worker", clock=lambda: NOW)
    return sink.messages[-1]


def parts(message: EmailMessage) -> tuple[str, str]:
    plain, html = (message.get_body((form,)) for form in ("plain", "html"))
    assert plain is not None
    assert html is not None
    return plain.get_content().replace("\r\n", "\n"), html.get_content()


def test_message_is_the_sites_and_answers_go_to_the_organisation(
    sink: MailSink, says: Callable[..., None]
) -> None:
    Site.objects.create(pk=1, person="Ana", contact="ana@example.org")
    says("Your link", ("Open it:",), f"{ORIGIN}/x/?a=1&b=2")

    message = sent(sink, queued(organisation=ministry()))

    headers = ("Subject", "From", "Reply-To", "To", "Auto-Submitted", "List-Unsubscribe", "Bcc")
    assert [message[name] for name in headers] == [
        *("Your link", "Articula <articula@example.org>", "care@example.org", "rosa@example.org"),
        *("auto-generated", None, None),
    ]
    plain, html = parts(message)
    assert plain.split("\n\n") == [
        *("Open it:", f"{ORIGIN}/x/?a=1&b=2", "Questions? Contact: Ana, ana@example.org\n"),
    ]
    assert f'<a href="{ORIGIN}/x/?a=1&amp;b=2">' in html
    assert '<html lang="en">' in html
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]


def test_name_breaks_neither_header_nor_page(sink: MailSink, says: Callable[..., None]) -> None:
    says(f"Invitation of {HOSTILE}", (f"{HOSTILE} invites you.",))

    message = sent(sink, queued())

    assert (message["Bcc"], message["Reply-To"]) == (None, None)
    assert message["Subject"].startswith("Invitation of Care Bcc: all@example.org <img")
    plain, html = parts(message)
    assert "<img" in plain
    assert "<img" not in html
    assert "{% now %}" in html


def test_reminder_can_be_unsubscribed_from_with_one_click(
    sink: MailSink, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(kinds.MAIL_KINDS, "account", MailKind(account_text, is_reminder=True))

    message = sent(sink, queued(organisation=ministry()))
    of_none = sent(sink, queued())

    link = message["List-Unsubscribe"].strip(" <>")
    assert link.startswith(f"{ORIGIN}/unsubscribe/")
    assert "rosa" not in link
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert all(link in part for part in parts(message))
    assert of_none["List-Unsubscribe"] is None


def test_address_is_masked() -> None:
    table = {"rosa@example.org": "r…@example.org", "": ""}

    assert {address: masked_address(address) for address in table} == table
