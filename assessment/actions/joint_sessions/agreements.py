"""What the room came to at each question, and the result it makes once the session ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from assessment.actions.joint_sessions.steps import lock_session
from assessment.actions.record import record_act
from assessment.actions.rounds.agree import (
    AnswersErased,
    SessionOutcome,
    agree_answers,
    store_agreement,
)
from assessment.models import JointSession, Round

if TYPE_CHECKING:
    from datetime import datetime

    from assessment.models import AgreedAnswer, Result


class NotRevealed(Exception):
    """The room has not seen yet what was answered; first the answers, then the talk."""


@transaction.atomic
def record_agreement(*, session: JointSession, answer: SessionOutcome) -> AgreedAnswer:
    """Stands until the session ends, and can be changed until then.

    Raises SessionOver, NotRevealed, BadAgreement.
    """
    locked = lock_session(session)
    if not locked.round.session_items.filter(code=answer.code, state="revealed").exists():
        raise NotRevealed
    return store_agreement(locked.round, answer)


@transaction.atomic
def end_session(*, session: JointSession, now: datetime) -> Result:
    """The result with what was agreed on, which is the round's from now on.

    Without anything agreed on, and where answers of the round were deleted meanwhile, the joint
    result stays the one that counts. Raises SessionOver.
    """
    locked = lock_session(session)
    locked.ended_at, locked.current, locked.timer_ends_at = now, None, None
    locked.steps += 1
    locked.save()
    # Which answer made this person's part of it would be known by the difference.
    locked.round.session_items.filter(state="asked").update(state="waiting")
    record_act("joint_session_ended", locked.round)
    if locked.round.agreed_answers.filter(status="agreed").exists():
        try:
            return agree_answers(round=locked.round, answers=(), now=now)
        except AnswersErased:
            pass
    return Round.objects.select_related("result").get(pk=locked.round_id).result_that_counts


@transaction.atomic
def open_session_again(*, session: JointSession) -> JointSession:
    """To agree otherwise: the result that comes of it needs new decisions of both sides."""
    rows = JointSession.objects.select_for_update(of=("self",))
    locked = rows.get(pk=session.pk)
    locked.ended_at = None
    locked.steps += 1
    locked.save()
    return locked
