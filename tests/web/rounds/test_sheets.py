"""Answers on paper: the sheet says who sees it, and what is entered is counted apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from assessment.actions.responses.submit import submit_response
from assessment.models import Response, Round
from assessment.web.questionnaire.progress import subjects_for
from tests.actions.rounds.round_steps import AG, SP, answer, draft_round
from tests.factories import NOW

if TYPE_CHECKING:
    from django.test import Client

    from assessment.models import Edition, Organisation

SHEET = {"sector": AG, "tier": "local"}


@pytest.fixture
def round(edition: Edition, organisation: Organisation) -> Round:
    made = draft_round(edition, tier_words={"local": "municipality"})
    made.scheme.owner = organisation
    made.scheme.save()
    return made


def opened(round: Round, **promise: object) -> Round:
    Round.objects.filter(pk=round.pk).update(state="open", opened_at=NOW, promise=promise)
    round.refresh_from_db()
    return round


def address(round: Round, page: str = "") -> str:
    return f"/rounds/{round.uuid}/{page}"


def test_sheet_says_who_sees_it_and_has_the_questions_in_the_order_of_entering(
    facilitator: Client, round: Round
) -> None:
    page = facilitator.get(address(opened(round), f"sheets/{AG}/local/")).content.decode()

    assert "For: Agriculture, Municipality." in page
    assert "Whoever enters this sheet sees your answers." in page
    assert "Nobody else is told what you answered" in page
    made = Response(round=round, tier="local", sector=AG)
    subjects = subjects_for(made, round.edition.instrument())
    codes = [question.code for subject in subjects for question in subject.questions]
    places = [page.index(f'id="{code}"') for code in codes]
    assert places == sorted(places)
    assert page.count('<span class="code">') == len(codes)
    assert facilitator.get(address(round, "sheets/health/local/")).status_code == 404


def test_sheet_is_entered_and_counted_apart(facilitator: Client, round: Round) -> None:
    """It takes no place, so that no link of an invitation opens what another one began."""
    page = address(round, "sheets/")
    assert "once the round is open" in facilitator.get(page).content.decode()
    assert facilitator.post(page, SHEET).status_code == 409
    opened(round)
    assert facilitator.post(page, SHEET | {"tier": "village"}).status_code == 422
    begun = facilitator.post(page, SHEET | {"people": "6"})["Location"]
    response = Response.objects.get()
    assert (response.entry, response.people, response.sector) == ("on_behalf", 6, AG)
    assert (round.invitations.exists(), bool(response.secret_hash)) == (False, True)
    tasks = facilitator.get(begun).content.decode()
    assert "You enter what somebody else wrote" in tasks
    assert "given together by 6 people" in tasks
    subject = facilitator.get(f"{begun}lc/").content.decode()
    assert "Whoever enters the sheet sees it too." in subject
    answer(response, {"LC1": 2})
    submit_response(response=response, now=NOW)
    receipt = facilitator.get(f"{begun}confirmation/").content.decode()
    assert "Enter the next sheet" in receipt
    assert "1 sheet has been entered" in facilitator.get(page).content.decode()
    board = facilitator.get(address(round)).content.decode()
    assert ("was given together, by 6 people" in board, "1 of 1" in board) == (True, True)
    facilitator.post(address(round, "close/"), {"name": round.scheme.name})
    closed = (page, address(round, f"sheets/{AG}/local/"))
    assert [facilitator.get(one).status_code for one in closed] == [404] * 2


def test_sheet_of_a_round_with_names_is_entered_with_the_name(
    facilitator: Client, round: Round
) -> None:
    page = address(opened(round, attributed=True), "sheets/")
    sheet = facilitator.get(address(round, f"sheets/{SP}/national/")).content.decode()
    assert "I agree that my answers are read with my name" in sheet

    refused = facilitator.post(page, SHEET | {"name": "Rosa"})
    assert (refused.status_code, "Rosa" in refused.content.decode()) == (422, True)
    facilitator.post(page, SHEET | {"name": "Rosa", "institution": "Anta", "agreed": "on"})
    response = round.responses.get()
    assert (response.name, response.institution) == ("Rosa", "Anta")
