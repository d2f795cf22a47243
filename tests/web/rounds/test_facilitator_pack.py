"""The facilitator's pack: what a session of both sides needs on paper, before and after closing."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.utils.html import strip_tags

from assessment import tasks
from assessment.actions.joint_sessions.agreements import end_session
from assessment.actions.joint_sessions.prepare import prepare_session
from assessment.actions.report_files.printing import claim_file, refuse_file
from assessment.actions.rounds.close import close_round
from assessment.actions.rounds.erase import erase_for_person
from assessment.actions.rounds.invite import Invitee, invite
from assessment.actions.rounds.retention import delete_overdue
from assessment.actions.sign_offs.name import SignatoryDetails, name_signatory
from assessment.models import Invitation, JointSession, RecordEntry, ReportFile, Round
from assessment.reports.pdf.pack_files import pack_html
from tests.actions.rounds.round_steps import AG, SP, Person, draft_round, opened_round, take_part
from tests.actions.rounds.test_close import EVERYBODY
from tests.actions.rounds.test_retention import at
from tests.closed_rounds import closed_round
from tests.factories import NOW
from tests.web.rounds.conftest import member

if TYPE_CHECKING:
    from collections.abc import Callable

    from assessment.models import Edition, Organisation

ANA = Invitee("Ana Quispe", "ana@x.example", "Office of Farms", "local", AG)
FIGURE = re.compile(r"levels higher|[0-9]\.[0-9] of 4")


OF_RESULT = (
    "Everybody: 2.0 of 4",
    "The two sides see it alike.",
    "Too few people answered for a result to be shown",
    "That was not promised to them before they answered",
    "What the result advises first",
)


def of(owner: Organisation, made: Round) -> Round:
    made.scheme.owner = owner
    made.scheme.save()
    return made


@pytest.fixture
def prepared(edition: Edition, organisation: Organisation) -> Round:
    """Open, with one person invited by name and one who declined."""
    made = of(organisation, opened_round(edition, promise={"round_result": True}))
    other = Invitee("Bruno Rey", "bruno@x.example", "Ministry of Finance", "national", "finance")
    invite(round=made, people=[ANA, other])
    Invitation.objects.filter(name="Bruno Rey").update(state=Invitation.State.DECLINED)
    return made


@pytest.fixture
def closed(edition: Edition, organisation: Organisation) -> Round:
    return closed_round(edition, owner=organisation)


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Prints the HTML itself."""

    def render(html: str, pulse: Callable[[], None]) -> bytes:
        pulse()
        return html.encode()

    monkeypatch.setattr(tasks._own.printer, "render", render)


def words(client: Client, round: Round, query: str = "") -> str:
    page = client.get(f"/rounds/{round.uuid}/pack/{query}")
    assert page.status_code == 200
    return " ".join(unescape(strip_tags(page.content.decode())).split())


def test_before_closing_there_are_letters_and_empty_forms_and_no_figure(
    facilitator: Client, prepared: Round
) -> None:
    """A letter goes to every sector that is invited; who declined is not among them."""
    found = words(facilitator, prepared)
    Invitation.objects.update(state=Invitation.State.SENT)
    of_finance = words(facilitator, prepared)

    said = (
        "The round is not closed yet: nobody has seen what was answered",
        "To: Ministry of Development Invitation: what both sides see of Joint scheme",
        "To: Office of Farms Invitation",
        "1 Ana Quispe Office of Farms Agriculture, Local 2 3",
        "are answering, each alone",
    )
    assert [one for one in said if one not in found] == []
    assert ("Bruno Rey" in found, FIGURE.search(found)) == (False, None)
    assert (found.count("Dear colleagues,"), found.count("My answer:")) == (2, 4)
    assert "Finance and planning Place and date: To: Ministry of Finance" in of_finance
    assert of_finance.count("Dear colleagues,") == 3


