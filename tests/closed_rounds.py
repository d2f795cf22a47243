"""A closed round of several whose result may be shown to those who answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assessment.actions.rounds.close import close_round
from tests.actions.rounds.round_steps import opened_round, take_part
from tests.actions.rounds.test_close import EVERYBODY
from tests.factories import NOW

if TYPE_CHECKING:
    from assessment.models import Edition, Organisation, Round

PROMISE = {"round_result": True}


def closed_round(
    edition: Edition, *, owner: Organisation | None = None, promise: object = None
) -> Round:
    """Twenty people in four groups; on TG2 and HC2 the sides stand three levels apart."""
    made = opened_round(edition, promise=PROMISE if promise is None else promise)
    made.scheme.owner = owner
    made.scheme.save()
    take_part(made, EVERYBODY)
    close_round(round=made, now=NOW)
    made.refresh_from_db()
    return made
