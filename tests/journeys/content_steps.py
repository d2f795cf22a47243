"""What a content person does in the admin, knowing nothing but its pages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.journeys.conftest import ADMINISTRATOR
from tests.journeys.steps import press

if TYPE_CHECKING:
    from playwright.sync_api import Page

LEVELS = (
    "The staff of the two sectors never train together.",
    "Single persons were in a training of the other sector.",
    "They train together in some places.",
    "They train together in most places.",
    "They train together every year in all places.",
)
ASKED = "How far does the staff of both sectors train together?"
ADVICE = "Hold one training for the staff of both sectors"


def sign_in(page: Page) -> None:
    page.goto("/account/sign-in/?next=/admin/")
    page.get_by_label("User name or e-mail address").fill(ADMINISTRATOR[0])
    page.get_by_label("Password").fill(ADMINISTRATOR[1])
    press(page, "Sign in")


def save(page: Page, button: str = "Save") -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=button, exact=True).last.click()


def expect_done(page: Page, words: str) -> None:
    assert page.locator(".errornote, .errorlist").all_inner_texts() == []
    expect(page.locator(".messagelist")).to_contain_text(re.compile(words))


def start_draft(page: Page) -> str:
    """The address of a new draft of the only edition."""
    page.goto("/admin/assessment/edition/")
    page.get_by_role("link", name="Start a new draft from it").first.click()
    save(page, "Start a new draft")
    found = re.search(r"/admin/assessment/edition/\d+/", page.url)
    assert found, page.url
    return found.group()


def pick(page: Page, field: str, words: str) -> None:
    """One line of a list that searches while one types."""
    page.locator(f".field-{field} .select2-selection").click()
    search = page.locator(".select2-search__field:focus")
    search.press_sequentially(words)
    page.locator(".select2-results__option", has_text=words).first.click()


def add_finding(page: Page) -> None:
    page.goto("/admin/assessment/finding/add/")
    page.get_by_label("Code").fill("TR-1")
    page.get_by_label("Kind").select_option("enabler")
    page.locator("#id_text").fill("Where staff train together, they solve problems together.")
    pick(page, "source", "RS")
    page.get_by_label("Section").fill("Key messages")
    page.get_by_label("Place").fill("line 21")
    pick(page, "dimensions", "HC")
    save(page)
    expect_done(page, "TR-1.*added successfully")


def add_question(page: Page) -> None:
    page.goto("/admin/assessment/question/add/")
    page.get_by_label("Code").fill("HC10")
    pick(page, "dimension", "HC")
    page.get_by_label("Kind").select_option("level")
    page.locator("#id_text").fill(ASKED)
    page.locator("#id_help").fill("Count the last 12 months.")
    for tier in ("national", "regional", "local"):
        page.get_by_label(tier, exact=True).check()
    pick(page, "findings", "TR-1")
    for level, text in enumerate(LEVELS):
        page.get_by_role("button", name="Add another Option").click()
        page.locator(f"#id_options-{level}-value").fill(str(level))
        page.locator(f"#id_options-{level}-text").fill(text)
        page.locator(f"#id_options-{level}-points").fill(str(level))
    save(page)
    expect_done(page, "HC10.*added successfully")


def add_rule(page: Page) -> None:
    page.goto("/admin/assessment/rule/add/")
    page.get_by_label("Code").fill("R90")
    page.get_by_label("Title").fill(ADVICE)
    page.locator("#id_when").fill("answer.HC10 <= 1")
    expect(page.locator(".condition-words").first).to_contain_text(re.compile("HC10|train"))
    page.get_by_label("What to do").fill("Train the staff of both sectors together once a year.")
    page.get_by_label("First step").fill("Agree on a date and on ten persons of each sector.")
    page.get_by_label("What it needs").fill("A room and a day.")
    page.locator("#id_actor").fill("both training units")
    page.get_by_label("Horizon").select_option("S")
    pick(page, "dimension", "HC")
    pick(page, "findings", "TR-1")
    save(page)
    expect_done(page, "R90.*added successfully")


def translate_question(page: Page, draft: str) -> None:
    """Every text of the new question into Spanish."""
    page.goto("/admin/assessment/editionlanguage/add/")
    page.locator("#id_edition").select_option(draft.rstrip("/").rpartition("/")[2])
    page.locator("#id_language").fill("es")
    page.get_by_label(re.compile("gaps", re.IGNORECASE)).check()
    save(page, "Save and continue editing")
    language = re.search(r"/editionlanguage/\d+/", page.url)
    assert language, page.url
    page.goto(f"/admin/assessment{language.group()}texts/?code=HC10")
    for place, field in enumerate(page.locator(".target textarea").all()):
        field.fill(f"¿Formación común? {place}")
    save(page)
    expect(page.locator("li.text.is-done")).to_have_count(2 + len(LEVELS))


def look_at_preview(page: Page) -> None:
    page.goto("/admin/assessment/question/?q=HC10")
    page.locator("#result_list tbody th a").first.click()
    page.get_by_role("link", name="Preview").first.click()
    frame = page.frame_locator("iframe.preview")
    expect(frame.locator("fieldset#HC10")).to_contain_text(ASKED)
    page.get_by_label("Language").select_option("es")
    press(page, "Show")
    expect(frame.locator("fieldset#HC10")).to_contain_text("¿Formación común? 0")


def try_rule(page: Page, draft: str) -> None:
    page.goto(draft + "change/")
    page.get_by_role("link", name="Try the rules").click()
    answers = page.locator("form.bench details", has_text="Coordination between ministries")
    answers.locator("summary").first.click()
    answers.locator("[name=HC10]").select_option("0")
    press(page, "Try these answers")
    expect(page.locator("tr#R90 .verdict")).to_have_class(re.compile("verdict-yes"))


def publish(page: Page, draft: str) -> None:
    page.goto(draft + "publish/")
    save(page, "Publish this edition")
    expect_done(page, "published")


def withdraw(page: Page, edition: str) -> None:
    page.goto(edition + "withdraw/")
    page.get_by_label("Reason").fill("It was a trial.")
    save(page, "Withdraw this edition")
    expect_done(page, "withdrawn")
