"""From the closed round to the next one: the room, both signatures, the plan, at once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.utils import timezone
from playwright.sync_api import expect

from assessment.actions.mail.deliver import deliver_mail
from assessment.actions.responses.save_answers import read_submitted, save_answers
from assessment.actions.responses.submit import submit_response
from assessment.actions.rounds.close import close_round
from assessment.actions.rounds.enter import begin_by_link
from assessment.actions.rounds.invite import Invitee, invite
from assessment.actions.rounds.places import secret_of_nonce
from assessment.models import Edition, OutgoingMail, Round
from tests.actions.rounds.round_steps import AG, SP, opened_round, take_part
from tests.actions.rounds.test_close import EVERYBODY
from tests.journeys.conftest import run_in_thread
from tests.journeys.page_checks import PageChecks
from tests.journeys.steps import press
from tests.journeys.test_round import sign_in
from tests.mail_fixtures import sink
from tests.organisation_fixtures import organisation_of

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.journeys.conftest import NewDevice
    from tools.mail_sink import MailSink

__all__ = ["sink"]

ANSWERS = {"TG2": 2, "HC2": 2}
FIGURES = re.compile(r"class=.figures|levels higher|[0-9][.,][0-9] of 4")
DIRECTOR = "director@example.org"


def closed_round() -> tuple[str, list[str]]:
    """Its address, and what four of its people still have: the links of their invitations."""
    edition = Edition.objects.current()
    assert edition is not None
    made = opened_round(edition, promise={"round_result": True}, minimum=3)
    made.scheme.owner = organisation_of("felix", name="Planning secretariat")
    made.scheme.save()
    take_part(made, EVERYBODY)
    people = [
        Invitee(f"P{n}", f"p{n}@x.example", "", "national", (SP, AG)[n % 2]) for n in range(4)
    ]
    secrets = [secret_of_nonce(place.nonce) for place in invite(round=made, people=people)]
    now = timezone.now()
    for secret in secrets:
        begun = begin_by_link(secret=secret, language="en", notice="1", now=now).response
        read = read_submitted(instrument=edition.instrument(), answers=ANSWERS, notes={})
        save_answers(response=begun, answers=read, now=now)
        submit_response(response=begun, now=now)
    close_round(round=made, now=now)
    return f"/rounds/{made.uuid}/", [f"/invitation/{secret}/" for secret in secrets]


def last_mail(sink: MailSink, kind: str) -> str:
    """The text of the message of this kind, once a worker has sent it."""
    for mail in OutgoingMail.objects.in_queue().filter(kind=kind):
        deliver_mail(mail=mail.pk, holder="worker", clock=timezone.now)
    part = sink.messages[-1].get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def choose(page: Page, *codes: str) -> None:
    for box in page.locator("input[name=codes]").all():
        box.set_checked(box.get_attribute("value") in codes)
    page.locator("input[name=second_answers]").check()
    press(page, "Take these questions")


def to_the_room(phone: Page, link: str) -> None:
    phone.goto(link)
    press(phone, "See what you answered")
    phone.get_by_role("link", name="To the joint session").click()
    expect(phone.get_by_text("Nothing is on the screen yet")).to_be_visible()


def write_down(page: Page, outcome: str, reason: str) -> None:
    """What the room came to at the question it saw, written down by who leads."""
    page.get_by_role("link", name=re.compile("Write down what the room came to")).click()
    page.get_by_label(outcome).check()
    if outcome.startswith("We agreed"):
        page.locator("fieldset.question input[value='3']").check()
    page.get_by_label("Why, or both positions").fill(reason)
    press(page, "Write it down")


def sign_by_mail(page: Page, sink: MailSink) -> None:
    link = re.search(r"/sign/\S+", run_in_thread(lambda: last_mail(sink, "sign_off_request")))
    assert link
    page.goto(link[0])
    press(page, "Send me the code")
    code = re.search(r"\b\d{6}\b", run_in_thread(lambda: last_mail(sink, "sign_off_code")))
    assert code
    page.get_by_label("I approve this result").check()
    page.get_by_label(re.compile("Code of six digits")).fill(code[0])
    press(page, "Sign")
    expect(page.get_by_text("Your side has approved this result.")).to_be_visible()


def test_room_sees_at_once_what_the_wall_reveals(new_device: NewDevice) -> None:
    path, links = run_in_thread(closed_round)
    lead, wall = new_device(), new_device()
    phones = [new_device("phone") for _ in links]
    checks, projected = PageChecks(lead), PageChecks(wall)
    sign_in(lead, path)
    lead.get_by_role("link", name="Joint session").click()
    choose(lead, "TG2", "HC2")
    screen = re.search(r"/screen/[\w-]+/", lead.content())
    assert screen
    wall.goto(screen[0])
    for phone, link in zip(phones, links, strict=True):
        to_the_room(phone, link)

    # Every step of the wall is one press of Enter; no figure is anywhere before it is revealed.
    wall.keyboard.press("Enter")
    expect(wall.get_by_text("1 of 2")).to_be_visible()
    wall.keyboard.press("Enter")
    for phone in phones:
        phone.locator("input[name=TG2][value='3']").check(timeout=10_000)
        press(phone, "Send my second answer")
        expect(phone.get_by_text("Your second answer is stored")).to_be_visible()
    assert not any(FIGURES.search(page.content()) for page in (wall, *phones))
    wall.keyboard.press("Enter")
    for page in (wall, *phones):
        expect(page.get_by_text("4 people answered once more")).to_be_visible(timeout=10_000)

    projected.check_wall("second answers")
    wall.set_viewport_size({"width": 1280, "height": 900})
    assert wall.locator("main").evaluate("main => main.clientWidth") > 1200

    lead.goto(f"{path}session/")
    write_down(lead, "We agreed on the answer below", "The decree says so")
    wall.get_by_role("button", name="Next question").click()
    press(wall, "Show what was answered")
    expect(wall.get_by_text("levels higher")).to_be_visible()
    projected.check_wall("first answers")
    lead.goto(f"{path}session/")
    write_down(lead, "We did not agree", "One says 4, one says 1")
    press(lead, "End the session")
    expect(wall.get_by_text("The session has ended")).to_be_visible(timeout=10_000)
    for phone in phones:
        expect(phone.get_by_text("The session has ended")).to_be_visible(timeout=10_000)
    checks.check("session")
    assert checks.report() + projected.report() == ""


def test_both_sides_sign_and_plan_and_go_on_to_the_next_round(
    new_device: NewDevice, sink: MailSink
) -> None:
    path, _links = run_in_thread(closed_round)
    lead = new_device()
    checks = PageChecks(lead)
    sign_in(lead, path)
    lead.get_by_role("link", name="Signatures").click()
    for sector, name, email in ((SP, "Rosa", DIRECTOR), (AG, "Marco", "")):
        form = lead.locator(f"#{sector}")
        form.get_by_label("Name", exact=True).fill(name)
        form.get_by_label("Function", exact=True).fill("Director")
        form.get_by_label(re.compile("E-mail address")).fill(email)
        form.get_by_role("button", name="Ask this person to sign").click()
    sign_by_mail(new_device("phone"), sink)
    paper = lead.locator(f"#{AG}")
    paper.get_by_label(re.compile("I refuse it")).check()
    paper.get_by_label(re.compile("^Reason")).fill("Our local offices were not asked")
    paper.get_by_role("button", name="Enter this decision").click()
    checks.check("signatures")

    lead.goto(f"{path}report/actions/")
    lead.get_by_role("button", name=re.compile("Take into the plan")).first.click()
    lead.get_by_role("link", name=re.compile("^Change")).first.click()
    side = lead.get_by_role("group", name="Agriculture")
    side.get_by_label(re.compile("^Owner")).fill("Office of planning")
    side.get_by_label(re.compile("^Amount")).fill("12,000 GHS")
    press(lead, "Save this line")
    expect(lead.get_by_text("Office of planning")).to_be_visible()
    checks.check("plan")
    lead.goto(f"{path}report/brief/")
    expect(lead.get_by_text("Social protection approves this result.")).to_be_visible()
    expect(lead.get_by_text("Our local offices were not asked")).to_be_visible()

    lead.goto(path)
    lead.get_by_role("link", name="Prepare the next round of this scheme").click()
    press(lead, "Continue")
    expect(lead).to_have_url(re.compile("/programmes/$"))
    made = run_in_thread(lambda: Round.objects.order_by("-pk").values("carried_from__uuid")[0])
    assert str(made["carried_from__uuid"]) in path
    assert checks.report() == ""
