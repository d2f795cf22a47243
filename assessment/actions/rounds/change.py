"""Change the settings of a round of several, as far as nobody was promised otherwise."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import transaction

from assessment.actions.record import record_act
from assessment.actions.responses.lock import RoundNotOpen
from assessment.actions.responses.start import RoundOfOne
from assessment.actions.rounds.make import AlreadyOpened, MinimumTooSmall
from assessment.actions.rounds.schemes import name_programmes
from assessment.models import Round
from assessment.models.promises import read_promise

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from assessment.actions.rounds.schemes import NamedProgramme
    from assessment.models.promises import Promise


class AlreadyPromised(Exception):
    """Somebody was invited under another promise: it stands for this round."""


@dataclass(frozen=True, slots=True)
class RoundSettings:
    """`closes_at` None: until somebody closes it. `languages` empty: all of the edition.

    `areas`, `municipality` and `tier_words` in the country's own words; a tier without one is
    called as everywhere.
    """

    questionnaire: str
    minimum: int
    closes_at: datetime | None
    time_zone: str
    letter: str
    promise: Promise
    languages: tuple[str, ...] = ()
    tier_words: Mapping[str, str] = field(default_factory=dict)
    areas: tuple[str, ...] = ()
    municipality: str = ""


@transaction.atomic
def change_round(*, round: Round, settings: RoundSettings) -> Round:
    """Promise, zone, questionnaire and the words for the tiers are fixed by the first invitation.

    The minimum can rise after it; languages, place, last day and letter can change.

    Raises RoundOfOne, RoundNotOpen (it is closed), AlreadyPromised, MinimumTooSmall.
    """
    locked = _changeable(round)
    smallest = locked.edition.instrument().scale.smallest_group
    tier_words = {tier: words for tier, words in settings.tier_words.items() if words}
    if is_promised(locked):
        smallest = max(smallest, locked.minimum or 0)
        stands = (read_promise(locked.promise), locked.time_zone, locked.questionnaire)
        asked = (settings.promise, settings.time_zone, settings.questionnaire)
        if (*stands, locked.tier_words) != (*asked, tier_words):
            raise AlreadyPromised
    else:
        locked.promise = settings.promise.as_stored()
    if settings.minimum < smallest:
        raise MinimumTooSmall(smallest)
    locked.languages = list(settings.languages) or locked.edition.languages()
    locked.tier_words = tier_words
    names = ["minimum", "closes_at", "time_zone", "questionnaire", "letter"]
    for name in names:
        setattr(locked, name, getattr(settings, name))
    locked.save(update_fields=[*names, "promise", "languages", "tier_words"])
    scheme = locked.scheme
    scheme.areas, scheme.municipality = list(settings.areas), settings.municipality
    scheme.save(update_fields=["areas", "municipality"])
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
