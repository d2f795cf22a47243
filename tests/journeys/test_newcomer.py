"""A newcomer's first minutes: from the first page to a sample result, and to a first look."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.journeys.page_checks import PageChecks
from tests.journeys.steps import begin_short_from_here, expect_saved, press, question

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from tests.journeys.conftest import NewDevice


def from_the_sample_to_the_first_question(page: Page) -> str:
    """In seven screens; the address of the response."""
    page.goto("/")
    title = page.get_by_role("heading", level=1).inner_text()
    screens: list[str] = []
    page.on("framenavigated", lambda frame: screens.append(frame.url))

    page.get_by_role("link", name="Open this sample result").click()
    expect(page.get_by_text("Invented example", exact=True).first).to_be_visible()
    expect(page.get_by_role("heading", name="What to decide")).to_be_visible()
    page.locator(".way summary").click()
    page.locator(".way").get_by_role("link", name="What to do").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What to do")
    assert page.locator("form[data-take]").count() == 0
    assert {cookie["name"] for cookie in page.context.cookies()} <= {"csrf"}
    page.get_by_role("link", name="Begin your own").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    response = begin_short_from_here(page)
    expect(question(page, "PC1")).to_be_visible()
    assert len(screens) == 7
    return response


def tab_to(page: Page, kind: str) -> None:
    """To the next control of this type inside the page's own form."""
    inside = "document.activeElement.closest('main form') && document.activeElement.type"
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate(inside) == kind:
            return
    pytest.fail(f"The focus reaches no {kind}.")


def answer_by_keyboard(page: Page, code: str) -> None:
    """Its second level."""
    tab_to(page, "radio")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    expect(question(page, code).locator("input:checked")).to_have_value("1")
    expect_saved(page, code)
    tab_to(page, "submit")
    with page.expect_navigation():
        page.keyboard.press("Enter")


def follow_by_keyboard(page: Page, link: Locator) -> None:
    link.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_sample_is_left_for_first_answers_by_keyboard_and_a_first_look(
    new_device: NewDevice,
) -> None:
    page = new_device("phone")
    checks = PageChecks(page)
    response = from_the_sample_to_the_first_question(page)
    for code in ("PC1", "PC2"):
        answer_by_keyboard(page, code)
    expect(page).to_have_url(re.compile("/question/DS2/$"))
    follow_by_keyboard(page, page.get_by_role("link", name="Back", exact=True))
    expect(page).to_have_url(re.compile("/question/PC2/$"))
    press(page)

    look = page.locator(".first-look")
    expect(look).to_contain_text("Points low, an indication from 2 questions")
    follow_by_keyboard(page, page.get_by_role("link", name="See the first look"))
    expect(page).to_have_url(re.compile(f"{response}pc/first-look/$"))
    expect(page.get_by_text("nothing is settled yet")).to_be_visible()
    checks.check("first look")
    page.get_by_role("link", name="Next: Design").click()
    expect(page).to_have_url(re.compile("/question/DS2/$"))
    assert checks.report() == ""
