from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.utils import timezone

from assessment.actions.responses.submit import submit_response
from assessment.actions.rounds.close import close_round
from assessment.actions.rounds.invite import Invitee, invite, make_open_link
from assessment.actions.rounds.places import places_of, secret_of_nonce
from assessment.models import Organisation, Response, Round
from tests.actions.rounds.round_steps import (
    AG,
    SP,
    Person,
    answer,
    draft_round,
    opened_round,
    take_part,
)
from tests.factories import NOW

if TYPE_CHECKING:
    from assessment.models import Edition, Invitation, OpenLink

ANA = Invitee("Ana", "ana@ministry.example", "", "local", AG)
PROMISE = {
    "own_result": True,
    "round_result": True,
    "shared_with": ["Donor"],
    "kept_until": "2027-05-31",
}


@pytest.fixture
def round(edition: Edition) -> Round:
    closes_at = timezone.now() + timedelta(days=3)
    made = opened_round(edition, closes_at=closes_at, time_zone="America/Lima", promise=PROMISE)
    made.scheme.owner = Organisation.objects.create(name="Planning Unit", created_at=NOW)
    made.scheme.save()
    return made


@pytest.fixture
def ana(round: Round) -> Invitation:
    return invite(round=round, people=[ANA])[0]


def address(place: Invitation | OpenLink, act: str = "") -> str:
    return f"/invitation/{secret_of_nonce(place.nonce)}/{act}"


def text(client: Client, place: Invitation | OpenLink) -> str:
    return client.get(address(place)).content.decode()


def test_invitation_says_who_asks_and_what_is_promised(
    client: Client, round: Round, ana: Invitation
) -> None:
    page = text(client, ana)

    said = (
        "Planning Unit asks you for your view of “Joint scheme”",
        "Agriculture, Local",
        "(America/Lima)",
        "groups of at least 5 people",
        "You get a result of your own answers",
        "does not get to read the notes",
        "deleted after 31 May 2027",
        "may be given to: Donor",
    )
    assert [words for words in said if words not in page] == []
    assert places_of(round)[0].state == "prepared"
    assert not Response.objects.exists()


def test_invited_person_begins_submits_and_comes_back(
    client: Client, round: Round, ana: Invitation
) -> None:
    """And reads the result that was promised to her once the round is closed."""
    take_part(round, [Person("national", SP, {"LC1": 4})] * 5)
    begun = client.post(address(ana, "begin/"))
    response = Response.objects.get(entry="invitation")
    at = f"/response/{response.uuid}/"

    def says(page: str, words: str) -> bool:
        return words in client.get(f"{at}{page}").content.decode()

    assert (begun["Location"], response.promise) == (at, PROMISE)
    assert client.get(at).status_code == 200
    assert "Go on with your answers" in text(Client(), ana)
    assert says("link/", "Your link is the one of your invitation")
    assert client.post(f"{at}link/", {"key": "k"}).status_code == 404
    answer(response, {"LC1": 2})
    submit_response(response=response, now=NOW)
    assert "You have submitted your answers" in text(Client(), ana)
    assert says("confirmation/", "Once the round is closed")
    assert client.get(f"{at}round/").status_code == 404
    assert Client().post(address(ana, "begin/"))["Location"] == at
    close_round(round=round, now=NOW)
    assert says("confirmation/", "Read the result of the round")
    assert says("round/brief/", "What the two sides see")
    assert not says("round/brief/", "/rounds/")


def test_declining_is_said_and_ends_the_place_of_who_has_not_begun(
    client: Client, round: Round, ana: Invitation
) -> None:
    assert client.post(address(ana, "decline/"))["Location"] == address(ana)
    assert "You said that you do not take part" in text(client, ana)
    assert client.post(address(ana, "begin/")).status_code == 410
    assert not Response.objects.exists()

    (luz,) = invite(round=round, people=[Invitee("Luz", "", "", "local", AG)])
    client.post(address(luz, "begin/"))
    assert client.post(address(luz, "decline/")).status_code == 410


def test_open_link_gives_each_person_a_link_of_her_own(round: Round) -> None:
    link = make_open_link(round=round, tier="local", sector=AG, limit=2)

    for _person in range(2):
        begun = Client().post(address(link, "begin/"))
        assert begun["Location"].endswith("/link/")

    assert "I do not take part" not in text(Client(), link)
    assert Client().post(address(link, "begin/")).status_code == 410
    assert "This link has been ended" in text(Client(), link)


def test_round_that_is_not_open_says_so_and_takes_no_answers(
    client: Client, edition: Edition, round: Round, ana: Invitation
) -> None:
    """As one whose time is over."""
    (early,) = invite(round=draft_round(edition), people=[ANA])
    client.post(address(ana, "begin/"))
    page = f"/response/{Response.objects.get().uuid}/tg/"

    def answers() -> list[int]:
        return [client.get(page).status_code, client.post(page, {}).status_code]

    in_time = client.get(page).status_code
    Round.objects.filter(pk=round.pk).update(closes_at=timezone.now())
    over = answers()
    Round.objects.filter(pk=round.pk).update(closes_at=None)
    close_round(round=round, now=NOW)

    assert (in_time, over, answers()) == (200, [410] * 2, [410] * 2)
    assert "The round is not open yet" in text(Client(), early)
    assert "The round is closed" in text(Client(), ana)


def test_wrong_link_opens_nothing_and_is_counted(client: Client, db: None) -> None:
    wrong = f"/invitation/{'x' * 32}/"
    paths = (wrong, f"{wrong}begin/", f"{wrong}decline/")

    assert [client.get(wrong).status_code, *(client.post(p).status_code for p in paths[1:])] == [
        404,
        404,
        404,
    ]
    assert [client.get(wrong).status_code for _ in range(8)][-1] == 429
