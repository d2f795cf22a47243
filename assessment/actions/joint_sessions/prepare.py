"""Prepare the session of a closed round: which questions, in which order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from assessment.actions.record import record_act
from assessment.actions.rounds.agree import RoundNotClosed
from assessment.actions.rounds.places import round_link_hash, secret_of_nonce
from assessment.models import JointSession, Round, SessionItem
from assessment.models.invitations import new_nonce

if TYPE_CHECKING:
    from collections.abc import Sequence


class SessionBegun(Exception):
    """Something was revealed, or the session is over: its questions stay as they are."""


@transaction.atomic
def prepare_session(*, round: Round, codes: Sequence[str], second_answers: bool) -> JointSession:
    """Its questions in this order; again as long as nothing was revealed.

    Raises RoundNotClosed, SessionBegun.
    """
    locked = Round.objects.select_for_update(of=("self",)).get(pk=round.pk)
    if locked.alone or not locked.is_closed:
        raise RoundNotClosed
    session = JointSession.objects.filter(round=locked).first()
    if session is None:
        nonce = new_nonce()
        hashed = round_link_hash(secret_of_nonce(nonce))
        session = JointSession(round=locked, nonce=nonce, link_hash=hashed)
    elif session.is_ended or locked.session_items.exclude(state="waiting").exists():
        raise SessionBegun
    locked.session_items.all().delete()
    SessionItem.objects.bulk_create(
        SessionItem(round=locked, code=code, position=at) for at, code in enumerate(codes)
    )
    session.second_answers, session.current = second_answers, None
    session.steps += 1
    session.save()
    record_act("joint_session_prepared", locked, number=len(codes))
    return session


def screen_secret(session: JointSession) -> str:
    """Of the link that opens the screen, and nothing else."""
    return secret_of_nonce(session.nonce)


def session_by_secret(secret: str) -> JointSession | None:
    rows = JointSession.objects.select_related(
        "round__edition", "round__scheme", "round__result", "current"
    )
    return rows.filter(link_hash=round_link_hash(secret)).first()
