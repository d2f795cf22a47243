"""A content person changes the bank without a programmer; what was begun before stays as it was."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from assessment.models import Edition
from tests.journeys import content_steps
from tests.journeys.conftest import run_in_thread
from tests.journeys.steps import answer_question, begin, begun, press, visible_codes

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.journeys.conftest import NewDevice


@pytest.fixture
def only_first_edition(site: str) -> Iterator[None]:
    """Other journeys go through the first edition, whatever becomes of this one."""
    yield
    later = Edition.objects.filter(state="published", number__gt=1)
    run_in_thread(lambda: later.update(state="retired"))


def test_content_person_asks_translates_tries_and_publishes(
    new_device: NewDevice, only_first_edition: None
) -> None:
    rosa, maria = new_device("phone"), new_device("desk")
    before = begun(rosa)
    content_steps.sign_in(maria)
    draft = content_steps.start_draft(maria)
    content_steps.add_finding(maria)
    content_steps.add_question(maria)
    content_steps.add_rule(maria)
    content_steps.translate_question(maria, draft)
    content_steps.look_at_preview(maria)
    content_steps.try_rule(maria, draft)

    content_steps.publish(maria, draft)

    luis = new_device("phone")
    after = begin(luis, "Coast")
    assert "HC10" in asked(luis, after)
    assert "HC10" not in asked(rosa, before)
    assert content_steps.ADVICE in report_after(luis, after, HC10="0", HC1="1", HC2="0")
    assert content_steps.ADVICE not in report_after(rosa, before, HC1="1", HC2="0")
    content_steps.withdraw(maria, draft)
    ana = new_device("phone")
    assert "HC10" not in asked(ana, begin(ana, "Valley"))


def asked(page: Page, response: str) -> list[str]:
    page.goto(response + "hc/")
    return visible_codes(page)


def report_after(page: Page, response: str, **answers: str) -> str:
    """The words of the report on these answers, all else left open."""
    page.goto(response + "hc/")
    for code, value in answers.items():
        answer_question(page, code, value)
    press(page, "Save and go back to the list")
    page.goto(response + "check/")
    page.get_by_role("button", name=re.compile(r"Submit with \d+ open questions")).click()
    page.get_by_role("link", name="Read the result").click()
    page.goto(response + "report/actions/")
    expect(page.locator("main.report")).to_be_visible()
    return page.locator("main.report").inner_text()
