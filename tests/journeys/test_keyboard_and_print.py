"""Without a mouse, and on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.journeys.steps import begun, expect_saved

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.journeys.conftest import NewDevice

FOCUSED = """() => {
  const one = document.activeElement;
  const around = one.closest('label') ?? one;
  const seen = (element) => {
    const style = getComputedStyle(element);
    const outlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
    return outlined || style.boxShadow !== 'none';
  };
  const box = around.getBoundingClientRect();
  return {
    name: `${one.tagName} ${one.name ?? ''} ${one.textContent.trim().slice(0, 40)}`,
    seen: seen(one) || seen(around),
    inside: box.bottom > 0 && box.top < innerHeight,
    end: one === document.body,
  };
}"""
MOST_STOPS = 200


@pytest.fixture
def page(new_device: NewDevice) -> Page:
    return new_device("phone")


def tabbed(page: Page) -> list[dict[str, Any]]:
    """Every place where the focus stops, from the top of the page to its end."""
    stops: list[dict[str, Any]] = []
    while len(stops) < MOST_STOPS:
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        if stop["end"]:
            break
        stops.append(stop)
    return stops


def test_page_is_used_by_keyboard(page: Page) -> None:
    """The focus is always visible; the first stop leads over the navigation to the content."""
    address = f"{begun(page)}pc/"
    page.goto(address)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.goto("/")
    page.goto(address)
    stops = tabbed(page)
    assert [stop["name"] for stop in stops if not (stop["seen"] and stop["inside"])] == []
    assert 15 < len(stops) < MOST_STOPS

    page.locator("[name=PC1]").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect_saved(page, "PC1")
    expect(page.locator("[name=PC1][value='2']")).to_be_checked()
    page.get_by_text("Help with this question").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("details.help").first).to_have_attribute("open", "")
    page.keyboard.press("Escape")
    expect(page.locator("details.help").first).not_to_have_attribute("open", "")


def test_none_of_these_excludes_the_others(page: Page) -> None:
    page.goto(f"{begun(page)}ds/")
    page.locator("[name=DS1]").first.check()

    page.locator("[name=DS1][value=none]").check()

    expect(page.locator("[name=DS1]").first).not_to_be_checked()
    expect_saved(page, "DS1")


def test_print_leaves_navigation_out(page: Page) -> None:
    response = begun(page)
    page.emulate_media(media="print")

    for address in ("", "pc/", "check/", "paper/"):
        page.goto(f"{response}{address}")
        for part in page.locator("nav, .site-footer nav, .skip, button").all():
            expect(part).to_be_hidden()
        expect(page.locator("h1")).to_be_visible()
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert (address, wide <= 0) == (address, True)
