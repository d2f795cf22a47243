"""Leaving and coming back, two people at once, no connection, and what stays on a device."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.journeys.page_checks import PageChecks
from tests.journeys.steps import (
    answer_question,
    begun,
    expect_saved,
    link_of,
    press,
    question,
    response_path,
    save_state,
    write_note,
)

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.journeys.conftest import NewDevice


def answer_first_page(page: Page, response: str) -> None:
    page.goto(f"{response}pc/")
    for code in ("PC1", "PC2"):
        answer_question(page, code, 3)
        expect_saved(page, code)


def submit(page: Page, response: str) -> None:
    page.goto(f"{response}check/")
    press(page, re.compile("Submit with"))


def chosen(page: Page, code: str) -> str:
    return question(page, code).locator("input:checked").input_value()


def test_private_link_continues_on_other_devices(new_device: NewDevice) -> None:
    """Followed, or pasted where no script runs."""
    first = new_device("desk")
    response = begun(first)
    link = link_of(first, response)
    answer_first_page(first, response)

    second = new_device("phone")
    second.goto(link)
    expect(second).to_have_url(re.compile(f"{response}$"))
    second.get_by_role("link", name="Continue with Political commitment").click()
    assert chosen(second, "PC2") == "3"

    third = new_device("phone", java_script_enabled=False)
    third.goto("/")
    third.get_by_role("link", name="I have a link").click()
    third.get_by_role("textbox").fill(link)
    press(third)
    assert response_path(third.url) == response
    third.goto(f"{response}link/")
    expect(third.get_by_text("Copy the link")).to_be_hidden()


def test_counter_and_server_count_alike(new_device: NewDevice) -> None:
    page = new_device("phone")
    page.goto(begun(page) + "pc/")

    write_note(page, "PC1", "x" * 4990 + "\n" * 5 + "😀" * 6)

    expect(question(page, "PC1").locator(".counter")).to_have_text("Characters too many: 1")
    expect(save_state(page, "PC1")).to_contain_text("It is 1 character too long.")


def test_answers_are_submitted_opened_again_and_left(new_device: NewDevice) -> None:
    """The time is told by the clock of the reader; nothing of them stays on the device."""
    page = new_device("phone", timezone_id="Africa/Addis_Ababa")
    response = begun(page)
    answer_first_page(page, response)
    submit(page, response)
    expect(page.locator("time")).to_have_text(re.compile(r"\d\d:\d\d GMT\+3$"))

    page.get_by_role("link", name="Open the answers again").click()
    page.get_by_role("textbox").fill("The agreement was signed last week.")
    press(page, re.compile("Open"))
    again = response_path(page.url)
    assert again != response
    page.goto(f"{again}pc/")
    assert chosen(page, "PC1") == "3"

    press(page, "Leave on this device")
    expect(page.get_by_role("status")).to_contain_text("You have left your assessment")
    answers = [page.goto(one) for one in (response, again)]
    assert [answer and answer.status for answer in answers] == [404, 404]
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    assert page.evaluate("indexedDB.databases().then(all => all.length)") == 0
    assert {cookie["name"] for cookie in page.context.cookies()} <= {"csrf"}


def test_two_tabs_see_both_answers_and_either_is_kept(new_device: NewDevice) -> None:
    page = new_device("phone")
    checks = PageChecks(page)
    page.goto(begun(page) + "hc/")
    other = page.context.new_page()
    other.goto(page.url)
    for code in ("HC2", "HC1"):
        write_note(other, code, "Agreement of 2024")
        answer_question(other, code, 4)
        expect_saved(other, code)

    answer_question(page, "HC2", 1)
    panel = question(page, "HC2").locator(".conflict")
    expect(panel.locator(".theirs")).to_contain_text("duties and dates")
    expect(panel.locator(".theirs")).to_contain_text("Agreement of 2024")
    expect(panel.locator(".mine")).to_contain_text("by word of mouth")
    checks.check("a conflict seen at once")
    panel.get_by_role("button", name="Keep mine").click()
    expect_saved(page, "HC2")
    answer_question(page, "HC1", 1)
    question(page, "HC1").get_by_role("button", name="Take the other one").click()
    assert chosen(page, "HC1") == "4"
    expect(page.locator("[name=HC1-note]")).to_have_value("Agreement of 2024")
    page.reload()
    assert (chosen(page, "HC2"), chosen(page, "HC1")) == ("1", "4")
    assert checks.report() == ""


def test_older_page_without_script_shows_both_answers(new_device: NewDevice) -> None:
    page = new_device("phone", java_script_enabled=False)
    page.goto(begun(page) + "hc/")
    other = page.context.new_page()
    other.goto(page.url)
    answer_question(other, "HC2", 4)
    press(other)

    answer_question(page, "HC2", 1)
    press(page)

    expect(page).to_have_title(re.compile("^Error:"))
    expect(page.get_by_role("alert")).to_contain_text("newer answers")
    expect(page.locator(".conflict")).to_have_count(1)
    expect(question(page, "HC2").locator(".theirs")).to_contain_text("duties and dates")
    assert chosen(page, "HC2") == "1"
    press(page)
    other.goto(other.url.replace("/vc/", "/hc/"))
    assert chosen(other, "HC2") == "1"
