"""Lock a response for a change, or refuse it: every action on a response begins here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assessment.models import Response, Round
from assessment.models.prepared_queries import locked_state

if TYPE_CHECKING:
    from datetime import datetime


class AlreadySubmitted(Exception):
    """The response was submitted before: it can be read, not changed."""


class RoundNotOpen(Exception):
    """The round takes no answers: it is not opened yet, or closed."""


def lock_open_response(*, response: Response, now: datetime | None = None) -> Response:
    """The response locked with its round, with edition and scheme.

    Nobody else changes them until the transaction ends: a round of several that is being closed is
    closed wholly before this change, which is then refused, or wholly after it. `now` is left out
    where only who answers alone can change what is changed: her round has no last day. Raises
    AlreadySubmitted, RoundNotOpen.
    """
    rows = Response.objects.select_related("round__edition", "round__scheme")
    locked = rows.select_for_update(of=("self", "round")).get(pk=response.pk)
    refuse_unless_open(response=locked, now=now)
    return locked


def lock_if_open(*, response: Response, now: datetime) -> None:
    """The same where nothing of the response is read; raises AlreadySubmitted, RoundNotOpen."""
    submitted, state = locked_state(response)
    if submitted:
        raise AlreadySubmitted
    if state != Round.State.OPEN or not response.round.takes_answers(now):
        raise RoundNotOpen


def refuse_unless_open(*, response: Response, now: datetime | None = None) -> None:
    """Raises AlreadySubmitted, RoundNotOpen."""
    if response.is_submitted:
        raise AlreadySubmitted
    round = response.round
    if not (round.is_open if now is None else round.takes_answers(now)):
        raise RoundNotOpen
