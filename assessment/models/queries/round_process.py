"""How a round came about, in numbers: frozen when it closes, and what followed."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q

from assessment.instrument.kinds.registry import kind_of
from assessment.models.invitations import Invitation
from assessment.models.joint_sessions import JointSession
from assessment.models.responses import Answer
from assessment.models.results import Result, hash_of_content

if TYPE_CHECKING:
    from collections.abc import Iterable

    from assessment.models.rounds import Round

DECLINED = (Invitation.State.DECLINED, Invitation.State.WITHDRAWN)


def process_at_closing(round: Round, states: Iterable[str]) -> dict[str, Any]:
    """`states` are those of the places, and `round.invited` says how many there were.

    Numbers of people, never answers of a group: how many high answers have a note is told of
    everybody together.
    """
    responses = round.responses.filter(submitted_at__isnull=False).order_by()
    invited = Counter(round.invited_by_cell())
    submitted = Counter(responses.values_list("sector", "tier"))
    entries = Counter(responses.values_list("entry", flat=True))
    high, noted = _high_answers(round)
    return {
        "groups": [
            {"sector": s, "tier": t, "invited": invited[s, t], "submitted": submitted[s, t]}
            for s, t in sorted(invited.keys() | submitted.keys())
        ],
        "declined": sum(state in DECLINED for state in states),
        "not_submitted": round.responses.filter(submitted_at=None).count(),
        "entries": dict(sorted(entries.items())),
        "high": high,
        "high_with_note": noted,
    }


def process_of(round: Round) -> dict[str, Any]:
    """The whole statement of a closed round; empty where it closed before this was kept."""
    if not round.process:
        return {}
    joint = round.results.with_content().get(kind=Result.Kind.JOINT)
    return {
        **round.process,
        "joint_hash": joint.content_hash,
        "unchanged": hash_of_content(joint.content) == joint.content_hash,
        "session": _session(round),
        "agreed": round.agreed_answers.filter(status="agreed").count(),
        "not_agreed": round.agreed_answers.filter(status="not_agreed").count(),
        "sign_offs": _sign_offs(round),
    }


def _high_answers(round: Round) -> tuple[int, int]:
    """Answers on the highest levels, and those of them that say what makes one say so."""
    instrument = round.edition.instrument()
    levels = [q.code for q in instrument.questions if kind_of(q).has_levels]
    rows = Answer.objects.filter(
        response__round=round, response__submitted_at__isnull=False, code__in=levels
    )
    counted = rows.filter(status="answered").order_by().values_list("value")
    by_value = counted.annotate(people=Count("pk"), noted=Count("pk", filter=~Q(note="")))
    high = [row for row in by_value if int(row[0]) >= instrument.scale.high_level]
    return sum(people for _value, people, _noted in high), sum(row[2] for row in high)


def _session(round: Round) -> dict[str, Any] | None:
    session = JointSession.objects.filter(round=round).first()
    if session is None or session.ended_at is None:
        return None
    talked = round.session_items.filter(state="revealed")
    return {
        "day": session.ended_at.date().isoformat(),
        "talked": talked.count(),
        "second_answers": talked.filter(second_people__gt=0).count(),
    }


def _sign_offs(round: Round) -> list[dict[str, str]]:
    """Of the result that counts; of an earlier one they say nothing of this."""
    return [
        {
            "sector": one.sector,
            "name": one.name,
            "function": one.function,
            "decision": one.decision,
            "reason": one.reason,
            "way": one.way,
            "host": one.host,
            "day": one.day.isoformat(),
        }
        for one in round.sign_offs.filter(result=round.result_id)
    ]
