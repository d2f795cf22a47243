"""The facilitator's pack: what a session of both sides needs on paper, before and after closing."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

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
    found = words(facilitator, prepared)

    assert "The round is not closed yet: nobody has seen what was answered" in found
    assert found.count("Dear colleagues,") == 2
    assert "To: Ministry of Development Invitation: what both sides see of Joint scheme" in found
    assert "To: Office of Farms Invitation" in found
    assert "1 Ana Quispe Office of Farms Agriculture, Local 2 3" in found
    assert "Bruno Rey" not in found
    assert "are answering, each alone" in found
    assert found.count("My answer:") == 4
    assert not FIGURE.search(found)


def test_letter_goes_to_every_sector_that_is_invited(facilitator: Client, prepared: Round) -> None:
    Invitation.objects.update(state=Invitation.State.SENT)

    found = words(facilitator, prepared)

    assert "Finance and planning Place and date: To: Ministry of Finance" in found
    assert found.count("Dear colleagues,") == 3


def test_agenda_counts_from_the_beginning_or_shows_the_clock(
    facilitator: Client, prepared: Round
) -> None:
    counted = words(facilitator, prepared)
    by_the_clock = words(facilitator, prepared, "?begins=09:30")

    assert "0:00 to 0:10 Arrive" in counted
    assert "3:15 to 3:30 Sign, and meet again" in counted
    assert "6:55 to 7:15 Sign, and meet again" in counted
    assert "09:30 to 09:40 Arrive" in by_the_clock
    assert "16:25 to 16:45 Sign, and meet again" in by_the_clock
    assert "counted from the beginning" in words(facilitator, prepared, "?begins=soon")
    assert "23:50 to 00:00 Arrive" in words(facilitator, prepared, "?begins=23:50")


def test_widest_gaps_are_questions_to_each_other_with_the_answers_to_mark(
    facilitator: Client, closed: Round
) -> None:
    found = words(facilitator, closed)
    asked = found.split("What to ask each other")[-1].split("My own answer first")[0]

    assert "Social protection sees it 3.0 levels higher than Agriculture." in asked
    assert "Everybody: 2.5 of 4" in asked
    assert "Social protection: what do you see that is there?" in asked
    assert "Agriculture: where does it not reach you?" in asked
    assert "have answered, each alone" in found
    assert "Position of agriculture:" in found
    question = closed.edition.instrument().question["TG2"]
    assert asked.count(question.text) == 1
    assert f"b {question.options[1].text}" in found


def test_questions_of_the_session_stand_in_its_place_and_one_that_few_answered_has_no_figure(
    facilitator: Client, closed: Round
) -> None:
    prepare_session(round=closed, codes=["PC1", "DS1", "TG3"], second_answers=False)
    questions = closed.edition.instrument().question

    found = words(facilitator, closed)

    assert questions["PC1"].text in found
    assert questions["TG2"].text not in found
    assert "Too few people answered this question for a figure." in found
    assert "Both sides: tell one case of the last year" in found
    assert not FIGURE.search(found)


def test_sides_that_see_it_alike_get_the_first_questions(
    facilitator: Client, edition: Edition, organisation: Organisation
) -> None:
    made = of(organisation, opened_round(edition, promise={"round_result": True}))
    alike = [Person("local", s, {"TG2": 2}) for s in (SP, AG) for _each in range(5)]
    take_part(made, alike)
    close_round(round=made, now=NOW)
    made.refresh_from_db()

    found = words(facilitator, made)

    assert "Everybody: 2.0 of 4" in found
    assert "The two sides see it alike." in found


def test_result_that_was_not_promised_stands_in_no_pack(
    facilitator: Client, edition: Edition, organisation: Organisation
) -> None:
    made = closed_round(edition, owner=organisation, promise={})

    found = words(facilitator, made)

    assert "That was not promised to them before they answered" in found
    assert not FIGURE.search(found)
    assert "What the result advises first" not in found


def test_round_that_too_few_answered_has_empty_forms(
    facilitator: Client, edition: Edition, organisation: Organisation
) -> None:
    made = of(organisation, opened_round(edition, promise={"round_result": True}))
    take_part(made, EVERYBODY[:2])
    close_round(round=made, now=NOW)
    made.refresh_from_db()

    found = words(facilitator, made)

    assert "Too few people answered for a result to be shown" in found
    assert found.count("My answer:") == 4


def test_sheet_of_signatures_has_the_hash_once_the_session_has_ended(
    facilitator: Client, closed: Round
) -> None:
    details = SignatoryDetails(SP, "Rosa Díaz", "Director", "", "en")
    name_signatory(round=closed, named=details, origin="", now=NOW)
    before = words(facilitator, closed)
    prepare_session(round=closed, codes=["TG2"], second_answers=False)
    end_session(session=JointSession.objects.get(), now=NOW)
    closed.refresh_from_db()
    found = words(facilitator, closed)

    assert "Name: Rosa Díaz" in before
    assert "Write its first 16 signs here" in before
    assert closed.result_that_counts.content_hash not in before
    assert closed.result_that_counts.content_hash in found


def test_pack_is_for_who_runs_the_round_and_stands_in_the_record(
    facilitator: Client, organisation: Organisation, closed: Round
) -> None:
    viewer = member(organisation, "vera", "viewer")
    pages = ("pack/", "pack/a4.pdf", "pack/letter.pdf")

    assert [viewer.get(f"/rounds/{closed.uuid}/{page}").status_code for page in pages] == [404] * 3
    words(facilitator, closed)
    words(facilitator, closed)

    assert RecordEntry.objects.filter(act="pack_read").count() == 1


def test_page_of_the_round_and_of_the_session_lead_to_the_pack(
    facilitator: Client, prepared: Round, closed: Round
) -> None:
    link = 'href="/rounds/{}/pack/"'

    page = facilitator.get(f"/rounds/{prepared.uuid}/").content.decode()
    assert link.format(prepared.uuid) in page
    for address in (f"/rounds/{closed.uuid}/", f"/rounds/{closed.uuid}/session/"):
        assert link.format(closed.uuid) in facilitator.get(address).content.decode()
    prepare_session(round=closed, codes=["TG2"], second_answers=False)
    page = facilitator.get(f"/rounds/{closed.uuid}/session/").content.decode()
    assert link.format(closed.uuid) in page


@pytest.mark.parametrize(("paper", "size"), [("a4", "size: A4"), ("letter", "size: letter")])
def test_pdf_is_printed_on_the_paper_for_the_hour_that_was_chosen(
    facilitator: Client, prepared: Round, printed: None, paper: str, size: str
) -> None:
    Round.objects.update(demo=True)
    address = f"/rounds/{prepared.uuid}/pack/{paper}.pdf?begins=09:00"

    waiting = facilitator.get(address)
    tasks.print_packs.call(prepared.pk)
    pdf = facilitator.get(address)
    other_hour = facilitator.get(address.replace("09:00", "10:00"))

    assert "Your PDF is being made" in waiting.content.decode()
    assert waiting["Refresh"]
    assert pdf["Content-Type"] == "application/pdf"
    for part in (size, "09:00 to 09:10", "Ana Quispe", 'data-demo="Invented example"'):
        assert part in pdf.content.decode()
    assert "Your PDF is being made" in other_hour.content.decode()


def test_pdf_on_another_paper_is_not_there(facilitator: Client, closed: Round) -> None:
    assert facilitator.get(f"/rounds/{closed.uuid}/pack/a3.pdf").status_code == 404


def test_pdf_that_cannot_be_printed_is_not_waited_for(facilitator: Client, closed: Round) -> None:
    address = f"/rounds/{closed.uuid}/pack/a4.pdf"
    facilitator.get(address)
    file = claim_file(round=closed.pk, holder="printer", now=NOW)
    assert file is not None
    refuse_file(file=file, problem=ReportFile.Problem.FAILED)

    page = facilitator.get(address)

    assert "This PDF cannot be made" in page.content.decode()
    assert "Refresh" not in page


def test_file_with_names_goes_when_a_person_is_erased(facilitator: Client, prepared: Round) -> None:
    facilitator.get(f"/rounds/{prepared.uuid}/pack/a4.pdf")

    erase_for_person(invitation=prepared.invitations.get(name="Ana Quispe"), by=None, now=NOW)

    assert not ReportFile.objects.exists()


def test_file_with_names_goes_after_the_promised_day(
    facilitator: Client, edition: Edition, organisation: Organisation
) -> None:
    made = of(organisation, opened_round(edition, promise={"kept_until": "2026-11-30"}))
    invite(round=made, people=[ANA])
    facilitator.get(f"/rounds/{made.uuid}/pack/a4.pdf")

    delete_overdue(now=at(1))

    assert not ReportFile.objects.exists()


def test_round_of_no_organisation_names_nobody_who_runs_it(edition: Edition) -> None:
    html = pack_html(draft_round(edition), language="en", layer="pack_letter", begins=None)

    assert "For who runs the round: signature, name, function" in html
    assert 'data-demo=""' in html
