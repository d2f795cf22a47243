"""From advice to a plan: taken, changed, exported and printed, with scripts and without."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from ical.calendar_stream import IcsCalendarStream
from playwright.sync_api import expect
from python_calamine import CalamineWorkbook

from tests.journeys.page_checks import PageChecks
from tests.journeys.steps import press, response_path

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from tests.journeys.conftest import NewDevice


OFFICE = "Dirección de Planificación"


def download(page: Page, link: str) -> tuple[str, bytes]:
    with page.expect_download() as started:
        page.get_by_role("link", name=link).click()
    return started.value.suggested_filename, Path(started.value.path()).read_bytes()


def words_on_paper(page: Page) -> str:
    sheets = pypdfium2.PdfDocument(page.pdf(format="A4"))
    return " ".join(" ".join(sheet.get_textpage().get_text_range() for sheet in sheets).split())


def first_form(page: Page) -> Locator:
    """Of the first action that is not in the plan yet, which may have to be opened."""
    shown = page.locator("form[data-take]:not(.take-package):visible")
    if not shown.count():
        page.locator("details.action:has(form[data-take]) > summary").first.click()
    return shown.first


def take_first(page: Page, *, script: bool) -> str:
    """The advice that was taken, by its key; the page stays where it is."""
    form = first_form(page)
    key = form.locator("[name=advice]").input_value()
    taken = page.locator(f"#take-{key}")
    if script:
        form.get_by_role("button").click()
    else:
        with page.expect_navigation():
            form.get_by_role("button").click()
        assert page.url.endswith(f"/report/actions/#take-{key}")
    expect(taken.get_by_text("In the plan")).to_be_visible()
    expect(taken).to_be_in_viewport()
    return key


@pytest.mark.parametrize("script", [True, False])
def test_plan_is_made_changed_exported_and_printed(
    new_device: NewDevice, demo: str, script: bool
) -> None:
    page = new_device("phone", java_script_enabled=script)
    page.goto(demo)
    response = response_path(page.url)
    page.goto(f"{response}report/actions/")
    before = page.locator(".planned").count()

    key, _further = take_first(page, script=script), take_first(page, script=script)
    assert page.locator(".planned").count() == before + 2
    assert page.locator("[data-plan] li").count() == before + 2
    page.locator(f"#take-{key}").get_by_role("link", name=re.compile("^Change")).click()
    page.get_by_label("Who does it").fill(OFFICE)
    page.get_by_label("Date").fill("2027-02-15")
    page.get_by_label("Budget line that pays for it").fill("Partida 3.2")
    page.get_by_label("If there is no budget line: why").fill("None")
    press(page, "Save this line")
    page.get_by_role("link", name="Money: say what pays for it").click()
    expect(page.get_by_label("If there is no budget line: why")).to_be_focused()
    expect(page.get_by_label("Who does it")).to_have_value(OFFICE)
    page.get_by_label("If there is no budget line: why").fill("")
    press(page, "Save this line")

    expect(page.get_by_role("heading", level=1)).to_have_text("Your plan")
    page.get_by_label("Who acts").select_option(OFFICE)
    press(page, "Show")
    line = page.locator(".line").filter(has_text=OFFICE).first
    expect(line).to_contain_text("15 February 2027")
    calendar, days = download(page, "Dates for a calendar (ICS)")
    workbook, table = download(page, "Table (XLSX)")
    events = IcsCalendarStream.calendar_from_ics(days.decode()).events
    rows = CalamineWorkbook.from_filelike(BytesIO(table)).get_sheet_by_index(0).to_python()
    assert (calendar[-9:], workbook[-10:]) == ("-plan.ics", "-plan.xlsx")
    assert date(2027, 2, 15) in [event.dtstart for event in events]
    assert OFFICE in [row[3] for row in rows]

    page.goto(f"{response}report/actions/")
    assert "Take into the plan" not in words_on_paper(page)
    page.goto(f"{response}plan/")
    assert OFFICE in words_on_paper(page)
    with page.expect_navigation():
        page.get_by_role("button", name=re.compile("^Delete")).first.click()
    expect(page.get_by_text("You can put it back for 30 days")).to_be_visible()
    with page.expect_navigation():
        page.get_by_role("button", name=re.compile("^Put back")).first.click()
    expect(page.locator(".line").filter(has_text=OFFICE).first).to_be_visible()


def take_first_after_abort(page: Page) -> None:
    """The form is sent as without a script, and the page comes back to the same place."""
    form = first_form(page)
    key = form.locator("[name=advice]").input_value()
    with page.expect_navigation():
        form.get_by_role("button").click()
    expect(page.locator(f"#take-{key}").get_by_text("In the plan")).to_be_visible()


def test_package_is_taken_at_once_and_pages_of_the_plan_are_sound(
    new_device: NewDevice, demo: str
) -> None:
    """And without a connection nothing is lost."""
    page = new_device("phone")
    checks = PageChecks(page)
    page.goto(demo)
    response = response_path(page.url)
    page.goto(f"{response}report/actions/")
    package = page.locator(".take-package").last
    keys = [one.input_value() for one in package.locator("[name=advice]").all()]
    package.get_by_role("button").click()
    for key in keys:
        expect(page.locator(f"#take-{key}").get_by_text("In the plan")).to_have_count(1)
    expect(page.locator(f"#take-{keys[0]}")).to_be_focused()
    checks.check("report with something taken")
    page.route("**/plan/take/", lambda route: route.abort(), times=1)
    take_first_after_abort(page)

    checks.visit(f"{response}plan/", f"{response}plan/add/")
    press(page, "Save this line")
    checks.check("a line without what is to be done")
    assert checks.report() == ""
