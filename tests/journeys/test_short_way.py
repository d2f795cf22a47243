"""The short way: fifteen minutes to a result, and from there on to the whole."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.journeys.page_checks import PageChecks
from tests.journeys.steps import (
    answer_question,
    begin_short,
    expect_saved,
    press,
    question,
    response_path,
    visible_codes,
    write_note,
)

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.journeys.conftest import NewDevice

WHOLE = "Answer all questions instead"


def asked(page: Page) -> str:
    """The one question that the page puts."""
    (code,) = visible_codes(page)
    return code


def answer_to_the_end(page: Page) -> list[str]:
    codes = []
    while "/check/" not in page.url:
        codes.append(asked(page))
        expect(page.get_by_text(re.compile(rf"^{len(codes)} of 18"))).to_be_visible()
        answer_question(page, codes[-1], "dont_know" if codes[-1] == "SC2" else 1)
        press(page)
    return codes


def submit(page: Page) -> None:
    press(page, re.compile("^Submit"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Your answers are submitted")


@pytest.mark.parametrize("script", [True, False])
def test_short_way_leads_to_a_result_and_on_to_the_whole(
    new_device: NewDevice, script: bool
) -> None:
    page = new_device("phone", java_script_enabled=script)
    begin_short(page)
    codes = answer_to_the_end(page)
    assert len(set(codes)) == len(codes) == 18
    submit(page)
    page.get_by_role("link", name="Read the result").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Green Valley")

    page.go_back()
    page.get_by_text("Or only one subject").click()
    press(page, re.compile("^Targeting"))
    expect(page).to_have_url(re.compile("/tg/#TG3$"))
    expect(question(page, "TG2").locator("input:checked")).to_have_value("1")
    answer_question(page, "TG3", 2)
    press(page, "Save and go back to the list")
    expect(page.locator(".task").filter(has_text="Targeting")).to_contain_text("3 of 3 answered")
    page.goto(f"{response_path(page.url)}check/")
    submit(page)
    press(page, "Answer all that is left")
    expect(page).to_have_url(re.compile("/pc/#PC3$"))


def test_first_look_is_offered_and_leads_on(new_device: NewDevice) -> None:
    page = new_device("phone")
    checks = PageChecks(page)
    response = begin_short(page)
    for code in ("PC1", "PC2"):
        answer_question(page, code, 1)
        press(page)
    offered = page.get_by_role("link", name="See the first look")
    expect(page.locator(".first-look")).to_contain_text(
        "Points low, an indication from 2 questions"
    )

    offered.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile(f"{response}pc/first-look/$"))
    expect(page.get_by_text("nothing is settled yet")).to_be_visible()
    checks.check("first look")
    page.get_by_role("link", name="Next: Design").click()
    expect(page).to_have_url(re.compile("/question/DS2/$"))
    assert checks.report() == ""


@pytest.mark.parametrize("script", [True, False])
def test_way_is_changed_on_a_question_and_back(new_device: NewDevice, script: bool) -> None:
    page = new_device("phone", java_script_enabled=script)
    response = begin_short(page)
    write_note(page, "PC1", "Decree of 2024")
    answer_question(page, "PC1", 2)

    press(page, WHOLE)

    expect(page).to_have_url(re.compile(f"{response}pc/#PC1$"))
    expect(question(page, "PC1").locator("input:checked")).to_have_value("2")
    expect(page.locator("[name=PC1-note]")).to_have_value("Decree of 2024")
    answer_question(page, "PC3", 3)
    press(page, re.compile("Change to the short way"))
    expect(page).to_have_url(re.compile("/question/PC2/$"))
    page.goto(response)
    expect(page.get_by_text("You answer the short way")).to_be_visible()
    page.goto(f"{response}pc/")
    expect(question(page, "PC3").locator("input:checked")).to_have_value("3")


def test_short_way_is_answered_by_keyboard(new_device: NewDevice) -> None:
    page = new_device("phone")
    begin_short(page)
    for code, presses in (("PC1", 2), ("PC2", 0)):
        tab_to(page, "radio")
        page.keyboard.press("Space")
        for _ in range(presses):
            page.keyboard.press("ArrowDown")
        expect(question(page, code).locator("input:checked")).to_have_value(str(presses))
        expect_saved(page, code)
        tab_to(page, "submit")
        with page.expect_navigation():
            page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile("/question/DS2/$"))
    page.get_by_role("link", name="Back", exact=True).focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/question/PC2/$"))


def tab_to(page: Page, kind: str) -> None:
    """To the next control of this type inside the page's own form."""
    inside = "document.activeElement.closest('main form') && document.activeElement.type"
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate(inside) == kind:
            return
    pytest.fail(f"The focus reaches no {kind}.")


def test_pages_of_the_short_way_are_sound(new_device: NewDevice) -> None:
    page = new_device("phone")
    checks = PageChecks(page)
    response = begin_short(page)
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    checks.check("a question with everything opened")
    answer_question(page, "PC1", 2)
    expect_saved(page, "PC1")

    checks.visit(
        *("/begin/?short=1", response, f"{response}check/", f"{response}question/HC2/?check=1")
    )
    page.goto(f"{response}check/")
    submit(page)
    checks.check("confirmation")
    page.get_by_role("link", name="Open the answers again").click()
    checks.check("reopen")

    assert checks.report() == ""
