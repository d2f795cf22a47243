"""A programme manager who never saw the site: from the start page to the opened PDF."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import pikepdf
import pypdfium2
import pytest
from django_tasks_db.models import DBTaskResult
from playwright.sync_api import expect

from assessment.management.background import QUEUES, run_waiting_tasks
from assessment.tasks import stop_printer, stopping
from tests.journeys.conftest import run_in_thread
from tests.journeys.steps import (
    answer_page,
    answer_question,
    begin,
    begun,
    example,
    example_answers,
    press,
    question,
    save_state,
)
from tests.short_form import WHOLE

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.journeys.conftest import NewDevice

WAYS = [
    pytest.param("phone", False, id="phone-plain"),
    pytest.param("desk", True, id="desk-script"),
]


ALIKE = ("BI", "VC", "LC", "RP")
"""Subjects whose questions are of kinds that others have too: by a script they are saved alike."""
SUBJECT = "Political commitment and sector priority"


@pytest.mark.parametrize(("size", "script"), WAYS)
def test_whole_way_leads_to_the_pdf(new_device: NewDevice, size: str, script: bool) -> None:
    run_in_thread(forget_tasks)
    page = new_device(size, java_script_enabled=script)
    response = begin(page)
    page.get_by_role("link", name="Go to the questions").click()
    answer_everything(page, *(() if WHOLE or not script else ALIKE))

    check_answers(page)
    submit_with_gaps(page)
    recommendation = read_report(page)
    read_pdf(page, response, recommendation)


def answer_everything(page: Page, *left_out: str) -> None:
    page.get_by_role("link", name="Continue with Political commitment").click()
    given = example_answers()
    unanswered = {code: given[code] for code in given if not code.startswith(left_out)}
    while "/check/" not in page.url:
        answer_page(page, unanswered, example()["notes"])
        press(page)


def check_answers(page: Page) -> None:
    expect(page).to_have_url(re.compile("/check/$"))
    # What the last page had not sent yet is sent from here, and then this page is drawn anew.
    page.wait_for_load_state("networkidle")
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your answers")
    line = page.locator(".answer").filter(has_text=re.compile("TG5"))
    expect(line).to_contain_text("Does not apply")
    line.get_by_role("link", name="Change").click()
    expect(page).not_to_have_url(re.compile("/check/$"))
    answer_question(page, "TG2", "3")
    press(page)
    expect(page).to_have_url(re.compile("/check/$"))
    gaps = page.locator("#open")
    assert [code for code in ("VC5", "SC6", "RP4") if code in gaps.inner_text()] == [
        "VC5",
        "SC6",
        "RP4",
    ]
    expect(page.get_by_text(example()["notes"]["HC4"])).to_be_visible()
    expect(page.get_by_text("Not answered").first).to_be_visible()


def submit_with_gaps(page: Page) -> None:
    page.get_by_role("button", name=re.compile(r"Submit with \d+ open questions")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your answers are submitted")
    expect(page.get_by_text(re.compile("Your reference: [0-9A-F]{4}-[0-9A-F]{4}"))).to_be_visible()


def read_report(page: Page) -> str:
    """The title of the first decision: from the brief by way of a subject to the whole report."""
    page.get_by_role("link", name="Read the result").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Green Valley")
    title = page.locator(".decision").first.inner_text()
    page.locator(".profile a").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(SUBJECT)
    page.get_by_role("link", name="How it fits together").last.click()
    return title


def read_pdf(page: Page, response: str, recommendation: str) -> None:
    page.locator("main").get_by_role("link", name="The whole report (PDF)").click()
    expect(page).to_have_url(re.compile("/report/pdf/$"))
    run_in_thread(do_background_work)
    expect(page.get_by_role("heading", level=1)).to_have_text("Your PDF is ready", timeout=90_000)
    link = page.get_by_role("link", name="Open the PDF").get_attribute("href")
    assert link == f"{response}report.pdf"
    answer = page.request.get(link, timeout=120_000)
    content = answer.body()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert "Green Valley" in str(pdf.docinfo["/Title"])
        assert len(pdf.pages) >= 10
    words = " ".join(text_of(content).split())
    assert recommendation in words
    assert example()["notes"]["HC4"] in words


def forget_tasks() -> None:
    """Other journeys have submitted, and nobody reads their PDFs: each takes seconds to print."""
    DBTaskResult.objects.all().delete()


def do_background_work() -> None:
    """What a worker does, as long as there is something to do."""
    stopping.clear()
    assert run_waiting_tasks("journeys", QUEUES)
    stop_printer()


def text_of(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    return "\n".join(page.get_textpage().get_text_bounded() for page in document)


@pytest.mark.parametrize("script", [True, False])
def test_question_appears_and_goes_with_the_answer_before_it(
    new_device: NewDevice, script: bool
) -> None:
    page = new_device("phone", java_script_enabled=script)
    page.goto(begun(page) + "lc/")
    page.set_viewport_size({"width": 360, "height": 2000})
    question(page, "LC3").scroll_into_view_if_needed()
    expect(question(page, "LC4")).to_be_visible()

    answer_question(page, "LC3", "0")
    go_on_without(page, script)
    if script:
        expect(save_state(page, "LC4")).to_contain_text("No longer asked")
        expect(question(page, "LC4")).to_be_visible()
        page.set_viewport_size({"width": 360, "height": 640})
        page.evaluate("scrollTo(0, 0)")
    expect(question(page, "LC4")).to_be_hidden()

    answer_question(page, "LC3", "2")
    go_on_without(page, script)
    expect(question(page, "LC4")).to_be_visible()


def go_on_without(page: Page, script: bool) -> None:
    """Without a script, the page comes back once its questions have changed."""
    if not script:
        press(page)
        expect(page.get_by_role("status")).to_contain_text("Your answers are saved")
