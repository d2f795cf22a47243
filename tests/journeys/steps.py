"""What a person does on the pages, in the words of a person."""

from __future__ import annotations

import re
import secrets
import tomllib
from functools import cache
from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect

from assessment.instrument.seeds import SEEDS
from tests.factories import ResponseFactory
from tests.journeys.conftest import run_in_thread

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

RESPONSE = re.compile(r"/response/[0-9a-f-]{36}/")
PROFILE = {"P1": "PE", "P4": "running", "P5": "2", "P6": "complementary_different", "P7": "partly"}
SECTIONS = ("pc", "ds", "tg", "bi", "hc", "vc", "lc", "sc", "rp", "closing")


@cache
def example() -> dict[str, Any]:
    return tomllib.loads((SEEDS / "example.toml").read_text(encoding="utf-8"))


def example_answers() -> dict[str, Any]:
    """The invented example with each way of answering in it, and three gaps."""
    changed = {
        "DS1": ["none"],
        "TG5": "not_applicable",
        "SC4": "dont_know",
        "HC6": "not_applicable",
    }
    gaps = ("RP4", "VC5", "SC6")
    given = {**example()["answers"], **changed}
    return {code: value for code, value in given.items() if code not in gaps}


def begin(page: Page, name: str = "Green Valley") -> str:
    """From the start page to the private link; the address of the response."""
    page.goto("/")
    page.get_by_role("link", name="Begin the whole").click()
    page.get_by_label("A name for the programmes together").fill(name)
    for code, value in PROFILE.items():
        answer_question(page, code, value)
    page.get_by_label("Name of the programme").first.fill("Family transfer")
    press(page)
    expect(page).to_have_url(re.compile("/link/$"))
    return response_path(page.url)


def begun(page: Page) -> str:
    """The address of a response that this device holds already: it came back by its link."""
    secret = secrets.token_hex(16)
    response = run_in_thread(lambda: ResponseFactory(secret=secret, key=secret))
    page.goto(f"/return/{secret}/")
    return f"/response/{response.uuid}/"


def begin_short(page: Page) -> str:
    """From the start page to the first question; the address of the response."""
    page.goto("/")
    return begin_short_from_here(page)


def begin_short_from_here(page: Page) -> str:
    page.get_by_role("link", name="Begin the short way").click()
    page.get_by_label("A name for the programmes together").fill("Green Valley")
    for codes in (("P1", "P4"), ("P5", "P6", "P7")):
        for code in codes:
            answer_question(page, code, PROFILE[code])
        press(page)
    page.get_by_role("link", name="Go to the questions").click()
    expect(page).to_have_url(re.compile("/question/PC1/$"))
    return response_path(page.url)


def response_path(url: str) -> str:
    match = RESPONSE.search(url)
    assert match, url
    return match.group()


def private_link(page: Page) -> str:
    return page.get_by_label("Your private link").input_value()


def link_of(page: Page, response: str) -> str:
    """The private link, from its page."""
    page.goto(f"{response}link/")
    return private_link(page)


def question(page: Page, code: str) -> Locator:
    return page.locator(f"fieldset#{code}")


def answer_question(page: Page, code: str, value: Any) -> None:
    """Answer one question whatever its kind."""
    asked = question(page, code)
    asked.wait_for(state="attached")  # counting does not wait for a page that is on its way
    for one in value if isinstance(value, list) else [value]:
        choice = asked.locator(f"[name={code}][value='{one}']:is([type=radio], [type=checkbox])")
        if choice.count():
            choice.check()
        elif asked.locator("select").count():
            asked.locator("select").select_option(str(one))
        else:
            asked.locator(f"textarea[name={code}], input[type=text]").fill(str(one))


def write_note(page: Page, code: str, text: str) -> None:
    note = page.locator(f"[name={code}-note]")
    if not note.is_visible():
        question(page, code).get_by_text("What makes you say so?").click()
    note.fill(text)


def visible_codes(page: Page) -> list[str]:
    shown = page.locator("fieldset[data-code]:not([hidden])")
    return [str(code) for code in shown.evaluate_all("all => all.map(one => one.dataset.code)")]


def answer_page(page: Page, unanswered: dict[str, Any], notes: dict[str, str]) -> None:
    """Answer what stands on the page; what appears through an answer is answered as well."""
    while here := [code for code in visible_codes(page) if code in unanswered]:
        answer_question(page, here[0], unanswered.pop(here[0]))
        if here[0] in notes:
            write_note(page, here[0], notes[here[0]])


def press(page: Page, button: str | re.Pattern[str] = "Continue") -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=button, exact=True).click()


def save_state(page: Page, code: str) -> Locator:
    return question(page, code).locator(".save-state")


def expect_saved(page: Page, code: str) -> None:
    expect(save_state(page, code)).to_have_text(re.compile(r"Saved \d\d:\d\d"))
