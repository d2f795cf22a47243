"""Every page of the site, in each state that differs: accessible, sound, at home on a phone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import ADMINISTRATOR
from tests.journeys.looking import Look
from tests.journeys.walking import SECTIONS, begin, carry_on, give, question

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.journeys.conftest import NewDevice

PUBLIC = ("/", "/begin/", "/method/", "/privacy/", "/help/", "/glossary/", "/return/", "/paper/")
LISTS = tuple(f"/admin/assessment/{name}/" for name in ("edition", "question", "rule", "response"))


@pytest.fixture
def page(new_device: NewDevice) -> Page:
    return new_device("phone")


def expect_error(page: Page) -> None:
    expect(page).to_have_title(re.compile("^Error:"))
    expect(page.locator(":focus")).to_contain_text(re.compile("problem|newer answers"))


def test_public_pages_are_sound(page: Page) -> None:
    look = Look(page)

    look.visit(*PUBLIC, "/there-is-no-such-page/", "/?left=1")

    assert look.said() == ""


def test_pages_of_an_open_response_are_sound(page: Page) -> None:
    look = Look(page)
    response = begin(page, name="")
    look.here("link")

    look.visit(response, f"{response}profile/", f"{response}check/", f"{response}paper/")

    assert look.said() == ""


@pytest.mark.parametrize("section", SECTIONS)
def test_section_is_sound_with_everything_opened(page: Page, section: str) -> None:
    look = Look(page)
    page.goto(f"{begin(page)}{section}/")
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")

    look.here(section)

    assert look.said() == ""


def test_pages_with_errors_are_sound(page: Page) -> None:
    look = Look(page)
    page.goto("/begin/")
    give(page, "P5", "99")
    page.get_by_label("Institution that runs it").first.fill("A ministry without a programme")
    carry_on(page)
    expect_error(page)
    look.here("begin with errors")

    page.goto("/return/")
    page.get_by_role("textbox").fill("not a link")
    carry_on(page)
    expect(page).to_have_title(re.compile("^Error:"))
    look.here("return with an error")

    response = begin(page)
    page.goto(f"{response}tg/")
    give(page, "TG5", "a lot")
    carry_on(page)
    expect_error(page)
    look.here("a section with errors")

    page.goto(f"{response}check/")
    carry_on(page, re.compile("Submit with"))
    expect(page).to_have_title(re.compile("^Error:"))
    look.here("check with an error")

    assert look.said() == ""


def test_pages_with_a_conflict_are_sound(page: Page) -> None:
    look = Look(page)
    page.goto(f"{begin(page)}hc/")
    other = page.context.new_page()
    other.goto(page.url)
    give(other, "HC2", 4)
    expect(question(other, "HC2").locator(".save-state")).to_contain_text("Saved")

    give(page, "HC2", 1)
    expect(question(page, "HC2").locator(".conflict")).to_be_visible()
    look.here("a conflict seen at once")

    assert look.said() == ""


def test_page_of_a_conflict_without_script_is_sound(new_device: NewDevice) -> None:
    page = new_device("phone", java_script_enabled=False)
    page.goto(f"{begin(page)}hc/")
    other = page.context.new_page()
    other.goto(page.url)
    give(other, "HC2", 4)
    carry_on(other)

    give(page, "HC2", 1)
    carry_on(page)

    expect(page).to_have_title(re.compile("^Error:"))
    assert page.locator(".conflict").count() == 1


def test_pages_of_a_result_are_sound(page: Page, demo: str) -> None:
    look = Look(page)
    page.goto(demo)
    response = re.sub(r"(/response/[^/]+/).*", r"\1", page.url)
    look.here("where the link leads")

    look.visit(*(f"{response}{name}/" for name in ("confirmation", "report", "reopen")))

    assert look.said() == ""


def sign_in(page: Page) -> None:
    page.goto("/admin/login/")
    page.get_by_label("Username").fill(ADMINISTRATOR[0])
    page.get_by_label("Password").fill(ADMINISTRATOR[1])
    carry_on(page, "Log in")


def test_admin_pages_are_accessible(new_device: NewDevice) -> None:
    page = new_device("desk", bypass_csp=True)  # axe writes styles into the page it looks at
    look = Look(page)
    page.goto("/admin/login/")
    look.as_wcag("login")
    sign_in(page)

    for address in ("/admin/", *LISTS, a_question(page)):
        page.goto(address)
        look.as_wcag(address)

    assert look.said() == ""


def test_admin_pages_keep_the_strict_policy(new_device: NewDevice) -> None:
    page = new_device("desk")
    sign_in(page)

    for address in (*LISTS, a_question(page)):
        page.goto(address)
        expect(page.locator("#content h1")).to_be_visible()


def a_question(page: Page) -> str:
    page.goto("/admin/assessment/question/")
    found = page.locator("#result_list tbody th a").first.get_attribute("href")
    assert found
    return found
