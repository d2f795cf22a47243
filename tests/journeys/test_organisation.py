"""An owner is invited, makes her organisation known and invites a member, all by mail and link."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.utils import timezone
from playwright.sync_api import expect

from assessment.actions.mail.deliver import deliver_mail
from assessment.models import OutgoingMail
from tests.journeys import content_steps
from tests.journeys.conftest import run_in_thread
from tests.journeys.page_checks import PageChecks
from tests.journeys.steps import press
from tests.mail_fixtures import sink

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.journeys.conftest import NewDevice
    from tools.mail_sink import MailSink

__all__ = ["sink"]

PASSWORD = "a sentence nobody guesses"


def link_in_mail(sink: MailSink, address: str) -> str:
    """What the mail server was sent for this address, by a worker that looks into the outbox."""
    for mail in OutgoingMail.objects.in_queue():
        deliver_mail(mail=mail.pk, holder="worker", clock=timezone.now)
    (message,) = [sent for sent in sink.messages if sent["To"] == address]
    text = message.get_body(("plain",))
    assert text is not None
    found = re.search(r"http\S+/join/\S+", text.get_content())
    assert found
    return found[0]


def join(page: Page, link: str, name: str) -> None:
    """With a new account."""
    page.goto(link)
    page.get_by_label("Name to sign in with").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    press(page, "Make the account and accept")


def test_owner_is_invited_and_invites_a_member(new_device: NewDevice, sink: MailSink) -> None:
    operator, owner = new_device(), new_device("phone")
    checks = PageChecks(owner)
    content_steps.sign_in(operator)
    operator.goto("/admin/assessment/organisation/add/")
    operator.get_by_label("Name").fill("Ministry of Care")
    operator.get_by_label("Invite an owner").fill("olga@example.org")
    operator.get_by_role("button", name="Save", exact=True).click()

    link = run_in_thread(lambda: link_in_mail(sink, "olga@example.org"))
    owner.goto(link)
    checks.check("invitation")
    join(owner, link, "olga")
    expect(owner.get_by_role("heading", level=1)).to_have_text("Ministry of Care")
    checks.check("organisation")
    owner.get_by_role("link", name="Change", exact=True).first.click()
    owner.get_by_label("Whom to ask").fill("Olga, 555 123")
    checks.check("details")
    press(owner, "Save")
    owner.get_by_role("link", name="Invite a member").click()
    owner.get_by_label("E-mail address of the person").fill("nina@example.org")
    checks.check("invite")
    press(owner, "Send the invitation")
    expect(owner.get_by_text("nina@example.org (facilitator)")).to_be_visible()

    member = new_device("phone")
    join(member, run_in_thread(lambda: link_in_mail(sink, "nina@example.org")), "nina")
    expect(member.get_by_text("You are here as facilitator.")).to_be_visible()
    expect(member.get_by_text("Olga, 555 123")).to_be_visible()
    expect(member.get_by_role("link", name="Invite a member")).to_have_count(0)
    assert checks.report() == ""
