"""A round from the mail to its PDF: a facilitator and four people who answer at the same time."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from playwright.sync_api import expect

from assessment.actions.mail.deliver import deliver_mail
from assessment.actions.rounds.make import make_round
from assessment.actions.rounds.schemes import NamedProgramme, make_scheme
from assessment.models import Edition, OutgoingMail, Round
from assessment.models.promises import Promise
from assessment.tasks import print_reports, stop_printer
from tests.factories import PROFILE
from tests.journeys.conftest import run_in_thread
from tests.journeys.page_checks import PageChecks
from tests.journeys.steps import answer_question, expect_saved, press
from tests.mail_fixtures import sink
from tests.organisation_fixtures import organisation_of

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.journeys.conftest import NewDevice
    from tools.mail_sink import MailSink

__all__ = ["sink"]

NAME = "Joint valley scheme"
MINISTRIES = ("Ministry of Development", "Ministry of Agriculture")
PEOPLE = ("ana", "ben", "carla", "dora")
"""Three of social protection and one, the last, of agriculture."""
ROWS = "\n".join(
    f"{name}; {name}@example.org; {MINISTRIES[name == 'dora']}; "
    f"{('social_protection', 'agriculture')[name == 'dora']}; national"
    for name in PEOPLE
)
ANSWERS = {"PC1": 3, "PC2": 2, "HC1": 2, "HC2": 3}


def prepared_round() -> str:
    """A draft of a scheme that Felix runs, shown from three answers on."""
    owner = organisation_of("felix", name="Planning secretariat")
    now = timezone.now()
    programmes = [NamedProgramme("Transfer", MINISTRIES[0], "social_protection")]
    scheme = make_scheme(name=NAME, programmes=programmes, owner=owner, now=now)
    edition = Edition.objects.current()
    assert edition is not None
    made = make_round(
        scheme=scheme,
        edition=edition,
        profile=PROFILE,
        promise=Promise(round_result=True).as_stored(),
        minimum=3,
        now=now,
    )
    return f"/rounds/{made.uuid}/"


def sign_in(page: Page, wanted: str) -> None:
    page.goto(f"/account/sign-in/?next={wanted}")
    page.get_by_label("User name or e-mail address").fill("felix")
    page.get_by_label("Password").fill("a long password")
    press(page, "Sign in")


def links_in_mail(sink: MailSink) -> dict[str, str]:
    """By address what a worker sent of the invitations; other journeys left mails of theirs."""
    for mail in OutgoingMail.objects.in_queue().filter(kind="round_invitation"):
        deliver_mail(mail=mail.pk, holder="worker", clock=timezone.now)
    found = {}
    for message in sink.messages:
        text = message.get_body(("plain",))
        assert text is not None
        link = re.search(r"http\S+", text.get_content())
        assert link
        found[str(message["To"])] = link[0]
    return found


def print_round(path: str) -> None:
    result = Round.objects.get(uuid=path.split("/")[2]).result_id
    assert result is not None
    try:
        print_reports.call(result)
    finally:
        stop_printer()


def invite(page: Page, path: str) -> None:
    page.goto(f"{path}people/")
    page.locator("textarea[name=people]").fill(ROWS)
    press(page, "Check the list")
    expect(page.get_by_text("can be invited", exact=True)).to_have_count(len(PEOPLE))
    press(page, "Give them a place in the round")
    press(page, "Open the round")
    press(page, "Send the invitations that were not sent yet")


def begin(page: Page, link: str) -> None:
    page.goto(link)
    press(page, "Begin")
    expect(page).to_have_url(re.compile("/response/"))


def answer_and_submit(page: Page) -> None:
    response = re.sub(r"(/response/[^/]+/).*", r"\1", page.url)
    for subject in ("pc", "hc"):
        page.goto(f"{response}{subject}/")
        for code, value in ANSWERS.items():
            if code.lower().startswith(subject):
                answer_question(page, code, value)
                expect_saved(page, code)
    page.goto(f"{response}check/")
    press(page, re.compile("Submit"))


def test_round_goes_from_the_mail_to_its_pdf(new_device: NewDevice, sink: MailSink) -> None:
    path = run_in_thread(prepared_round)
    facilitator = new_device()
    checks = PageChecks(facilitator)
    sign_in(facilitator, path)
    invite(facilitator, path)
    links: dict[str, str] = run_in_thread(lambda: links_in_mail(sink))
    assert set(links) == {f"{name}@example.org" for name in PEOPLE}

    devices = {address: new_device("phone") for address in links}
    for address, page in devices.items():
        begin(page, links[address])
    facilitator.reload()
    expect(facilitator.locator("tfoot")).to_contain_text("4")
    for page in devices.values():
        answer_and_submit(page)

    facilitator.goto(f"{path}close/")
    expect(facilitator.get_by_text("Agriculture, National: 1")).to_be_visible()
    facilitator.get_by_label(re.compile("To close the round")).fill(NAME)
    press(facilitator, "Close the round for ever")
    facilitator.get_by_role("link", name="Read the result").click()
    expect(facilitator.get_by_role("heading", name="Who was heard")).to_be_visible()
    expect(facilitator.get_by_text("1 of 1, hidden").first).to_be_visible()
    expect(facilitator.locator(".why-hidden")).to_contain_text("1 of 1 answered, fewer than 3")
    checks.check("result")

    # The first who asks for it waits on a page until a worker has printed it.
    waiting: Any = facilitator.request.get(f"{path}brief.pdf")
    assert waiting.headers["content-type"].startswith("text/html")
    run_in_thread(lambda: print_round(path))
    answer: Any = facilitator.request.get(f"{path}brief.pdf")
    assert (answer.headers["content-type"], answer.body()[:5]) == ("application/pdf", b"%PDF-")
    # Who takes part was promised the round's result, and nobody else has it.
    reader = devices["ana@example.org"]
    response = re.search(r"/response/[^/]+/", reader.url)
    assert response
    reader.goto(f"{response[0]}round/brief/")
    expect(reader.get_by_role("heading", name="Who was heard")).to_be_visible()
    expect(reader.get_by_role("link", name=re.compile("PDF"))).to_have_count(0)
    stranger = new_device("phone")
    stranger.goto(f"{response[0]}round/brief/")
    expect(stranger.get_by_role("heading", level=1)).not_to_have_text(NAME)
    assert checks.report() == ""
