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
    begun,
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


def change_the_way_and_back(page: Page, response: str) -> None:
    """On the first question; what was answered on either way stays."""
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


def submit(page: Page) -> None:
    press(page, re.compile("^Submit"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Your answers are submitted")


def answer_a_subject_more(page: Page) -> None:
    page.get_by_text("Or only one subject").click()
    press(page, re.compile("^Targeting"))
    expect(page).to_have_url(re.compile("/tg/#TG3$"))
    expect(question(page, "TG2").locator("input:checked")).to_have_value("1")
    answer_question(page, "TG3", 2)
    press(page, "Save and go back to the list")
    expect(page.locator(".task").filter(has_text="Targeting")).to_contain_text("3 of 3 answered")


@pytest.mark.parametrize("script", [True, False])
def test_short_way_is_changed_and_leads_to_a_result_and_on_to_the_whole(
    new_device: NewDevice, script: bool
) -> None:
    page = new_device("phone", java_script_enabled=script)
    response = begin_short(page)
    change_the_way_and_back(page, response)
    page.goto(f"{response}question/PC1/")
    codes = answer_to_the_end(page)
    assert len(set(codes)) == len(codes) == 18
    submit(page)
    page.get_by_role("link", name="Read the result").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Green Valley")

    page.go_back()
    answer_a_subject_more(page)
    page.goto(f"{response_path(page.url)}check/")
    submit(page)
    press(page, "Answer all that is left")
    expect(page).to_have_url(re.compile("/pc/#PC4$"))


def test_pages_of_the_short_way_are_sound(new_device: NewDevice) -> None:
    page = new_device("phone")
    checks = PageChecks(page)
    response = begun(page)
    page.goto(f"{response}pc/")
    press(page, re.compile("Change to the short way"))
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
