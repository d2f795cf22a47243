"""Rounds and schemes go for ever, by their owner; invitations can be put back for a while."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.utils import timezone

from assessment.actions.responses.submit import submit_response
from assessment.actions.rounds.close import close_round
from assessment.actions.rounds.delete import delete_old_places
from assessment.actions.rounds.enter import decline
from assessment.actions.rounds.invite import Invitee, end_invitation, invite
from assessment.actions.rounds.places import places_of, secret_of_nonce, state_of_place
from assessment.models import (
    Answer,
    Invitation,
    Programme,
    RecordEntry,
    Response,
    Result,
    Round,
    Scheme,
)
from assessment.models.organisations import Duty
from assessment.web.rounds import deleting
from tests.actions.rounds.round_steps import AG, answer, draft_round, opened_round, take_part
from tests.actions.rounds.test_close import EVERYBODY
from tests.factories import NOW
from tests.web.rounds.conftest import member

if TYPE_CHECKING:
    from assessment.models import Edition, Organisation

RIGHT = {"name": "Joint scheme", "reason": "trial"}


@pytest.fixture
def owner(organisation: Organisation) -> Client:
    return member(organisation, "olga", Duty.OWNER)


@pytest.fixture
def round(edition: Edition, organisation: Organisation) -> Round:
    made = opened_round(edition, promise={"own_result": True})
    made.scheme.owner = organisation
    made.scheme.save()
    take_part(made, EVERYBODY[:6])
    return made


@pytest.fixture
def ana(round: Round) -> Invitation:
    return invited(round)


def invited(round: Round, name: str = "Ana") -> Invitation:
    people = [Invitee(name, f"{name}@x.example", "MIDIS", "local", AG)]
    (place,) = invite(round=round, people=people)
    return place


def test_owner_deletes_a_closed_round_by_its_name_and_with_a_reason(
    owner: Client, facilitator: Client, round: Round, edition: Edition
) -> None:
    close_round(round=round, now=NOW)
    other = draft_round(edition)
    other.scheme = round.scheme
    other.save()
    page = f"/rounds/{round.uuid}/delete/"

    asked = " ".join(owner.get(page).content.decode().split())
    for words in ("12 answers, of 6 respondents", "1 result with", "Nobody can bring it back"):
        assert words in asked
    for wrong in ({}, {"name": "Joint"}, {"name": "Joint scheme"}, {"reason": "trial"}):
        refused = owner.post(page, wrong)
        assert refused.status_code == 422
    assert "Nothing is deleted so far" in refused.content.decode()
    assert facilitator.post(page, RIGHT).status_code == 404
    assert page not in facilitator.get(f"/rounds/{round.uuid}/").content.decode()
    assert page in owner.get(f"/rounds/{round.uuid}/").content.decode()
    assert owner.post(page, RIGHT).status_code == 302

    assert list(Round.objects.all()) == [other]
    assert not Response.objects.exists()
    assert not Result.objects.exists()
    assert owner.post(page, RIGHT).status_code == 404
    entry = RecordEntry.objects.get(act="round_deleted")
    assert entry.target_key == str(round.uuid)
    assert entry.details == {"reason": "trial", "state": "closed"}


def test_scheme_goes_with_every_round_of_it(
    owner: Client, round: Round, edition: Edition, ana: Invitation
) -> None:
    second = draft_round(edition)
    lone = second.scheme
    second.scheme = round.scheme
    second.save()
    lone.delete()
    page = f"/rounds/{round.uuid}/scheme/delete/"

    assert "2 rounds" in owner.get(page).content.decode()
    assert owner.post(page, RIGHT | {"reason": "other"}).status_code == 302

    for table in (Scheme, Round, Programme, Invitation, Answer, Response, Result):
        assert not table.objects.exists()
    assert RecordEntry.objects.get(act="scheme_deleted").details == {"reason": "other", "rounds": 2}


def test_invitation_is_deleted_and_put_back_under_a_new_link(
    client: Client, facilitator: Client, round: Round, ana: Invitation
) -> None:
    """Each is pressed twice."""
    before = f"/invitation/{secret_of_nonce(ana.nonce)}/"
    at = f"/rounds/{round.uuid}/people/"
    client.post(f"{before}begin/")
    answer(Response.objects.get(entry="invitation"), {"LC1": 2})

    assert "She has begun" in facilitator.get(f"{at}{ana.uuid}/delete/").content.decode()
    facilitator.post(f"{at}{ana.uuid}/delete/")
    facilitator.post(f"{at}{ana.uuid}/delete/")

    assert not Response.objects.filter(entry="invitation").exists()
    assert places_of(round) == []
    assert client.post(f"{before}begin/").status_code == 410
    listed = facilitator.get(f"{at}deleted/").content.decode()
    assert "Ana" in listed
    facilitator.post(f"{at}{ana.uuid}/restore/")
    facilitator.post(f"{at}{ana.uuid}/restore/")
    ana.refresh_from_db()
    assert (ana.state, ana.name, ana.deleted_on) == ("prepared", "Ana", None)
    assert client.get(before).status_code == 404
    assert client.get(f"/invitation/{secret_of_nonce(ana.nonce)}/").status_code == 200
    assert "There is none" in facilitator.get(f"{at}deleted/").content.decode()
    acts = RecordEntry.objects.filter(act__startswith="place_").values_list("act", flat=True)
    assert sorted(acts) == ["place_deleted", "place_ended", "place_restored"]


def test_who_submitted_keeps_her_place(
    client: Client, facilitator: Client, round: Round, ana: Invitation
) -> None:
    """As all do once the round is closed."""
    client.post(f"/invitation/{secret_of_nonce(ana.nonce)}/begin/")
    hers = Response.objects.get(entry="invitation")
    answer(hers, {"LC1": 2})
    submit_response(response=hers, now=NOW)
    pages = [f"/rounds/{round.uuid}/people/{part}/" for part in (f"{ana.uuid}/delete", "deleted")]

    refused = facilitator.post(pages[0])
    of_nobody = facilitator.get(pages[0].replace(str(ana.uuid), str(round.uuid))).status_code
    close_round(round=round, now=NOW)

    assert (refused.status_code, of_nobody) == (409, 404)
    assert "her answers count" in refused.content.decode()
    assert Response.objects.filter(pk=hers.pk).exists()
    assert [facilitator.get(page).status_code for page in pages] == [404] * 2


def test_what_is_deleted_does_not_come_back_as_an_invitation_that_is_no_more(
    facilitator: Client, round: Round, ana: Invitation
) -> None:
    """Who declined is not asked again, nor an address that is invited again, nor anybody after
    thirty days."""
    luz = invited(round, "Luz")
    decline(secret=secret_of_nonce(luz.nonce))
    at, hers = (f"/rounds/{round.uuid}/people/{one.uuid}/" for one in (ana, luz))
    for page in (f"{at}delete/", f"{hers}delete/", f"{hers}restore/"):
        facilitator.post(page)
    luz.refresh_from_db()
    invited(round)

    refused = facilitator.post(f"{at}restore/")

    assert (luz.state, luz.deleted_on) == ("declined", None)
    assert refused.status_code == 409
    assert "invited again already" in refused.content.decode()
    today = timezone.now().date()
    assert [delete_old_places(today=today + timedelta(days=days)) for days in (30, 31)] == [0, 1]
    assert facilitator.post(f"{at}restore/").status_code == 404


def test_place_that_another_ended_meanwhile_is_asked_about_again(
    facilitator: Client, round: Round, ana: Invitation, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = state_of_place

    def and_ends(place: Invitation) -> str:
        state = found(place)
        if not place.is_over:
            end_invitation(invitation=place)
        return state

    monkeypatch.setattr(deleting, "state_of_place", and_ends)
    page = f"/rounds/{round.uuid}/people/{ana.uuid}/delete/"

    assert facilitator.post(page)["Location"] == page
    facilitator.post(page)
    assert Invitation.objects.get().deleted_on == date.today()  # noqa: DTZ011