def test_agenda_counts_from_the_beginning_or_shows_the_clock(
    facilitator: Client, prepared: Round
) -> None:
    counted = ["0:00 to 0:10 Arrive", "3:15 to 3:30 Sign, and meet again"]
    counted += ["6:55 to 7:15 Sign, and meet again", "counted from the beginning"]
    table = {
        "": counted,
        "?begins=soon": counted,
        "?begins=09:30": ["09:30 to 09:40 Arrive", "16:25 to 16:45 Sign, and meet again"],
        "?begins=23:50": ["23:50 to 00:00 Arrive"],
    }

    def said(query: str) -> list[str]:
        found = words(facilitator, prepared, query)
        lines = dict.fromkeys(line for lines in table.values() for line in lines)
        return [line for line in lines if line in found]

    assert {query: said(query) for query in table} == table


def test_widest_gaps_are_questions_to_each_other_with_the_answers_to_mark(
    facilitator: Client, closed: Round
) -> None:
    found = words(facilitator, closed)
    asked = found.split("What to ask each other")[-1].split("My own answer first")[0]

    question = closed.edition.instrument().question["TG2"]
    said = (
        "Social protection sees it 3.0 levels higher than Agriculture.",
        "Everybody: 2.5 of 4",
        "Social protection: what do you see that is there?",
        "Agriculture: where does it not reach you?",
    )
    assert [one for one in said if one not in asked] == []
    assert asked.count(question.text) == 1
    around = ["have answered, each alone", "Position of agriculture:"]
    around += [f"b {question.options[1].text}", OF_RESULT[-1]]
    assert [one for one in around if one not in found] == []


def test_session_brings_its_questions_and_once_it_has_ended_the_hash_to_sign(
    facilitator: Client, closed: Round
) -> None:
    """A question that few answered has no figure."""
    details = SignatoryDetails(SP, "Rosa Díaz", "Director", "", "en")
    name_signatory(round=closed, named=details, origin="", now=NOW)
    prepare_session(round=closed, codes=["PC1", "DS1", "TG3"], second_answers=False)
    text = {code: question.text for code, question in closed.edition.instrument().question.items()}

    before = words(facilitator, closed)
    end_session(session=JointSession.objects.get(), now=NOW)
    closed.refresh_from_db()
    after = words(facilitator, closed)

    said = (
        text["PC1"],
        "Too few people answered this question for a figure.",
        "Both sides: tell one case of the last year",
        "Name: Rosa Díaz",
        "Write its first 16 signs here",
    )
    assert [one for one in said if one not in before] == []
    assert (text["TG2"] in before, FIGURE.search(before)) == (False, None)
    content_hash = closed.result_that_counts.content_hash
    assert (content_hash in before, content_hash in after) == (False, True)


def test_pack_says_what_there_is_to_show_of_a_result(
    facilitator: Client, edition: Edition, organisation: Organisation
) -> None:
    """The two sides see it alike, too few answered, or it was not promised to those who did."""
    alike, few = (
        of(organisation, opened_round(edition, promise={"round_result": True})) for _ in "12"
    )
    take_part(alike, [Person("local", s, {"TG2": 2}) for s in (SP, AG) for _each in range(5)])
    take_part(few, EVERYBODY[:2])
    for judged in (alike, few):
        close_round(round=judged, now=NOW)
        judged.refresh_from_db()
    made = {
        "alike": alike,
        "few": few,
        "not promised": closed_round(edition, owner=organisation, promise={}),
    }

    found = {case: words(facilitator, one) for case, one in made.items()}

    assert {case: [one for one in OF_RESULT if one in text] for case, text in found.items()} == {
        "alike": [OF_RESULT[0], OF_RESULT[1]],
        "few": [OF_RESULT[2]],
        "not promised": [OF_RESULT[3]],
    }
    assert FIGURE.search(found["not promised"]) is None
    assert found["few"].count("My answer:") == 4


