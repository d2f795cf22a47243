"""Without a connection: what is kept on the device, sent once it is back, and cleared."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Error, expect

from assessment.models import Answer
from assessment.web import cookies
from tests.journeys.conftest import run_in_thread
from tests.journeys.steps import (
    answer_question,
    begun,
    expect_saved,
    link_of,
    press,
    question,
    save_state,
    write_note,
)

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

    from tests.journeys.conftest import NewDevice

KEPT = "Kept on this device, not yet sent"
STORED = "Object.keys(localStorage).length"


@pytest.fixture
def page(new_device: NewDevice) -> Page:
    opened = new_device("phone")
    opened.on("dialog", lambda dialog: dialog.accept())
    return opened


def cut(page: Page) -> None:
    """As soon as the page has what it needs without a connection."""
    page.wait_for_load_state("networkidle")
    page.context.set_offline(True)


def wait_until_sent(page: Page) -> None:
    """Asked from here: what waits inside the page is stopped by its policy now and then."""
    ends = time.monotonic() + 30
    while something_is_kept(page):
        assert time.monotonic() < ends, "it was never sent"
        page.wait_for_timeout(100)


def something_is_kept(page: Page) -> bool:
    """Asked once more where the page draws itself anew, as the list does after it has sent."""
    try:
        return bool(page.evaluate(STORED))
    except Error as failed:
        if "Execution context was destroyed" not in failed.message:
            raise
        page.wait_for_load_state()
        return True


def reload_without_a_connection(page: Page) -> None:
    with pytest.raises(Error, match="ERR_INTERNET_DISCONNECTED"):
        page.reload()


def stored_answers(response: str) -> dict[str, tuple[object, int]]:
    uuid = response.split("/")[-2]
    rows = Answer.objects.filter(response__uuid=uuid)
    found: dict[str, tuple[object, int]] = run_in_thread(
        lambda: {answer.code: (answer.value, answer.revision) for answer in rows}
    )
    return found


def answer_and_reload_without_a_connection(page: Page, address: str, code: str) -> None:
    """An answer with a note, kept on the device; then the connection is there again."""
    page.goto(address)
    cut(page)
    answer_question(page, code, 3)
    write_note(page, code, "Lists of 2024")
    expect(save_state(page, code)).to_contain_text(KEPT)
    reload_without_a_connection(page)
    page.context.set_offline(False)


def test_answer_outlives_a_reload_without_a_connection_and_is_sent_once(page: Page) -> None:
    """On the whole way and on the short one from its own page, and from the list; from a page that
    stays open as soon as there is a connection."""
    response = begun(page)
    page.goto(f"{response}tg/")
    cut(page)
    answer_question(page, "TG6", 3)
    expect(save_state(page, "TG6")).to_contain_text(KEPT)
    page.context.set_offline(False)
    expect_saved(page, "TG6")
    answer_and_reload_without_a_connection(page, f"{response}tg/", "TG3")
    page.goto(response)
    expect(page.locator(".task").filter(has_text="Targeting")).to_contain_text("2 of")
    wait_until_sent(page)

    page.goto(f"{response}pc/")
    press(page, re.compile("Change to the short way"))
    page.goto(f"{response}pc/")
    for way, code in (("tg/", "TG2"), ("question/HC2/", "HC2")):
        answer_and_reload_without_a_connection(page, f"{response}{way}", code)
        page.goto(f"{response}{way}")
        # A browser may load its own page of the error again by itself: that one has sent it then.
        wait_until_sent(page)
        page.reload()
        expect(question(page, code).locator("input:checked")).to_have_value("3")
        expect(page.locator(f"[name={code}-note]")).to_have_value("Lists of 2024")

    assert stored_answers(response) == dict.fromkeys(("TG2", "TG3", "TG6", "HC2"), (3, 1))


def test_way_taken_while_kept_answers_are_sent_is_not_called_off(page: Page) -> None:
    response = begun(page)
    page.evaluate(
        """uuid => localStorage.setItem(`unsent:${uuid}answer/HC2/`, JSON.stringify(
        { body: "HC2=1&HC2-revision=0", page: uuid + "hc/", at: Date.now(), tab: 1 }))""",
        response,
    )
    way = f"{response}tg/"

    def slow(route: Route) -> None:
        page.wait_for_timeout(2_500)
        route.continue_()

    page.route(f"**{way}", slow)
    with page.expect_request("**/answer/HC2/"):
        page.goto(f"{response}check/", wait_until="commit")

    page.locator(f"a[href^='{way}']").first.click(no_wait_after=True)

    expect(page).to_have_url(re.compile(re.escape(way)), timeout=30_000)
    wait_until_sent(page)
    assert stored_answers(response) == {"HC2": (1, 1)}


def test_newer_answer_from_elsewhere_is_not_overwritten(page: Page, new_device: NewDevice) -> None:
    response = begun(page)
    link = link_of(page, response)
    page.goto(f"{response}hc/")
    cut(page)
    answer_question(page, "HC2", 1)
    expect(save_state(page, "HC2")).to_contain_text(KEPT)
    other = new_device("desk")
    other.goto(link)
    other.goto(f"{response}hc/")
    answer_question(other, "HC2", 4)
    expect_saved(other, "HC2")
    reload_without_a_connection(page)
    page.context.set_offline(False)

    page.goto(f"{response}check/")
    notice = page.get_by_role("status").filter(has_text="not sent yet")
    notice.get_by_role("link", name="HC2").click()

    panel = question(page, "HC2").locator(".conflict")
    expect(panel.locator(".theirs")).to_contain_text("duties and dates")
    expect(panel.locator(".mine")).to_contain_text("by word of mouth")
    assert stored_answers(response) == {"HC2": (4, 1)}
    panel.get_by_role("button", name="Keep mine").click()
    expect_saved(page, "HC2")
    assert page.evaluate(STORED) == 0


def test_two_tabs_without_a_connection_lose_neither_answer(page: Page) -> None:
    response = begun(page)
    page.goto(f"{response}hc/")
    other = page.context.new_page()
    other.goto(page.url)
    other.wait_for_load_state("networkidle")
    cut(page)
    answer_question(page, "HC2", 1)
    answer_question(other, "HC2", 4)
    expect(save_state(other, "HC2")).to_contain_text(KEPT)

    page.context.set_offline(False)

    for one in (page, other):
        expect(one.locator(".conflict, .is-saved").first).to_be_visible()
    assert sum(one.locator(".conflict").count() for one in (page, other)) == 1
    assert stored_answers(response)["HC2"][1] == 1


def test_leaving_and_submitting_clear_what_was_kept(page: Page) -> None:
    response = begun(page)
    page.goto(f"{response}pc/")
    answer_question(page, "PC1", 3)
    expect_saved(page, "PC1")
    for way_out in ("submit", "leave"):
        page.evaluate(
            """uuid => localStorage.setItem(`unsent:${uuid}answer/PC2/`, JSON.stringify(
            { body: "PC2=9&PC2-revision=0", page: uuid + "pc/", at: Date.now(), tab: 1 }))""",
            response,
        )
        if way_out == "submit":
            page.goto(f"{response}check/")
            expect(page.get_by_role("link", name="PC2", exact=True)).to_be_visible()
            press(page, re.compile("Submit with"))
            expect(page.get_by_role("heading", level=1)).to_have_text("Your answers are submitted")
        else:
            press(page, "Leave on this device")
            expect(page.get_by_role("status")).to_contain_text("You have left your assessment")
        page.wait_for_load_state("networkidle")
        assert page.evaluate(STORED) == 0


def test_only_a_leaving_that_the_server_ended_or_time_clears_what_was_kept(
    new_device: NewDevice, site: str
) -> None:
    page = new_device("phone")
    response = begun(page)
    page.goto(f"{response}hc/")
    cut(page)
    answer_question(page, "HC2", 1)
    expect(save_state(page, "HC2")).to_contain_text(KEPT)

    with page.expect_event("dialog") as asked:
        page.once("dialog", lambda dialog: dialog.dismiss())
        page.get_by_role("button", name="Leave on this device").click(no_wait_after=True)
    assert asked.value.type == "beforeunload"
    answer_question(page, "HC2", 2)
    expect(save_state(page, "HC2")).to_contain_text(KEPT)
    kept = page.evaluate("Object.values(localStorage).map(JSON.parse)")
    assert [re.findall("HC2=.", one["body"]) for one in kept] == [["HC2=2"]]

    other = new_device("phone")
    other.goto("/help/")
    store_some(other)
    for address in ("/method/", "/?left=1"):
        other.goto(address)
        assert other.evaluate("Object.keys(localStorage)") == ["unsent:/new/"]
    for left, stored in (("/old/", 1), ("/new/", 0)):  # "/" is everything: leaving
        other.context.add_cookies([{"name": cookies.LEFT, "value": left, "url": site}])
        other.goto("/?erased=1")
        assert other.evaluate(STORED) == stored


def store_some(page: Page) -> None:
    """One that goes on whatever page comes next, for it is too old or torn, and one that stays."""
    page.evaluate(
        """() => {
            localStorage.setItem("unsent:/old/", JSON.stringify({ body: "PC2=1", at: 1 }));
            localStorage.setItem("unsent:/torn/", "{");
            localStorage.setItem("unsent:/new/", JSON.stringify({ body: "PC2=1", at: Date.now() }));
        }"""
    )


def test_browser_that_keeps_nothing_still_saves(page: Page) -> None:
    page.add_init_script(
        """Object.defineProperty(window, "localStorage",
        { get() { throw new DOMException("The operation is insecure.", "SecurityError"); } })"""
    )
    page.goto(f"{begun(page)}pc/")

    answer_question(page, "PC1", 3)

    expect_saved(page, "PC1")
