"""A second private answer: given on one's own device before the talk, once the room is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from assessment.actions.joint_sessions.steps import NotAsked, lock_session
from assessment.models import SessionAnswer, SessionItem

if TYPE_CHECKING:
    from assessment.instrument import answers as values
    from assessment.models import JointSession, Response


@transaction.atomic
def answer_again(
    *, session: JointSession, response: Response, code: str, answer: values.Answer
) -> SessionAnswer:
    """The latest stands, until it is revealed. Only who submitted in this round is asked.

    Raises SessionOver, NotAsked.
    """
    locked = lock_session(session)
    rows = locked.round.session_items.filter(code=code, state=SessionItem.State.ASKED)
    item = rows.first()
    if item is None or response.round_id != locked.round_id or not response.is_submitted:
        raise NotAsked
    value = list(answer.value) if isinstance(answer.value, tuple) else answer.value
    stored, _ = SessionAnswer.objects.update_or_create(
        item=item, response=response, defaults={"status": answer.status, "value": value}
    )
    return stored