def test_pack_is_for_who_runs_the_round_and_stands_in_the_record(
    facilitator: Client, organisation: Organisation, prepared: Round, closed: Round
) -> None:
    """The pages of the round and of its session lead to it."""
    viewer = member(organisation, "vera", "viewer")
    at, session = f"/rounds/{closed.uuid}/", f"/rounds/{closed.uuid}/session/"
    statuses = [
        viewer.get(f"{at}{page}").status_code
        for page in ("pack/", "pack/a4.pdf", "pack/letter.pdf")
    ]
    led = [leads_to_pack(facilitator, page) for page in (f"/rounds/{prepared.uuid}/", at, session)]
    prepare_session(round=closed, codes=["TG2"], second_answers=False)
    led.append(leads_to_pack(facilitator, session))
    words(facilitator, closed)
    words(facilitator, closed)

    assert (statuses, led) == ([404] * 3, [True] * 4)
    assert RecordEntry.objects.filter(act="pack_read").count() == 1
    assert facilitator.get(f"{at}pack/a3.pdf").status_code == 404


def leads_to_pack(client: Client, page: str) -> bool:
    link = f'href="{page.removesuffix("session/")}pack/"'
    return link in client.get(page).content.decode()


def test_pdf_is_printed_on_the_paper_for_the_hour_that_was_chosen(
    facilitator: Client, prepared: Round, printed: None
) -> None:
    """One that cannot be printed is not waited for."""
    Round.objects.update(demo=True)

    def asked(paper: str, hour: str) -> Any:
        return facilitator.get(f"/rounds/{prepared.uuid}/pack/{paper}.pdf?begins={hour}")

    sizes = {"a4": "size: A4", "letter": "size: letter"}
    waiting = [asked(paper, "09:00") for paper in sizes]
    tasks.print_packs.call(prepared.pk)
    pdfs = {paper: asked(paper, "09:00") for paper in sizes}
    waiting += [asked(paper, "10:00") for paper in sizes]

    being_made = [(b"Your PDF is being made" in one.content, one["Refresh"]) for one in waiting]
    assert being_made == [(True, "2")] * 4
    assert {pdf["Content-Type"] for pdf in pdfs.values()} == {"application/pdf"}
    said = (*sizes.values(), "09:00 to 09:10", "Ana Quispe", 'data-demo="Invented example"')
    assert {
        paper: [one for one in said if one in pdf.content.decode()] for paper, pdf in pdfs.items()
    } == {paper: [size, *said[2:]] for paper, size in sizes.items()}
    while file := claim_file(round=prepared.pk, holder="printer", now=NOW):
        refuse_file(file=file, problem=ReportFile.Problem.FAILED)
    refused = asked("a4", "10:00")
    assert (b"This PDF cannot be made" in refused.content, "Refresh" in refused) == (True, False)


def test_file_with_names_goes_with_a_person_and_after_the_promised_day(
    facilitator: Client, edition: Edition, organisation: Organisation, prepared: Round
) -> None:
    overdue = of(organisation, opened_round(edition, promise={"kept_until": "2026-11-30"}))
    invite(round=overdue, people=[ANA])
    for made in (prepared, overdue):
        facilitator.get(f"/rounds/{made.uuid}/pack/a4.pdf")

    def left() -> list[int]:
        return [ReportFile.objects.filter(round=made).count() for made in (prepared, overdue)]

    before = left()
    erase_for_person(invitation=prepared.invitations.get(name="Ana Quispe"), by=None, now=NOW)
    erased = left()
    delete_overdue(now=at(1))

    assert [before, erased, left()] == [[1, 1], [0, 1], [0, 0]]


def test_round_of_no_organisation_names_nobody_who_runs_it(edition: Edition) -> None:
    html = pack_html(draft_round(edition), language="en", layer="pack_letter", begins=None)

    assert "For who runs the round: signature, name, function" in html
    assert 'data-demo=""' in html
