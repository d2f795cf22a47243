"""Change what is known of a scheme, and where who answers alone works."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from assessment.actions.responses.lock import lock_open_response
from assessment.actions.rounds.schemes import name_programmes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from assessment.actions.rounds.schemes import NamedProgramme
    from assessment.method.seats import Seat
    from assessment.models import Response


class ProfileOfSeveral(Exception):
    """The facts of a scheme are not one respondent's among several."""


@transaction.atomic
def change_profile(
    *,
    response: Response,
    profile: Mapping[str, int | str],
    programmes: Sequence[NamedProgramme],
    name: str,
    seat: Seat,
    people: int | None = None,
) -> None:
    """A field that `profile` lacks becomes unknown, and so does what `seat` leaves empty.

    `people` give it together; None: one person does.

    Raises AlreadySubmitted, RoundNotOpen, ProfileOfSeveral.
    """
    locked = lock_open_response(response=response)
    if not locked.round.alone:
        raise ProfileOfSeveral
    locked.round.profile = dict(profile)
    locked.round.save(update_fields=["profile"])
    locked.tier, locked.sector, locked.people = seat.tier, seat.sector, people
    locked.save(update_fields=["tier", "sector", "people"])
    scheme = locked.scheme
    scheme.name, scheme.country = name, str(profile.get("country", ""))
    scheme.save(update_fields=["name", "country"])
    name_programmes(scheme=scheme, programmes=programmes)
