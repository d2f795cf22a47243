from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError

from assessment.actions.editions.start_draft import start_draft
from assessment.actions.responses.lock import RoundNotOpen
from assessment.actions.responses.return_link import hash_of_secret
from assessment.actions.responses.start import RoundOfOne, UnknownSeat, add_response
from assessment.actions.rounds.make import AlreadyOpened, DraftEdition, MinimumTooSmall, open_round
from assessment.actions.rounds.schemes import make_scheme
from assessment.models import Organisation, Response, Round
from tests.actions.respondent_steps import begin
from tests.actions.rounds.round_steps import draft_round, opened_round, seat
from tests.factories import NOW, PROFILE, ResultFactory, RoundFactory, SeveralFactory
from tests.tables import raised, undone

if TYPE_CHECKING:
    from assessment.models import Edition


def test_make_scheme_has_its_place_in_words_of_the_country(edition: Edition) -> None:
    owner = Organisation.objects.create(name="Ministry of Care", created_at=NOW)

    scheme = make_scheme(
        name="Hills",
        programmes=(),
        owner=owner,
        country="PE",
        areas=["Sierra Norte"],
        municipality="Cajabamba",
        now=NOW,
    )

    assert (str(scheme.owner), scheme.areas) == ("Ministry of Care", ["Sierra Norte"])
    assert (scheme.country, scheme.municipality) == ("PE", "Cajabamba")


def test_make_round_is_a_draft_of_several(edition: Edition) -> None:
    made = draft_round(edition, promise_text="Nobody reads yours.", promise={"own_result": True})

    made.refresh_from_db()
    assert (made.state, made.alone, made.minimum, made.facts()) == ("draft", False, 5, PROFILE)
    assert (made.promise_text, made.gives_own_results) == ("Nobody reads yours.", True)
    assert (made.languages, made.questionnaire, made.time_zone) == (["en"], "whole", "UTC")
    assert (str(made), made.reference) == (
        str(made.uuid),
        made.uuid.hex[:8].upper()[:4] + "-" + made.uuid.hex[4:8].upper(),
    )


def test_make_round_keeps_the_languages_it_is_given(edition: Edition) -> None:
    assert draft_round(edition, languages=["es"]).languages == ["es"]


def test_make_round_refuses_a_group_of_two(edition: Edition) -> None:
    with pytest.raises(MinimumTooSmall) as refused:
        draft_round(edition, minimum=2)

    assert refused.value.smallest == 3


def test_make_round_refuses_a_draft(edition: Edition) -> None:
    with pytest.raises(DraftEdition):
        draft_round(start_draft(edition=edition, now=NOW))


def test_open_round_opens_once(edition: Edition) -> None:
    opened = open_round(round=draft_round(edition), now=NOW)

    assert (opened.state, opened.opened_at) == ("open", NOW)
    with pytest.raises(AlreadyOpened):
        open_round(round=opened, now=NOW)


def test_add_response_hands_out_a_link_of_its_own(edition: Edition) -> None:
    one = opened_round(edition)

    started = [
        add_response(round=one, tier="local", sector="finance", language="es", notice="1", now=NOW)
        for _ in range(2)
    ]

    hashes = {made.response.secret_hash for made in started}
    assert hashes == {hash_of_secret(made.secret) for made in started}
    assert len(hashes) == 2
    assert {(r.tier, r.sector, r.language) for r in one.responses.all()} == {
        ("local", "finance", "es")
    }


def test_add_response_stores_the_day_of_the_place_and_no_hour(edition: Edition) -> None:
    one = opened_round(edition, time_zone="America/Lima")

    made = Response.objects.get(pk=seat(one).pk)

    assert made.created_at.isoformat() == "2026-11-02T05:00:00+00:00"


def test_keys_of_responses_do_not_follow_their_order(edition: Edition) -> None:
    one = opened_round(edition)

    keys = [seat(one).pk for _ in range(8)]

    assert keys != sorted(keys)
    assert max(keys) > 2**40


def test_add_response_refuses_a_round_of_one(edition: Edition) -> None:
    with pytest.raises(RoundOfOne):
        seat(begin(edition).round)


def test_add_response_refuses_before_the_round_is_open(edition: Edition) -> None:
    with pytest.raises(RoundNotOpen):
        seat(draft_round(edition))


def test_add_response_refuses_an_unknown_seat(edition: Edition) -> None:
    table: list[tuple[str, str]] = [("", "agriculture"), ("local", "health")]

    for tier, sector in table:
        raised(UnknownSeat, seat, opened_round(edition), tier, sector)


def test_database_refuses_a_round_that_cannot_be(edition: Edition) -> None:
    table: list[dict[str, object]] = [
        {"minimum": None},
        {"alone": True},
        {"closed_at": NOW},
        {"state": "closed"},
        {"state": "closed", "closed_at": NOW},
        {"state": "draft"},
        {"state": "lost"},
        {"questionnaire": "long"},
    ]

    for columns in table:
        with undone():
            raised(IntegrityError, SeveralFactory, **columns)

    assert Round.objects.count() == 0


def test_database_refuses_a_result_that_cannot_be(edition: Edition) -> None:
    table: list[tuple[dict[str, object], dict[str, object]]] = [
        ({"kind": "joint"}, {"kind": "joint"}),
        ({"kind": "agreed", "number": 1}, {"kind": "agreed", "number": 1}),
        ({"kind": "own"}, {"kind": "agreed"}),
        ({"kind": "own"}, {"kind": "joint", "number": 1}),
        ({"kind": "own"}, {"kind": "other"}),
    ]

    for first, second in table:
        one = RoundFactory()
        ResultFactory(round=one, **first)
        with undone():
            raised(IntegrityError, ResultFactory, round=one, **second)
