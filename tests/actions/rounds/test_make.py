from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import IntegrityError

from assessment.actions.editions.start_draft import start_draft
from assessment.actions.responses.lock import RoundNotOpen
from assessment.actions.responses.return_link import hash_of_secret
from assessment.actions.responses.start import NotAgreed, RoundOfOne, UnknownSeat, add_response
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


def test_make_round_is_a_draft_of_several_that_opens_once(edition: Edition) -> None:
    made = draft_round(edition, promise_text="Nobody reads yours.", promise={"own_result": True})
    made.refresh_from_db()
    drafted = (made.state, made.alone, made.minimum, made.facts())

    opened = open_round(round=made, now=NOW)

    assert drafted == ("draft", False, 5, PROFILE)
    assert (made.promise_text, made.gives_own_results) == ("Nobody reads yours.", True)
    assert (made.languages, made.questionnaire, made.time_zone) == (["en"], "whole", "UTC")
    assert (str(made), made.reference) == (
        str(made.uuid),
        made.uuid.hex[:8].upper()[:4] + "-" + made.uuid.hex[4:8].upper(),
    )
    assert (opened.state, opened.opened_at) == ("open", NOW)
    raised(AlreadyOpened, open_round, round=opened, now=NOW)
    assert draft_round(edition, languages=["es"]).languages == ["es"]


def test_make_round_refuses_a_group_of_two_and_a_draft(edition: Edition) -> None:
    assert raised(MinimumTooSmall, draft_round, edition, minimum=2).smallest == 3
    raised(DraftEdition, draft_round, start_draft(edition=edition, now=NOW))
    assert Round.objects.count() == 0


def test_add_response_hands_out_a_link_and_tells_neither_its_hour_nor_its_order(
    edition: Edition,
) -> None:
    """The day is that of the place, and keys do not follow the order."""
    one = opened_round(edition, time_zone="America/Lima")

    started = [
        add_response(round=one, tier="local", sector="finance", language="es", notice="1", now=NOW)
        for _ in range(8)
    ]

    hashes = [made.response.secret_hash for made in started]
    assert hashes == [hash_of_secret(made.secret) for made in started]
    assert len(set(hashes)) == 8
    assert {(r.tier, r.sector, r.language) for r in one.responses.all()} == {
        ("local", "finance", "es")
    }
    assert {made.created_at.isoformat() for made in Response.objects.all()} == {
        "2026-11-02T05:00:00+00:00"
    }
    keys = [made.response.pk for made in started]
    assert keys != sorted(keys)
    assert max(keys) > 2**40


def test_add_response_refuses_a_seat_that_nobody_may_take(edition: Edition) -> None:
    """Who is read with her name has to give it."""
    named = opened_round(edition, promise={"attributed": True})
    table: list[tuple[type[Exception], tuple[Any, ...]]] = [
        (RoundOfOne, (begin(edition).round,)),
        (RoundNotOpen, (draft_round(edition),)),
        (UnknownSeat, (opened_round(edition), "", "agriculture")),
        (UnknownSeat, (opened_round(edition), "local", "health")),
        (NotAgreed, (named,)),
    ]
    before = Response.objects.count()

    for refusal, given in table:
        raised(refusal, seat, *given)

    assert Response.objects.count() == before


def test_database_refuses_a_round_or_a_result_that_cannot_be(edition: Edition) -> None:
    rounds: list[dict[str, object]] = [
        {"minimum": None},
        {"alone": True},
        {"closed_at": NOW},
        {"state": "closed"},
        {"state": "closed", "closed_at": NOW},
        {"state": "draft"},
        {"state": "lost"},
        {"questionnaire": "long"},
    ]
    results: list[tuple[dict[str, object], dict[str, object]]] = [
        ({"kind": "joint"}, {"kind": "joint"}),
        ({"kind": "agreed", "number": 1}, {"kind": "agreed", "number": 1}),
        ({"kind": "own"}, {"kind": "agreed"}),
        ({"kind": "own"}, {"kind": "joint", "number": 1}),
        ({"kind": "own"}, {"kind": "other"}),
    ]

    for columns in rounds:
        with undone():
            raised(IntegrityError, SeveralFactory, **columns)
    for first, second in results:
        one = RoundFactory()
        ResultFactory(round=one, **first)
        with undone():
            raised(IntegrityError, ResultFactory, round=one, **second)
