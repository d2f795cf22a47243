"""Save answers: the one door by which values reach the database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction

from assessment.actions.submit import open_response
from assessment.method.kinds import read_answer
from assessment.method.refusal import BadAnswer
from assessment.models import Answer, SectionState

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from assessment.models import Response

NOTE_LIMIT = 5000


@dataclass(frozen=True, slots=True)
class Incoming:
    """What a person sent for one question; `raw` None leaves it open.

    `revision` is the one the person saw, 0 where she saw no answer.
    """

    code: str
    raw: Any
    note: str
    revision: int


@dataclass(frozen=True, slots=True)
class Conflict:
    """Somebody saved a newer answer in between: both stand here, nothing was overwritten."""

    incoming: Incoming
    stored: Answer


@dataclass(frozen=True, slots=True)
class Saved:
    """`revisions` by question code, of the answers that are now as the person sent them."""

    revisions: Mapping[str, int]
    conflicts: tuple[Conflict, ...]
    at: datetime


class BadAnswers(Exception):
    """Answers that cannot be kept, by question code; nothing was saved."""

    def __init__(self, errors: Mapping[str, BadAnswer]) -> None:
        self.errors = errors
        super().__init__(", ".join(errors))


@transaction.atomic
def save_answers(*, response: Response, answers: Sequence[Incoming], now: datetime) -> Saved:
    """Save what is new; what somebody else changed meanwhile comes back as a conflict.

    Raises AlreadySubmitted, and BadAnswers before anything is written. Sending the same again
    changes nothing and is no conflict.
    """
    locked = open_response(response=response)
    wanted = _read(locked, answers)
    stored = {a.code: a for a in locked.answers.filter(code__in=list(wanted))}
    conflicts, fresh, changed = [], [], []
    for incoming in answers:
        row, columns = stored.get(incoming.code), wanted[incoming.code]
        if row is None:
            if columns["status"] or columns["note"]:
                fresh.append(Answer(response=locked, code=incoming.code, updated_at=now, **columns))
        elif all(getattr(row, name) == value for name, value in columns.items()):
            continue
        elif row.revision != incoming.revision:
            conflicts.append(Conflict(incoming=incoming, stored=row))
        else:
            changed.append(_changed(row, columns, now))
    Answer.objects.bulk_create(fresh)
    Answer.objects.bulk_update(changed, ["status", "value", "note", "revision", "updated_at"])
    kept = {**stored, **{row.code: row for row in fresh}}
    clashing = {conflict.incoming.code for conflict in conflicts}
    revisions = {a.code: kept[a.code].revision if a.code in kept else 0 for a in answers}
    return Saved(
        revisions={code: r for code, r in revisions.items() if code not in clashing},
        conflicts=tuple(conflicts),
        at=now,
    )


def _read(response: Response, answers: Sequence[Incoming]) -> dict[str, dict[str, Any]]:
    instrument = response.edition.instrument()
    read: dict[str, dict[str, Any]] = {}
    errors: dict[str, BadAnswer] = {}
    for incoming in answers:
        try:
            read[incoming.code] = _columns(instrument.question.get(incoming.code), incoming)
        except BadAnswer as error:
            errors[incoming.code] = error
    if errors:
        raise BadAnswers(errors)
    return read


def _columns(question: Any, incoming: Incoming) -> dict[str, Any]:
    if question is None or question.profile:
        raise BadAnswer("unknown_question", question=incoming.code)
    if len(incoming.note) > NOTE_LIMIT:
        raise BadAnswer("note_too_long", question=incoming.code, longest=NOTE_LIMIT)
    if incoming.raw is None:
        return {"status": "", "value": None, "note": incoming.note}
    answer = read_answer(question, incoming.raw)
    value = list(answer.value) if isinstance(answer.value, tuple) else answer.value
    return {"status": answer.status, "value": value, "note": incoming.note}


def _changed(row: Answer, columns: Mapping[str, Any], now: datetime) -> Answer:
    for name, value in columns.items():
        setattr(row, name, value)
    row.revision += 1
    row.updated_at = now
    return row


@transaction.atomic
def mark_section(*, response: Response, section: str, completed: bool) -> None:
    """Remember whether the person called the section complete; raises AlreadySubmitted."""
    locked = open_response(response=response)
    SectionState.objects.update_or_create(
        response=locked, section=section, defaults={"completed": completed}
    )
