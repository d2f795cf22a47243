"""The steps of a session, one question after the other; each can be sent twice without harm."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from django.db import transaction

from assessment.actions.rounds.close import round_input
from assessment.method.rounds.round_policy import disclosed_cells
from assessment.models import JointSession, SessionItem

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from assessment.instrument.groups import Cell
    from assessment.models import Round

ItemState = SessionItem.State


class SessionOver(Exception):
    """The session is ended."""


class NotAsked(Exception):
    """This question takes no second answers: it was not asked for, or it is revealed."""


@transaction.atomic
def show_item(*, session: JointSession, item: SessionItem | None) -> JointSession:
    """Puts a question on the screen, or nothing; it changes nothing of what is known of it.

    Raises SessionOver.
    """
    locked = lock_session(session)
    if locked.current_id != (item.pk if item else None):
        locked.current, locked.timer_ends_at = item, None
        _step(locked)
    return locked


@transaction.atomic
def ask_again(*, session: JointSession, item: SessionItem) -> JointSession:
    """People answer this question once more on their own devices, until it is revealed.

    Raises SessionOver, NotAsked.
    """
    locked = lock_session(session)
    if not locked.second_answers:
        raise NotAsked
    if locked.round.session_items.filter(pk=item.pk, state=ItemState.WAITING).update(
        state=ItemState.ASKED
    ):
        locked.current, locked.timer_ends_at = item, None
        _step(locked)
    return locked


def reveal(*, session: JointSession, item: SessionItem, now: datetime) -> JointSession:
    """From here on the room sees it. Second answers are counted at this moment, once.

    Where fewer than the round's minimum answered, or chose something, nothing is shown. People
    whose group is hidden at this question are not counted: beside the figures of the result, a sum
    with theirs would tell what each of the groups said, where nobody changed her mind.
    Raises SessionOver.
    """
    told = _told_cells(session, item.code)
    with transaction.atomic():
        locked = lock_session(session)
        waiting = locked.round.session_items.exclude(state=ItemState.REVEALED)
        found = waiting.filter(pk=item.pk).first()
        if found is None:
            return locked
        if found.state == ItemState.ASKED:
            _count_second_answers(found, told, locked.round.minimum or 0)
        found.state, found.revealed_at = ItemState.REVEALED, now
        found.save()
        locked.current = found
        _step(locked)
        return locked


def _told_cells(session: JointSession, code: str) -> frozenset[Cell]:
    """What the round was judged from is frozen, so it needs no lock.

    Where answers were erased since, nobody can tell any more what must not be told: none.
    """
    if not session.second_answers:
        return frozenset()
    inputs = round_input(session.round)
    if not all(one.answers for one in inputs.respondents):
        return frozenset()
    bank, minimum = session.round.edition.instrument(), session.round.minimum or 0
    return disclosed_cells(bank, inputs.profile, inputs.respondents, minimum=minimum, code=code)


def _count_second_answers(item: SessionItem, told: frozenset[Cell], minimum: int) -> None:
    columns = ("status", "value", "response__sector", "response__tier")
    answers = [
        (status, value)
        for status, value, sector, tier in item.answers.order_by().values_list(*columns)
        if (sector or "", tier or "") in told
    ]
    counts = Counter[str]()
    for status, value in answers:
        chosen = value if isinstance(value, list) else [value]
        counts.update(map(str, chosen) if status == "answered" else [status])
    choosing = sum(status == "answered" for status, _value in answers)
    enough = len(answers) >= minimum and not 0 < choosing < minimum
    item.second_people = len(answers)
    item.second_counts = dict(sorted(counts.items())) if enough else None


@transaction.atomic
def give_time(*, session: JointSession, time: timedelta | None, now: datetime) -> JointSession:
    """Starts the clock on the screen, or takes it away. Raises SessionOver."""
    locked = lock_session(session)
    locked.timer_ends_at = now + time if time else None
    _step(locked)
    return locked


def lock_session(session: JointSession) -> JointSession:
    """To be called in a transaction; raises SessionOver."""
    rows = JointSession.objects.select_related("round").select_for_update(of=("self",))
    locked = rows.get(pk=session.pk)
    if locked.is_ended:
        raise SessionOver
    return locked


def next_item(session: JointSession) -> SessionItem | None:
    """The one after that on the screen; the first where there is none on it."""
    rows = session.round.session_items.all()
    if session.current is None:
        return rows.first()
    return rows.filter(position__gt=session.current.position).first()


def item_before(session: JointSession) -> SessionItem | None:
    if session.current is None:
        return None
    return session.round.session_items.filter(position__lt=session.current.position).last()


def is_under_way(round: Round) -> bool:
    return JointSession.objects.filter(round=round, ended_at=None).exists()


def _step(session: JointSession) -> None:
    session.steps += 1
    session.save()


def session_items(round: Round) -> list[SessionItem]:
    return list(round.session_items.all())
