"""Start a response: alone, with a scheme and a round of its own, or in a round of several."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import IntegrityError, transaction

from assessment.actions.responses.lock import RoundNotOpen
from assessment.actions.responses.return_link import hash_of_secret, new_secret, renew_link
from assessment.actions.rounds.schemes import make_scheme
from assessment.instrument.model import SECTORS, TIERS
from assessment.models import Response, Round

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from assessment.actions.rounds.schemes import NamedProgramme
    from assessment.models import Edition


class RoundOfOne(Exception):
    """Somebody answers alone in this round: nobody is added to it."""


class UnknownSeat(ValueError):
    """In a round of several everybody has a tier and a sector."""


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
) -> Started:
    """Make scheme, round of one and response.

    The same `key` again gives the same response and a new link.
    """
    secret = new_secret()
    country = str(profile.get("country", ""))
    try:
        with transaction.atomic():
            scheme = make_scheme(name=name, programmes=programmes, country=country, now=now)
            made = Round.objects.create(
                scheme=scheme,
                edition=edition,
                profile=dict(profile),
                time_zone=settings.TIME_ZONE,
                languages=edition.languages(),
                state=Round.State.OPEN,
                alone=True,
                demo=demo,
                created_at=now,
                opened_at=now,
            )
            response = Response.objects.create(
                round=made,
                language=language,
                secret_hash=hash_of_secret(secret),
                key=key,
                notice=notice,
                created_at=now,
            )
    except IntegrityError:
        return _started_before(key)
    return Started(response=response, secret=secret)


def _started_before(key: str) -> Started:
    """What the database refused to make twice; raises Response.DoesNotExist for other refusals."""
    response = Response.objects.select_related("round__edition", "round__scheme").get(key=key)
    return Started(response=response, secret=renew_link(response=response))


@transaction.atomic
def add_response(
    *,
    round: Round,
    tier: str,
    sector: str,
    language: str,
    notice: str,
    now: datetime,
) -> Started:
    """One more respondent in a round of several; only the day of it is stored.

    Raises RoundOfOne, RoundNotOpen, UnknownSeat.
    """
    locked = Round.objects.select_for_update().get(pk=round.pk)
    if locked.alone:
        raise RoundOfOne
    if not locked.is_open:
        raise RoundNotOpen
    if tier not in TIERS or sector not in SECTORS:
        raise UnknownSeat
    secret = new_secret()
    response = Response.objects.create(
        round=locked,
        tier=tier,
        sector=sector,
        language=language,
        secret_hash=hash_of_secret(secret),
        key=new_secret(),
        notice=notice,
        created_at=locked.moment(now),
    )
    return Started(response=response, secret=secret)
