"""Members of an organisation: invited by mail, held to a second factor, handing over, locked out.

What they are sent goes to a mail server of the test's own; their codes are worked out here.
"""

from __future__ import annotations

import io
import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.core.management import call_command
from django.test import override_settings
from django.utils import timezone
from playwright.sync_api import expect

from assessment.actions.mail.deliver import deliver_mail
from assessment.models import OutgoingMail
from tests.journeys import content_steps
from tests.journeys.conftest import run_in_thread
from tests.journeys.page_checks import PageChecks
from tests.journeys.steps import press
from tests.mail_fixtures import sink
from tests.web.accounts.steps import totp

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

    from tests.journeys.conftest import NewDevice
    from tools.mail_sink import MailSink

__all__ = ["sink"]

PASSWORD = "a sentence nobody guesses"
NEW_PASSWORD = "another that nobody guesses"


@pytest.fixture(autouse=True)
def second_factor() -> Iterator[None]:
    """The requirement as it is on a site."""
    with override_settings(SECOND_FACTOR_REQUIRED=True):
        yield


def link_in_mail(sink: MailSink, address: str, below: str = "join/") -> str:
    """The newest that was sent to this address, by a worker that looks into the outbox."""

    def delivered() -> str:
        for mail in OutgoingMail.objects.in_queue():
            deliver_mail(mail=mail.pk, holder="worker", clock=timezone.now)
        texts = [sent.get_body(("plain",)) for sent in sink.messages if sent["To"] == address]
        words = "\n".join(text.get_content() for text in texts if text is not None)
        links: list[str] = re.findall(rf"http\S+/{below}\S+", words)
        return links[-1]

    found: str = run_in_thread(delivered)
    return found


def join(page: Page, link: str, name: str) -> None:
    """With a new account."""
    page.goto(link)
    page.get_by_label("Name to sign in with").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    press(page, "Make the account and accept")


def sign_in(page: Page, name: str, password: str = PASSWORD) -> None:
    page.goto("/account/sign-in/?next=/organisations/")
    page.get_by_label("User name or e-mail address").fill(name)
    page.get_by_label("Password").fill(password)
    press(page, "Sign in")


def set_up_app(page: Page) -> str:
    """From the page that asks for a second factor back to what was wanted; the app's key."""
    expect(page.locator("h1")).to_have_text("Second factor")
    page.get_by_role("link", name="Set up an app").click()
    key = page.locator("#totp-key").inner_text()
    page.get_by_label("The code that the app shows now").fill(totp(key))
    press(page, "Set up")
    page.get_by_role("link", name="I have written them down").click()
    page.get_by_role("link", name="Go on with what you wanted").click()
    return key


def give_code(page: Page, key: str) -> None:
    """The next one: a code opens once."""
    page.get_by_label("Code").fill(totp(key, timezone.now() + timedelta(seconds=30)))
    press(page, "Sign in")


def invited_owner(new_device: NewDevice, sink: MailSink, address: str) -> str:
    """Of a new organisation; the link in her message."""
    operator = new_device()
    with override_settings(SECOND_FACTOR_REQUIRED=False):
        content_steps.sign_in(operator)
        operator.goto("/admin/assessment/organisation/add/")
        operator.get_by_label("Name").fill("Ministry of Care")
        operator.get_by_label("Invite an owner").fill(address)
        operator.get_by_role("button", name="Save", exact=True).click()
        expect(operator.get_by_text("was added successfully")).to_be_visible()
    return link_in_mail(sink, address)


def test_owner_is_invited_and_invites_a_member_who_takes_over(
    new_device: NewDevice, sink: MailSink
) -> None:
    owner, member = new_device("phone"), new_device("phone")
    checks = PageChecks(owner)
    link = invited_owner(new_device, sink, "olga@example.org")
    owner.goto(link)
    checks.check("invitation")
    join(owner, link, "olga")
    checks.check("second factor")
    set_up_app(owner)
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

    join(member, link_in_mail(sink, "nina@example.org"), "nina")
    set_up_app(member)
    expect(member.get_by_text("You are here as facilitator.")).to_be_visible()
    expect(member.get_by_text("Olga, 555 123")).to_be_visible()
    expect(member.get_by_role("link", name="Invite a member")).to_have_count(0)
    member.get_by_role("link", name="Rounds", exact=True).first.click()
    expect(member.get_by_role("link", name="Prepare a round")).to_be_visible()

    owner.reload()
    owner.get_by_role("link", name="Leave this organisation").click()
    press(owner, "Leave the organisation")
    expect(owner.get_by_text("make somebody else one first")).to_be_visible()
    owner.get_by_role("link", name="nina").click()
    checks.check("member")
    press(owner, "Hand over")
    expect(owner.get_by_text("you are a facilitator now")).to_be_visible()
    owner.get_by_role("link", name="Leave this organisation").click()
    press(owner, "Leave the organisation")
    expect(owner.get_by_text("You belong to none yet")).to_be_visible()
    member.get_by_role("link", name="Organisation", exact=True).click()
    expect(member.get_by_text("Ministry of Care (owner)")).to_be_visible()
    assert checks.report() == ""


def new_password(page: Page, sink: MailSink, address: str) -> None:
    page.goto("/account/password/reset/")
    page.get_by_label("Your e-mail address").fill(address)
    press(page, "Send me a link")
    page.goto(link_in_mail(sink, address, "account/password/reset/"))
    page.get_by_label("New password").fill(NEW_PASSWORD)
    page.get_by_label("The same again").fill(NEW_PASSWORD)
    press(page, "Keep this password")


def change_address(page: Page, sink: MailSink, address: str) -> None:
    page.goto("/account/address/")
    page.get_by_label("New e-mail address").fill(address)
    press(page, "Send a message to this address")
    page.goto(link_in_mail(sink, address, "account/address/"))
    press(page, "Confirm")
    page.goto("/account/")
    expect(page.get_by_text(address)).to_be_visible()


def test_sessions_end_and_who_lost_factor_password_and_device_comes_in_again(
    new_device: NewDevice, sink: MailSink
) -> None:
    """She ends a session elsewhere and has another address; then whoever found her device has
    nothing."""
    here, elsewhere, address = new_device("phone"), new_device(), "sara@new.example.org"
    join(here, invited_owner(new_device, sink, "sara@example.org"), "sara")
    key = set_up_app(here)
    sign_in(elsewhere, "sara")
    give_code(elsewhere, key)
    expect(elsewhere.get_by_role("heading", level=1)).to_have_text("Your organisations")
    here.get_by_role("link", name="Account", exact=True).click()
    here.get_by_role("link", name="Look at them").click()
    press(here, "End")
    elsewhere.reload()
    expect(elsewhere.get_by_role("link", name="Account", exact=True)).to_have_count(0)
    change_address(here, sink, address)
    sign_in(elsewhere, address)
    expect(elsewhere.get_by_label("Code")).to_be_visible()

    new = new_device()
    new_password(new, sink, address)
    here.goto("/account/")
    expect(here.locator("h1")).to_have_text("Sign in")
    sign_in(new, "sara", NEW_PASSWORD)
    expect(new.get_by_label("Code")).to_be_visible()
    run_in_thread(lambda: call_command("reset_second_factor", "sara", stdout=io.StringIO()))
    sign_in(new, "sara", NEW_PASSWORD)
    new.get_by_role("link", name="Ministry of Care").click()
    another = set_up_app(new)
    expect(new.get_by_role("heading", level=1)).to_have_text("Ministry of Care")
    assert another != key
