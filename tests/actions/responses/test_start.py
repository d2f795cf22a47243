from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import pytest
from django.db import IntegrityError

from assessment.actions.responses import start as starting
from assessment.actions.responses.change_profile import change_profile
from assessment.actions.responses.lock import AlreadySubmitted
from assessment.actions.responses.reopen import reopen_response
from assessment.actions.responses.return_link import hash_of_secret, renew_link
from assessment.actions.responses.start import KEY_LIFETIME, NotAgreed, Started, start_response
from assessment.actions.rounds.schemes import NamedProgramme
from assessment.method.seats import Seat
from assessment.models import Response, Round, Scheme
from tests.actions.respondent_steps import PROFILE, PROGRAMMES, begin, submitted
from tests.actions.rounds.round_steps import opened_round, seat
from tests.factories import NOW

if TYPE_CHECKING:
    from datetime import datetime

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


def test_start_response_keeps_the_profile(edition: Edition) -> None:
    response = begin(edition)

    assert response.round.facts() == PROFILE
    assert list(response.scheme.programme_set.values_list("name", "institution", "sector")) == [
        ("Juntos", "Ministry of Development", "social_protection"),
        ("Haku Winay", "", ""),
    ]


def test_start_response_leaves_unknown_what_was_not_told(edition: Edition) -> None:
    started = start_response(
        edition=edition,
        profile={},
        programmes=[],
        name="",
        language="en",
        key="k",
        notice="1",
        now=NOW,
    )

    assert started.response.round.facts() == {}
    assert str(started.response.scheme) == str(started.response.scheme.uuid)


def test_start_response_hands_the_secret_out_and_keeps_its_hash(edition: Edition) -> None:
    started = start(edition, "k")

    sha256 = hashlib.sha256(started.secret.encode()).hexdigest()
    assert started.response.secret_hash == hash_of_secret(started.secret) == sha256
    assert len(started.secret) == 32


def test_start_response_twice_is_one_response_with_one_link(edition: Edition) -> None:
    first, second = start(edition, "k"), start(edition, "k", NOW + KEY_LIFETIME / 2)

    assert first == second
    assert (Response.objects.count(), Scheme.objects.count()) == (1, 1)
    assert Response.objects.get().secret_hash == hash_of_secret(second.secret)


def test_start_response_finds_the_revision_that_was_opened_since(edition: Edition) -> None:
    first = start(edition, "k")
    submitted(first.response)
    newer = reopen_response(response=first.response, reason="", now=NOW)

    assert start(edition, "k") == Started(newer, first.secret)


@pytest.mark.parametrize("why", ["late", "renewed"])
def test_start_response_forgets_a_key_that_is_old_or_whose_link_was_renewed(
    edition: Edition, why: str
) -> None:
    first = start(edition, "k")
    if why == "renewed":
        renew_link(response=first.response)
    later = NOW + KEY_LIFETIME if why == "late" else NOW

    second = start(edition, "k", later)

    assert second.response != first.response
    assert second == start(edition, "k", later)
    first.response.refresh_from_db()
    assert first.response.key is None


def test_start_response_says_when_the_database_refuses_it(edition: Edition) -> None:
    nothing: Any = None

    with pytest.raises(IntegrityError):
        start(edition, "k", notice=nothing)

    assert Scheme.objects.count() == 0


def test_renew_link_ends_the_old_one(edition: Edition) -> None:
    started = start(edition, "k")

    secret = renew_link(response=started.response)

    assert (
        Response.objects.get().secret_hash
        == hash_of_secret(secret)
        != hash_of_secret(started.secret)
    )


def test_change_profile_forgets_what_is_not_told_again(edition: Edition) -> None:
    response = begin(edition)

    change_profile(
        response=response,
        profile={"region": "AF", "programmes": 3},
        programmes=[NamedProgramme("PSNP")],
        name="Another name",
        seat=Seat("local"),
    )

    scheme = Scheme.objects.get()
    assert (str(scheme), scheme.country) == ("Another name", "")
    assert Round.objects.get().facts() == {"region": "AF", "programmes": 3}
    assert [str(programme) for programme in scheme.programme_set.all()] == ["PSNP"]
    assert Response.objects.get().seat == Seat("local", "")


def test_change_profile_refuses_once_submitted(edition: Edition) -> None:
    response = begin(edition)
    submitted(response)

    with pytest.raises(AlreadySubmitted):
        change_profile(response=response, profile={}, programmes=[], name="", seat=Seat())

    assert Round.objects.get().facts() == PROFILE


def test_start_that_fails_for_another_reason_is_no_start_of_before(
    edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = start(edition, "a page").response.secret_hash
    monkeypatch.setattr(starting, "hash_of_secret", lambda _secret: taken)

    with pytest.raises(IntegrityError):
        start(edition, "another page")


def test_who_is_read_with_her_name_has_to_give_it(edition: Edition) -> None:
    made = opened_round(edition, promise={"attributed": True})

    with pytest.raises(NotAgreed):
        seat(made)


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
