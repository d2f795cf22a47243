"""A person takes her data along and erases it, herself or through who runs the round."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.utils import timezone

from assessment.actions.responses.submit import submit_response
from assessment.actions.rounds.agree import AnswersErased, SessionOutcome, agree_answers
from assessment.actions.rounds.close import close_round
from assessment.actions.rounds.erase import LinkMissing, erase_respondent
from assessment.actions.rounds.invite import Invitee, invite, make_open_link
from assessment.actions.rounds.places import secret_of_nonce
from assessment.actions.rounds.send import send_invitations
from assessment.models import Answer, Invitation, OutgoingMail, RecordEntry, Response, Result, Round
from tests.actions.rounds.round_steps import AG, answer, opened_round, take_part
from tests.actions.rounds.test_close import EVERYBODY
from tests.factories import NOW
from tests.web.conftest import granted

if TYPE_CHECKING:
    from assessment.models import Edition, Organisation

NOTE = "Only she knows this"


@pytest.fixture
def round(edition: Edition, organisation: Organisation) -> Round:
    closes_at = timezone.now() + timedelta(days=3)
    promise = {"own_result": True, "round_result": True}
    made = opened_round(edition, closes_at=closes_at, promise=promise)
    made.scheme.owner = organisation
    made.scheme.save()
    return made


@pytest.fixture
def ana(round: Round) -> Invitation:
    people = [Invitee("Ana", "ana@x.example", "MIDIS", "local", AG)]
    (place,) = invite(round=round, people=people)
    send_invitations(round=round, origin="https://x.example", now=NOW)
    return place


@pytest.fixture
def secret(ana: Invitation) -> str:
    return secret_of_nonce(ana.nonce)


def begun(client: Client, secret: str) -> Response:
    client.post(f"/invitation/{secret}/begin/")
    found = Response.objects.get(entry="invitation")
    answer(found, {"LC1": 2, "LC2": ["plan"]}, NOTE)
    return found


def submitted(client: Client, secret: str) -> Response:
    return submit_response(response=begun(client, secret), now=NOW)


def erase(client: Client, response: Response, **more: str) -> int:
    sent = {"word": "erase", **more}
    return client.post(f"/response/{response.uuid}/erase/", sent).status_code


def place_of(ana: Invitation) -> tuple[str, str, str, str]:
    return Invitation.objects.values_list("state", "name", "email", "institution").get(pk=ana.pk)


def test_before_closing_everything_goes_and_the_place_is_withdrawn(
    client: Client, facilitator: Client, round: Round, ana: Invitation, secret: str
) -> None:
    hers = submitted(client, secret)
    page = client.get(f"/response/{hers.uuid}/erase/").content.decode()
    data = client.get(f"/response/{hers.uuid}/data.json").json()

    assert "2 answers" in page
    assert "The result of your own answers" in page
    assert data["invitation"][0]["email"] == "ana@x.example"
    assert data["asked_by"]["organisation"] == "Planning Unit"
    assert secret not in str(data)
    assert erase(client, hers, word="no") == 422
    assert erase(client, hers) == 302

    assert not Response.objects.exists()
    assert not Result.objects.exists()
    assert place_of(ana) == ("withdrawn", "", "", "")
    assert list(OutgoingMail.objects.values_list("to", "state")) == [("", "dropped")]
    assert client.get(f"/invitation/{secret}/").status_code == 404
    assert client.get(f"/response/{hers.uuid}/").status_code == 404
    board = facilitator.get(f"/rounds/{round.uuid}/").content.decode()
    assert "withdrew her answers" in board
    assert not re.search(r"\bAna\b", board)  # a token may have these letters in it
    entry = RecordEntry.objects.get(act="answers_erased")
    assert (entry.details, entry.actor) == ({"by": "respondent", "closed": False}, None)


def test_after_closing_all_of_her_goes_and_the_figures_stay(
    client: Client, round: Round, ana: Invitation, secret: str
) -> None:
    take_part(round, EVERYBODY)
    hers = submitted(client, secret)
    result = close_round(round=round, now=NOW)
    before = result.content_hash

    assert erase(client, hers) == 302

    assert not Answer.objects.filter(response=hers).exists()
    left = Response.objects.get(pk=hers.pk)
    assert (left.result, left.secret_hash == hers.secret_hash) == (None, False)
    assert place_of(ana) == ("submitted", "", "", "")
    round.refresh_from_db()
    assert round.result is not None
    assert (round.result.content_hash, round.answers_erased) == (before, True)
    assert Client().get(f"/return/{secret}/").status_code == 404
    with pytest.raises(AnswersErased):
        agree_answers(round=round, answers=[SessionOutcome("HC1", 2)], now=NOW)


def test_other_device_asks_for_the_link_that_says_which_name_is_hers(
    client: Client, round: Round, ana: Invitation, secret: str
) -> None:
    """Another link erases nothing; who came by the link of a group erases without one."""
    hers = submitted(client, secret)
    link = make_open_link(round=round, tier="local", sector=AG, limit=3)
    client.post(f"/invitation/{secret_of_nonce(link.nonce)}/begin/")
    of_group = Response.objects.exclude(pk=hers.pk).get()
    device = granted(Client(), hers)

    assert "Your private link" in device.get(f"/response/{hers.uuid}/erase/").content.decode()
    assert erase(device, hers) == 422
    assert erase(device, hers, link="x" * 32) == 422
    with pytest.raises(LinkMissing):
        erase_respondent(response=hers, secret="x" * 32, now=NOW)
    assert (place_of(ana)[1], Answer.objects.count()) == ("Ana", 2)
    assert erase(device, hers, link=f"https://x.example/invitation/{secret}/") == 302
    assert place_of(ana)[1] == ""
    with pytest.raises(Response.DoesNotExist):
        erase_respondent(response=hers, secret=secret, now=NOW)
    assert erase(granted(Client(), of_group), of_group) == 302
    assert not Response.objects.exists()


def test_facilitator_erases_for_a_person_and_sees_no_answer(
    client: Client, facilitator: Client, round: Round, ana: Invitation, secret: str
) -> None:
    """Whether she has an address and has answered or not."""
    submitted(client, secret)
    (luz,) = invite(round=round, people=[Invitee("Luz", "", "", "local", AG)])
    page = f"/rounds/{round.uuid}/people/{ana.uuid}/erase/"

    asked = facilitator.get(page).content.decode()
    assert ("it does not count" in asked, NOTE in asked) == (True, False)
    assert facilitator.post(page, {}).status_code == 422
    assert place_of(ana)[1] == "Ana"
    for place in (ana, luz):
        at = page.replace(str(ana.uuid), str(place.uuid))
        assert facilitator.post(at, {"word": "erase"}).status_code == 302
    assert not Response.objects.exists()
    assert [place_of(place) for place in (ana, luz)] == [("withdrawn", "", "", "")] * 2


def test_once_closed_the_facilitator_erases_the_name_and_not_the_answers(
    client: Client, facilitator: Client, round: Round, ana: Invitation, secret: str
) -> None:
    hers = submitted(client, secret)
    close_round(round=round, now=NOW)
    page = f"/rounds/{round.uuid}/people/{ana.uuid}/erase/"

    assert page in facilitator.get(f"/rounds/{round.uuid}/").content.decode()
    assert "she erases them herself" in facilitator.get(page).content.decode()
    assert facilitator.post(page, {"word": "erase"}).status_code == 302
    assert place_of(ana) == ("submitted", "", "", "")
    assert hers.answers.count() == 2
    assert client.get(f"/response/{hers.uuid}/confirmation/").status_code == 200
    board = facilitator.get(f"/rounds/{round.uuid}/").content.decode()
    assert not re.search(r"\bAna\b", board)
    unknown = page.replace(str(ana.uuid), str(round.uuid))
    assert facilitator.get(unknown).status_code == 404
