"""Accounts in a real browser: a passkey of Chromium's own, an app worked out here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.test import override_settings
from playwright.sync_api import expect

from tests.journeys.conftest import run_in_thread
from tests.journeys.page_checks import PageChecks
from tests.journeys.steps import press
from tests.web.accounts.steps import PASSWORD, totp

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

    from tests.journeys.conftest import NewDevice

NAME = "ruth"


@pytest.fixture
def ruth(site: str) -> Iterator[None]:
    """An administrator as `start` makes one, on a site that asks for a second factor."""
    run_in_thread(lambda: User.objects.create_superuser(NAME, password=PASSWORD))
    with override_settings(SECOND_FACTOR_REQUIRED=True):
        yield
    run_in_thread(lambda: User.objects.filter(username=NAME).delete())


def sign_in(page: Page) -> None:
    page.goto("/admin/")
    page.get_by_label("User name or e-mail address").fill(NAME)
    page.get_by_label("Password").fill(PASSWORD)
    press(page, "Sign in")


def sign_out(page: Page) -> None:
    """By the page that asks; the menu has the same button."""
    page.goto("/account/sign-out/")
    with page.expect_navigation():
        page.locator("#main").get_by_role("button", name="Sign out").click()


def new_passkey(page: Page) -> None:
    """Gives the browser a device that answers at once, as a finger on a key would."""
    chromium = page.context.new_cdp_session(page)
    chromium.send("WebAuthn.enable")
    device = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    chromium.send("WebAuthn.addVirtualAuthenticator", {"options": device})


def test_administrator_sets_up_an_app_and_comes_in_with_a_recovery_code(
    new_device: NewDevice, ruth: None, demo: str
) -> None:
    page = new_device("phone")
    page.goto(demo)
    answers = page.url
    sign_in(page)
    expect(page.locator("h1")).to_have_text("Second factor")
    page.get_by_role("link", name="Set up an app").click()
    key = page.locator("#totp-key").inner_text()
    page.get_by_label("The code that the app shows now").fill(totp(key))
    press(page, "Set up")
    codes = page.locator(".recovery-codes code").all_inner_texts()
    page.get_by_role("link", name="I have written them down").click()
    page.get_by_role("link", name="Go on with what you wanted").click()
    expect(page.locator("#content h1")).to_be_visible()

    sign_out(page)
    page.goto(answers)
    expect(page.locator("h1")).to_be_visible()
    sign_in(page)
    page.get_by_label("Code").fill(codes[0])
    press(page, "Sign in")

    expect(page.locator("#content h1")).to_be_visible()
    page.goto("/account/sessions/")
    expect(page.get_by_text("This browser")).to_be_visible()


def test_administration_is_whole_without_scripts(new_device: NewDevice, ruth: None) -> None:
    """Where no script opens the list beside it, nothing is cut off at the left."""
    page = new_device("desk", java_script_enabled=False)
    with override_settings(SECOND_FACTOR_REQUIRED=False):
        sign_in(page)
        page.goto("/admin/assessment/recordentry/")

    box = page.locator("#content-start").bounding_box()
    assert box is not None
    assert box["x"] >= 0


def test_passkey_is_added_and_signs_in_alone(new_device: NewDevice, ruth: None) -> None:
    page = new_device()
    new_passkey(page)
    sign_in(page)
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Sign in with it alone").check()
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator("h1")).to_have_text("Recovery codes")

    sign_out(page)
    page.goto("/account/sign-in/")
    page.get_by_role("button", name="Use a passkey").click()

    expect(page.locator("#content h1")).to_be_visible()
    assert run_in_thread(Authenticator.objects.filter(user__username=NAME).count) == 2


def test_pages_of_an_account_are_accessible(new_device: NewDevice, ruth: None) -> None:
    page = new_device("desk", bypass_csp=True)  # axe writes styles into the page it looks at
    checks = PageChecks(page)
    sign_in(page)
    pages = ("", "sessions/", "password/", "second-factor/", "second-factor/app/")
    checks.visit(*(f"/account/{address}" for address in pages))

    assert checks.report() == ""
