"""Every page of the site, in each state that differs: accessible, sound, at home on a phone."""

from __future__ import annotations

import re
from itertools import product
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from assessment.models import OfferedLanguage, ReportFile
from tests.journeys.conftest import SIZES, run_in_thread
from tests.journeys.content_steps import sign_in
from tests.journeys.page_checks import PageChecks
from tests.journeys.steps import (
    SECTIONS,
    answer_question,
    begin,
    begun,
    press,
    response_path,
)
from tests.short_form import drawn

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.journeys.conftest import NewDevice

PUBLIC = (
    *("/", "/before/", "/sample/", "/sample/brief/", "/sample/subject/tg/", "/begin/", "/method/"),
    *("/privacy/", "/help/", "/glossary/", "/return/", "/code/", "/paper/"),
)
LISTS = tuple(f"/admin/assessment/{name}/" for name in ("edition", "question", "rule", "response"))


@pytest.fixture
def page(new_device: NewDevice) -> Page:
    return new_device("phone")


def expect_error(page: Page) -> None:
    expect(page).to_have_title(re.compile("^Error:"))
    expect(page.locator(":focus")).to_contain_text(re.compile("problem|newer answers"))


def test_public_pages_are_sound(page: Page) -> None:
    checks = PageChecks(page)

    checks.visit(*PUBLIC, "/there-is-no-such-page/", "/?left=1")

    assert checks.report() == ""


def test_first_pages_are_sound_where_the_bank_speaks_another_language(page: Page) -> None:
    run_in_thread(lambda: OfferedLanguage.objects.create(language="es", interface="es"))
    page.set_extra_http_headers({"Accept-Language": "es"})
    checks = PageChecks(page)

    checks.visit("/", "/sample/brief/", "/glossary/")

    assert checks.report() == ""
    assert page.locator("html").get_attribute("lang") == "es"


def test_pages_of_an_open_response_are_sound(page: Page) -> None:
    """Of one without a name, and its sections with everything opened."""
    checks = PageChecks(page)
    response = begin(page, name="")
    checks.check("link")
    pages = ("profile", "check", "paper", "erase")
    checks.visit(response, *(f"{response}{name}/" for name in pages))

    for section in drawn(SECTIONS, 5):
        page.goto(f"{response}{section}/")
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        checks.check(section)

    assert checks.report() == ""


def test_pages_with_errors_are_sound(page: Page) -> None:
    checks = PageChecks(page)
    page.goto("/begin/")
    answer_question(page, "P5", "99")
    page.get_by_label("Institution that runs it").first.fill("A ministry without a programme")
    press(page)
    expect_error(page)
    checks.check("begin with errors")

    page.goto("/return/")
    page.get_by_role("textbox").fill("not a link")
    press(page)
    expect(page).to_have_title(re.compile("^Error:"))
    checks.check("return with an error")

    response = begun(page)
    page.goto(f"{response}tg/")
    answer_question(page, "TG5", "a lot")
    press(page)
    expect_error(page)
    checks.check("a section with errors")

    page.goto(f"{response}check/")
    press(page, re.compile("Submit with"))
    expect(page).to_have_title(re.compile("^Error:"))
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    checks.check("check of nothing answered")

    assert checks.report() == ""


def test_pages_of_a_result_are_sound(page: Page, demo: str) -> None:
    checks = PageChecks(page)
    page.goto(demo)
    response = response_path(page.url)
    expect(page).to_have_url(re.compile("/confirmation/$"))

    layers = ("report/brief", "report", "report/actions", "report/rights", "report/annexes")
    parts = ("report/subject/tg", "report/annexes/answers", "report/annexes/robustness")
    pages = ("confirmation", *layers, *parts, "report/pdf", "reopen")
    checks.visit(*(f"{response}{name}/" for name in pages))
    checks.visit(f"{response}report/actions/?when=now&tier=local")
    run_in_thread(refuse_everything)
    checks.visit(f"{response}report/pdf/")
    expect(page.get_by_role("heading", level=1)).to_have_text("This PDF cannot be made")

    assert checks.report() == ""


def refuse_everything() -> None:
    refused = {"state": ReportFile.State.REFUSED, "problem": ReportFile.Problem.TOO_LONG}
    nothing = {"content": None, "used_on": None, "requested_at": None, "queued_at": None}
    ReportFile.objects.update(**refused, **nothing, key="")


def test_admin_pages_are_accessible(new_device: NewDevice) -> None:
    page = new_device("desk", bypass_csp=True)  # axe writes styles into the page it looks at
    checks = PageChecks(page)
    page.goto("/account/sign-in/")
    checks.check_wcag("login")
    sign_in(page)

    for address in ("/admin/", *drawn(LISTS, 2), a_question(page)):
        page.goto(address)
        checks.check_wcag(address)

    assert checks.report() == ""


def test_admin_pages_keep_the_strict_policy_and_lists_fit_a_desk_and_a_phone(
    new_device: NewDevice,
) -> None:
    """No column of theirs is looked for by scrolling sideways."""
    page = new_device("desk")
    sign_in(page)
    for address in ("/admin/", *LISTS, a_question(page)):
        page.goto(address)
        expect(page.locator("#content h1")).to_be_visible()
        expect(page.locator("#site-name circle").first).to_have_css("fill", "none")

    found = []
    for device, name in product(SIZES, ("question", "rule", "pattern", "finding")):
        size = SIZES[device]
        page.set_viewport_size({"width": size["width"], "height": size["height"]})
        page.goto(f"/admin/assessment/{name}/")
        list_of_rows = page.locator("#changelist .results")
        hidden = list_of_rows.evaluate("one => one.scrollWidth - one.clientWidth")
        found += [(device, name, hidden)] if hidden else []

    assert found == []


def a_question(page: Page) -> str:
    page.goto("/admin/assessment/question/")
    found = page.locator("#result_list tbody th a").first.get_attribute("href")
    assert found
    return found
