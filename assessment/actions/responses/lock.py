"""Lock a response for a change, or refuse it: every action on a response begins here."""

from __future__ import annotations

from assessment.models import Response, Round
from assessment.models.prepared_queries import locked_state


class AlreadySubmitted(Exception):
    """The response was submitted before: it can be read, not changed."""


class RoundNotOpen(Exception):
    """The round takes no answers: it is not opened yet, or closed."""


def lock_open_response(*, response: Response) -> Response:
    """The response locked with its round, with edition and scheme.

    Nobody else changes them until the transaction ends: a round of several that is being closed is
    closed wholly before this change, which is then refused, or wholly after it. Raises
    AlreadySubmitted, RoundNotOpen.
    """
    rows = Response.objects.select_related("round__edition", "round__scheme")
    locked = rows.select_for_update(of=("self", "round")).get(pk=response.pk)
    refuse_unless_open(response=locked)
    return locked


def lock_if_open(*, response: Response) -> None:
    """The same where nothing of the response is read; raises AlreadySubmitted, RoundNotOpen."""
    submitted, state = locked_state(response)
    if submitted:
        raise AlreadySubmitted
    if state != Round.State.OPEN:
        raise RoundNotOpen


def refuse_unless_open(*, response: Response) -> None:
    """Raises AlreadySubmitted, RoundNotOpen."""
    if response.is_submitted:
        raise AlreadySubmitted
    if not response.round.is_open:
        raise RoundNotOpen
