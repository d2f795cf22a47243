"""A brief that others read by a link, and a second device opened by a short code."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.journeys.page_checks import PageChecks
from tests.journeys.steps import (
    answer_question,
    begin,
    begun,
    expect_saved,
    link_of,
    press,
    private_link,
)

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.journeys.conftest import NewDevice


def submit_one_answer(page: Page) -> str:
    response = begin(page)
    page.goto(f"{response}pc/")
    answer_question(page, "PC1", 3)
    expect_saved(page, "PC1")
    page.goto(f"{response}check/")
    press(page, re.compile("Submit with"))
    return response


def test_brief_is_shared_read_and_ended(new_device: NewDevice) -> None:
    owner, reader = new_device("phone"), new_device("phone")
    checks, reading = PageChecks(owner), PageChecks(reader)
    submit_one_answer(owner)
    owner.get_by_role("link", name="Share the brief to read").click()
    owner.get_by_label("For whom is the link?").fill("Planning office")
    press(owner, "Make a link to read")
    checks.check("share")
    link = owner.get_by_label("Link to read").input_value()

    reader.goto(link)
    expect(reader.get_by_role("heading", level=1)).to_have_text("Green Valley")
    expect(reader.get_by_text("What to decide")).to_be_visible()
    expect(reader.get_by_role("link", name=re.compile("answer", re.IGNORECASE))).to_have_count(0)
    reading.check("shared brief")
    press(owner, re.compile("End this link"))
    reader.reload()

    expect(reader.get_by_role("heading", level=1)).to_have_text("This link opens nothing")
    reading.check("ended link")
    assert (checks.report(), reading.report()) == ("", "")


def test_link_is_handed_on_whole_and_a_code_opens_a_second_device(new_device: NewDevice) -> None:
    """A phone goes to its own list of ways for the link; of the code it is told when it is used."""
    first, second = new_device("phone"), new_device("phone", java_script_enabled=False)
    checks = PageChecks(first)
    first.add_init_script("navigator.share = async ({ url }) => { window.handedOver = url; };")
    response = begun(first)
    link = link_of(first, response)
    first.get_by_role("button", name="Send the link").click()
    assert first.evaluate("handedOver") == link
    field = first.get_by_label("Your private link")
    sizes = field.evaluate("f => [f.scrollWidth - f.clientWidth, f.scrollHeight - f.clientHeight]")
    assert sizes == [0, 0]
    expect(first.get_by_role("img", name="The link as a picture")).to_be_visible()
    press(first, "Make a short code")
    checks.check("code")
    code = first.locator(".device-code strong").inner_text()

    second.goto("/")
    second.get_by_role("link", name="I have a code").click()
    second.get_by_label("The code").fill(f" {code.lower()} ")
    press(second, "Open my answers")

    assert second.url.endswith(response)
    second.get_by_role("link", name="Show my private link").click()
    assert private_link(second) == link
    expect(first.get_by_role("status")).to_contain_text("on a second device", timeout=30_000)
    assert checks.report() == ""
