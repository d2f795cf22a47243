"""Change the settings of a round of several, as far as nobody was promised otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from assessment.actions.record import record_act
from assessment.actions.responses.lock import RoundNotOpen
from assessment.actions.responses.start import RoundOfOne
from assessment.actions.rounds.make import AlreadyOpened, MinimumTooSmall
from assessment.actions.rounds.schemes import name_programmes
from assessment.models import Round

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from assessment.actions.rounds.schemes import NamedProgramme
    from assessment.models.promises import Promise


class AlreadyPromised(Exception):
    """Somebody was invited under another promise: it stands for this round."""


@dataclass(frozen=True, slots=True)
class RoundSettings:
    """`closes_at` None: until somebody closes it."""

    questionnaire: str
    minimum: int
    closes_at: datetime | None
    time_zone: str
    letter: str
    promise: Promise


@transaction.atomic
def change_round(*, round: Round, settings: RoundSettings) -> Round:
    """Promise, zone and questionnaire are fixed by the first invitation; the minimum can rise.

    Raises RoundOfOne, RoundNotOpen (it is closed), AlreadyPromised, MinimumTooSmall.
    """
    locked = _changeable(round)
    smallest = locked.edition.instrument().scale.smallest_group
    promise = settings.promise.as_stored()
    if is_promised(locked):
        smallest = max(smallest, locked.minimum or 0)
        fixed = (locked.promise, locked.time_zone, locked.questionnaire)
        if fixed != (promise, settings.time_zone, settings.questionnaire):
            raise AlreadyPromised
    if settings.minimum < smallest:
        raise MinimumTooSmall(smallest)
    locked.promise, locked.minimum = promise, settings.minimum
    locked.closes_at, locked.time_zone = settings.closes_at, settings.time_zone
    locked.questionnaire, locked.letter = settings.questionnaire, settings.letter
    names = ["promise", "minimum", "closes_at", "time_zone", "questionnaire", "letter"]
    locked.save(update_fields=names)
    record_act("round_changed", locked)
    return locked


@transaction.atomic
def change_facts(
    *,
    round: Round,
    profile: Mapping[str, int | str],
    programmes: Sequence[NamedProgramme],
    name: str,
) -> Round:
    """What is known of the scheme, before the round opens: it decides what is asked.

    Raises RoundOfOne, RoundNotOpen (it is closed), AlreadyOpened.
    """
    locked = _changeable(round)
    if locked.is_open:
        raise AlreadyOpened
    locked.profile = dict(profile)
    locked.save(update_fields=["profile"])
    scheme = locked.scheme
    scheme.name, scheme.country = name, str(profile.get("country", ""))
    scheme.save(update_fields=["name", "country"])
    name_programmes(scheme=scheme, programmes=programmes)
    record_act("round_changed", locked)
    return locked


def is_promised(round: Round) -> bool:
    """Whether somebody was invited already, or has come in."""
    return round.invitations.exists() or round.open_links.exists() or round.responses.exists()


def _changeable(round: Round) -> Round:
    rows = Round.objects.select_related("edition", "scheme").select_for_update(of=("self",))
    locked = rows.get(pk=round.pk)
    if locked.alone:
        raise RoundOfOne
    if locked.is_closed:
        raise RoundNotOpen
    return locked
