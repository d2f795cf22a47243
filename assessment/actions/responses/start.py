"""Start a response: alone, with a scheme and a round of its own, or in a round of several."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.crypto import salted_hmac

from assessment.actions.responses.lock import RoundNotOpen
from assessment.actions.responses.return_link import hash_of_secret, new_secret, secret_of_start
from assessment.actions.rounds.schemes import make_scheme
from assessment.instrument.model import SECTORS, TIERS
from assessment.method.seats import NO_SEAT, Seat
from assessment.models import Response, Round
from assessment.models.promises import read_promise

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from assessment.actions.rounds.schemes import NamedProgramme
    from assessment.models import Edition


KEY_LIFETIME = timedelta(minutes=10)
"""A start that is sent twice comes twice within seconds; who goes back and on needs minutes."""


class RoundOfOne(Exception):
    """Somebody answers alone in this round: nobody is added to it."""


class UnknownSeat(ValueError):
    """In a round of several everybody has a tier and a sector."""


class NotAgreed(Exception):
    """In a round whose answers are read with names nobody takes part without hers."""


@dataclass(frozen=True, slots=True)
class Giver:
    """Who gives a response: `people` where several do so together; the names where they agreed.

    What is given of a name in a round that promises none is not stored.
    """

    people: int | None = None
    name: str = ""
    institution: str = ""


ONE_PERSON = Giver()


@dataclass(frozen=True, slots=True)
class Started:
    """`secret` is known only here: the database keeps its hash."""

    response: Response
    secret: str


def start_response(
    *,
    edition: Edition,
    profile: Mapping[str, int | str],
    programmes: Sequence[NamedProgramme],
    name: str,
    language: str,
    key: str,
    notice: str,
    now: datetime,
    demo: bool = False,
    questionnaire: str = Round.Questionnaire.WHOLE,
    seat: Seat = NO_SEAT,
    people: int | None = None,
) -> Started:
    """Make scheme, round of one and response; `people` where several give it together.

    The same `key` again, within KEY_LIFETIME and while its first link stands, gives the same
    response and link. `key` is secret and of one page in one browser: only its hash is stored.
    """
    before = _started_before(key, now)
    if before is not None:
        return before
    made = Response(
        tier=seat.tier,
        sector=seat.sector,
        language=language,
        key=_hash_of_key(key),
        notice=notice,
        people=people,
        created_at=now,
    )
    secret = secret_of_start(key, made)
    made.secret_hash = hash_of_secret(secret)
    country = str(profile.get("country", ""))
    try:
        with transaction.atomic():
            scheme = make_scheme(name=name, programmes=programmes, country=country, now=now)
            made.round = Round.objects.create(
                scheme=scheme,
                edition=edition,
                profile=dict(profile),
                questionnaire=questionnaire,
                time_zone=settings.TIME_ZONE,
                languages=edition.languages(),
                state=Round.State.OPEN,
                alone=True,
                demo=demo,
                created_at=now,
                opened_at=now,
            )
            made.save(force_insert=True)
    except IntegrityError:
        before = _started_before(key, now)
        if before is None:
            raise
        return before
    return Started(response=made, secret=secret)


def _started_before(key: str, now: datetime) -> Started | None:
    """What the same start made already; a key that holds no more is forgotten."""
    rows = Response.objects.filter(key=_hash_of_key(key))
    first = rows.select_related("round__edition", "round__scheme").first()
    if first is None:
        return None
    response, secret = first.latest_revision(), secret_of_start(key, first)
    if now - first.created_at < KEY_LIFETIME and response.secret_hash == hash_of_secret(secret):
        return Started(response=response, secret=secret)
    rows.update(key=None)
    return None


def _hash_of_key(key: str) -> str:
    return salted_hmac("assessment.start-key", key, algorithm="sha256").hexdigest()


@transaction.atomic
def add_response(
    *,
    round: Round,
    tier: str,
    sector: str,
    language: str,
    notice: str,
    now: datetime,
    entry: str = "",
    secret: str = "",
    giver: Giver = ONE_PERSON,
) -> Started:
    """One more respondent in a round of several; only the day of it is stored.

    Without a `secret` she gets a link of her own. Raises RoundOfOne, RoundNotOpen, UnknownSeat,
    NotAgreed.
    """
    locked = Round.objects.select_for_update().get(pk=round.pk)
    if locked.alone:
        raise RoundOfOne
    if not locked.takes_answers(now):
        raise RoundNotOpen
    if tier not in TIERS or sector not in SECTORS:
        raise UnknownSeat
    attributed = read_promise(locked.promise).attributed
    if attributed and not giver.name:
        raise NotAgreed
    secret = secret or new_secret()
    response = Response.objects.create(
        round=locked,
        tier=tier,
        sector=sector,
        language=language,
        secret_hash=hash_of_secret(secret),
        notice=notice,
        promise=locked.promise,
        entry=entry,
        people=giver.people,
        name=giver.name if attributed else "",
        institution=giver.institution if attributed else "",
        created_at=locked.moment(now),
    )
    return Started(response=response, secret=secret)
