"""A newcomer's first minute: from the first page to a sample result, and to a first question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.journeys.steps import begin_short_from_here, question

if TYPE_CHECKING:
    from tests.journeys.conftest import NewDevice


def test_sample_is_read_and_left_for_the_first_question(new_device: NewDevice) -> None:
    page = new_device("phone")
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
    begin_short_from_here(page)

    expect(question(page, "PC1")).to_be_visible()
    assert len(screens) == 7
