from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from assessment.actions.responses.lock import RoundNotOpen
from assessment.actions.responses.return_link import hash_of_secret
from assessment.actions.responses.start import RoundOfOne
from assessment.actions.responses.submit import submit_response
from assessment.actions.rounds.close import close_round
from assessment.actions.rounds.enter import HasBegun, LinkOver, begin_by_link, decline, round_link
from assessment.actions.rounds.invite import (
    HasSubmitted,
    InvitedTwice,
    Invitee,
    PlaceIsOver,
    end_invitation,
    end_open_link,
    invite,
    invite_missing,
    make_open_link,
    replace_person,
)
from assessment.actions.rounds.places import places_of, secret_of_nonce
from assessment.models import Invitation, OpenLink, Response
from tests.actions.rounds.round_steps import AG, SP, answer, draft_round, opened_round
from tests.factories import NOW, RoundFactory
from tests.tables import raised

if TYPE_CHECKING:
    from assessment.actions.responses.start import Started
    from assessment.models import Edition, Round

ANA = Invitee("Ana", "ana@ministry.example", "Ministry of Agriculture", "local", AG)
LUZ = Invitee("Luz", "luz@social.example", "Ministry of Development", "national", SP)
LATER = NOW + timedelta(days=9)


@pytest.fixture
def round(edition: Edition) -> Round:
    return opened_round(edition)


def secret(place: Invitation | OpenLink) -> str:
    return secret_of_nonce(place.nonce)


def begin(place: Invitation | OpenLink) -> Started:
    return begin_by_link(secret=secret(place), language="en", notice="1", now=NOW)


def submit(response: Response) -> None:
    answer(response, {"LC1": 2})
    submit_response(response=response, now=NOW)


def states(round: Round) -> list[str]:
    return [place.state for place in places_of(round)]


def test_place_says_how_far_its_person_has_come(round: Round) -> None:
    ana, luz, eve, nobody = invite(
        round=round, people=[ANA, LUZ, *(Invitee(n, "", "", "regional", AG) for n in ("Eve", ""))]
    )
    link = make_open_link(round=round, tier="local", sector=AG, limit=1)
    submit(begin(ana).response)
    begin(luz)
    decline(secret=secret(eve))
    before = states(round)

    close_round(round=round, now=NOW)

    round.refresh_from_db()
    assert before == states(round) == ["submitted", "begun", "declined", "prepared"]
    assert set(round.invitations.values_list("nonce", flat=True)) == {""}
    assert [str(row) for row in (ana, nobody, link)] == ["Ana", str(nobody.uuid), str(link.uuid)]


def test_link_begins_once_and_opens_the_same_answers_again(round: Round) -> None:
    """No column of an invitation stands in its response."""
    (ana,) = invite(round=round, people=[ANA])

    def stored(row: Invitation | Response) -> set[str]:
        names = {field.attname for field in row._meta.concrete_fields}
        values = {str(getattr(row, name)) for name in names - {"tier", "sector"}}
        return {value for value in values if len(value) > 5}

    first, again = begin(ana), begin(ana)

    response = first.response
    assert response == again.response
    assert (response.tier, response.sector, response.entry) == ("local", AG, "invitation")
    assert response.secret_hash == hash_of_secret(secret(ana))
    link = round_link(secret(ana))
    assert link is not None
    assert (link.response, link.place) == (response, ana)
    ana.refresh_from_db()
    assert stored(ana) & stored(response) == set()


def test_invitation_is_refused_where_it_would_be_the_second(round: Round) -> None:
    """A list that is sent twice at once makes one place for each."""
    (ana,) = invite(round=round, people=[ANA])

    again = [
        raised(InvitedTwice, invite, round=round, people=[LUZ, other]).emails
        for other in (ANA, LUZ)
    ]
    made = invite_missing(round=round, people=[ANA, LUZ, Invitee("Eve", "", "", "local", AG)])
    end_invitation(invitation=ana)
    invite(round=round, people=[ANA])

    assert again == [[ANA.email], [LUZ.email]]
    assert [place.name for place in made] == ["Luz", "Eve"]
    assert sorted(states(round)) == ["ended", "prepared", "prepared", "prepared"]


def test_person_is_replaced_until_she_has_submitted(round: Round) -> None:
    ana, luz = invite(round=round, people=[ANA, LUZ])
    begun = begin(ana).response

    eva = replace_person(invitation=ana, name="Eva", email="eva@ministry.example")

    assert not Response.objects.filter(pk=begun.pk).exists()
    assert (eva.tier, eva.sector, eva.position) == (ana.tier, ana.sector, ana.position)
    assert round_link(secret(eva)) is not None
    raised(LinkOver, begin, ana)
    raised(PlaceIsOver, end_invitation, invitation=ana)
    submit(begin(luz).response)
    raised(HasSubmitted, replace_person, invitation=luz, name="Eva", email="")


def test_declining_ends_the_place_and_needs_one(round: Round) -> None:
    ana, luz = invite(round=round, people=[ANA, LUZ])
    link = make_open_link(round=round, tier="local", sector=AG, limit=1)
    begin(luz)
    decline(secret=secret(ana))
    decline(secret=secret(ana))

    raised(LinkOver, begin, ana)
    raised(HasBegun, decline, secret=secret(luz))
    raised(LinkOver, decline, secret=secret(link))
    raised(LinkOver, decline, secret="nobody")
    end_invitation(invitation=invite(round=round, people=[Invitee("E", "", "", "local", AG)])[0])


def test_open_link_admits_as_many_as_it_says(round: Round) -> None:
    link = make_open_link(round=round, tier="local", sector=AG, limit=2)
    first, second = begin(link), begin(link)

    assert first.response != second.response
    assert {first.secret, second.secret}.isdisjoint({secret(link)})
    assert first.response.entry == "open_link"
    raised(LinkOver, begin, link)
    other = make_open_link(round=round, tier="local", sector=AG, limit=9, closes_at=NOW)
    raised(LinkOver, begin, other)
    third = make_open_link(round=round, tier="local", sector=AG, limit=9)
    end_open_link(link=third)
    raised(LinkOver, begin, third)


def test_round_takes_nobody_before_it_opens_and_after_its_time(edition: Edition) -> None:
    draft = draft_round(edition, closes_at=NOW)
    (ana,) = invite(round=draft, people=[ANA])
    raised(RoundNotOpen, begin, ana)
    over = opened_round(edition, closes_at=LATER)
    ana, luz = invite(round=over, people=[ANA, LUZ])
    response = begin(ana).response
    answer(response, {"LC1": 2})

    raised(RoundNotOpen, submit_response, response=response, now=LATER)
    raised(RoundNotOpen, begin_by_link, secret=secret(luz), language="en", notice="1", now=LATER)
    close_round(round=over, now=LATER)
    raised(RoundNotOpen, invite, round=over, people=[])
    raised(RoundNotOpen, decline, secret=secret(luz))
    raised(RoundOfOne, invite, round=RoundFactory(), people=[])
