from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError

from assessment.actions.responses import start as starting
from assessment.actions.responses.change_profile import change_profile
from assessment.actions.responses.lock import AlreadySubmitted
from assessment.actions.responses.reopen import reopen_response
from assessment.actions.responses.return_link import hash_of_secret, renew_link
from assessment.actions.responses.start import KEY_LIFETIME, Started, start_response
from assessment.actions.rounds.schemes import NamedProgramme
from assessment.method.seats import Seat
from assessment.models import Response, Round, Scheme
from tests.actions.respondent_steps import PROFILE, PROGRAMMES, begin, submitted
from tests.factories import NOW
from tests.tables import raised

if TYPE_CHECKING:
    from datetime import datetime

    import pytest

    from assessment.models import Edition


def start(edition: Edition, key: str, now: datetime = NOW, notice: str = "1") -> Started:
    return start_response(
        edition=edition,
        profile=PROFILE,
        programmes=PROGRAMMES,
        name="Joint scheme",
        language="en",
        key=key,
        notice=notice,
        now=now,
    )


def test_start_response_keeps_the_profile_and_leaves_unknown_what_was_not_told(
    edition: Edition,
) -> None:
    told = begin(edition)
    nothing = start_response(
        edition=edition,
        profile={},
        programmes=[],
        name="",
        language="en",
        key="k",
        notice="1",
        now=NOW,
    ).response

    assert (told.round.facts(), nothing.round.facts()) == (PROFILE, {})
    assert list(told.scheme.programme_set.values_list("name", "institution", "sector")) == [
        ("Juntos", "Ministry of Development", "social_protection"),
        ("Haku Winay", "", ""),
    ]
    assert str(nothing.scheme) == str(nothing.scheme.uuid)


def test_start_response_hands_the_secret_out_and_keeps_its_hash(edition: Edition) -> None:
    """Until another link takes its place."""
    started = start(edition, "k")
    before = started.response.secret_hash
    sha256 = hashlib.sha256(started.secret.encode()).hexdigest()

    renewed = renew_link(response=started.response)

    assert len(started.secret) == 32
    assert before == hash_of_secret(started.secret) == sha256
    assert Response.objects.get().secret_hash == hash_of_secret(renewed) != before


def test_start_response_twice_is_one_response_with_one_link(edition: Edition) -> None:
    """Or the revision that was opened since."""
    first, second = start(edition, "k"), start(edition, "k", NOW + KEY_LIFETIME / 2)
    counted = (Response.objects.count(), Scheme.objects.count())
    stored = Response.objects.get().secret_hash
    submitted(first.response)
    newer = reopen_response(response=first.response, reason="", now=NOW)

    assert (first, counted) == (second, (1, 1))
    assert stored == hash_of_secret(second.secret)
    assert start(edition, "k") == Started(newer, first.secret)


def test_start_response_forgets_a_key_that_is_old_or_whose_link_was_renewed(
    edition: Edition,
) -> None:
    old, renewed = start(edition, "old"), start(edition, "renewed")
    renew_link(response=renewed.response)
    keys = {"old": (old, NOW + KEY_LIFETIME), "renewed": (renewed, NOW)}

    def outcome(key: str, first: Started, later: datetime) -> object:
        second = start(edition, key, later)
        first.response.refresh_from_db()
        another = second.response != first.response
        return another, second == start(edition, key, later), first.response.key

    assert {key: outcome(key, *given) for key, given in keys.items()} == dict.fromkeys(
        keys, (True, True, None)
    )


def test_start_that_the_database_refuses_is_no_start_of_before(
    edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    nothing: Any = None

    raised(IntegrityError, start, edition, "k", notice=nothing)
    assert Scheme.objects.count() == 0

    taken = start(edition, "a page").response.secret_hash
    monkeypatch.setattr(starting, "hash_of_secret", lambda _secret: taken)
    raised(IntegrityError, start, edition, "another page")


def test_change_profile_forgets_what_is_not_told_again(edition: Edition) -> None:
    """Until the response is submitted."""
    response = begin(edition)
    told: dict[str, Any] = {"programmes": [], "name": "", "seat": Seat()}

    change_profile(
        response=response,
        profile={"region": "AF", "programmes": 3},
        programmes=[NamedProgramme("PSNP")],
        name="Another name",
        seat=Seat("local"),
    )
    submitted(response)
    raised(AlreadySubmitted, change_profile, response=response, profile={}, **told)

    scheme = Scheme.objects.get()
    assert (str(scheme), scheme.country) == ("Another name", "")
    assert Round.objects.get().facts() == {"region": "AF", "programmes": 3}
    assert [str(programme) for programme in scheme.programme_set.all()] == ["PSNP"]
    assert Response.objects.get().seat == Seat("local", "")


def test_start_that_comes_second_at_the_same_moment_is_the_first(
    edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, seen = start(edition, "a page"), starting._started_before
    looked: list[str] = []

    def not_seen_at_first(key: str, now: datetime) -> Started | None:
        looked.append(key)
        return seen(key, now) if looked[1:] else None

    monkeypatch.setattr(starting, "_started_before", not_seen_at_first)

    again = start(edition, "a page")

    assert (again.response, again.secret) == (first.response, first.secret)
    assert len(looked) == 2
