"""Change the way somebody answers alone: short, with the core questions, or whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from assessment.actions.responses.lock import lock_open_response

if TYPE_CHECKING:
    from assessment.models import Response


class WayOfSeveral(Exception):
    """In a round of several who runs it chose the way, for all."""


@transaction.atomic
def change_way(*, response: Response, questionnaire: str) -> Response:
    """The response as it is now; its answers stay, whatever is put from now on.

    Raises AlreadySubmitted, RoundNotOpen, WayOfSeveral.
    """
    locked = lock_open_response(response=response)
    if not locked.round.alone:
        raise WayOfSeveral
    locked.round.questionnaire = questionnaire
    locked.round.save(update_fields=["questionnaire"])
    return locked
