"""Save answers: the only code that writes them, and what a revision is.

Several tabs, devices and people write to one response. None may overwrite silently what another
wrote, and an old page that is sent late must not bring back what it once showed.

- Every stored answer has a **revision**: 1 when it is first written, one more with each change.
- A page carries for each question a **token**, `3.9f86d081`: the revision it shows, 0 where there
  is no answer, and a **fingerprint** of value and note as it shows them. Both are made in
  `web/questionnaire/forms.py` (`revision_token`, `fingerprint`).
- When the page comes back, `PageForm.incoming` leaves out every answer whose fingerprint is still
  that of the token: the person did not touch it, whatever is stored by now.
- What is left comes here with the revision of the token. The response is locked, so that nothing
  can be written between reading and writing. Then, for each answer:
  stored as it was sent → nothing to do (sending twice is harmless);
  stored under the same revision → written, revision + 1;
  stored under another revision → a conflict: nothing is written, and the page shows both.
- The new revisions go back to the page, which needs them to send again.

Reopening a response copies its answers with their revisions.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction

from assessment.actions.responses.lock import lock_if_open
from assessment.instrument.answers import NOTE_LIMIT, BadAnswer
from assessment.instrument.kinds.registry import read_answer
from assessment.models import Answer, SectionState
from assessment.models.prepared_queries import answers_of
from assessment.models.responses import AnswerRow

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from assessment.instrument.model import Question
    from assessment.models import Response

CHANGING = ("status", "value", "note", "revision", "updated_at")

AnswerColumns = dict[str, Any]


@dataclass(frozen=True, slots=True)
class SubmittedAnswer:
    """What a person sent for one question; `raw` None leaves it open.

    `revision` is the one the page showed, 0 where it showed no answer.
    """

    code: str
    raw: Any
    note: str
    revision: int


@dataclass(frozen=True, slots=True)
class AnswerConflict:
    """Somebody saved another answer in between: both stand here, nothing was overwritten."""

    incoming: SubmittedAnswer
    stored: AnswerRow


@dataclass(frozen=True, slots=True)
class SaveOutcome:
    """`revisions` by question code, of the answers that are now as the person sent them.

    `rows` are all stored answers of the response.
    """

    revisions: Mapping[str, int]
    rows: Mapping[str, AnswerRow]
    conflicts: tuple[AnswerConflict, ...]
    at: datetime


class BadAnswers(Exception):
    """Answers that cannot be stored, by question code; nothing was saved."""

    def __init__(self, errors: Mapping[str, BadAnswer]) -> None:
        self.errors = errors
        super().__init__(", ".join(errors))


@transaction.atomic
def save_answers(
    *,
    response: Response,
    answers: Sequence[SubmittedAnswer],
    now: datetime,
    completed: Mapping[str, bool] | None = None,
) -> SaveOutcome:
    """Save what is new; what somebody else changed meanwhile comes back as a conflict.

    `completed` holds by subject whether the person called it complete, saved with the answers or
    not at all. Raises AlreadySubmitted, RoundNotOpen, and BadAnswers before anything is written.
    """
    lock_if_open(response=response)
    sent = {incoming.code: incoming for incoming in answers}
    wanted = _read(response, sent)
    rows = answers_of(response)
    new = [code for code, columns in wanted.items() if _differs(rows.get(code), columns)]
    clashing = [c for c in new if c in rows and rows[c].revision != sent[c].revision]
    at = response.round.moment(now)
    rows |= _write(response, rows, {c: wanted[c] for c in new if c not in clashing}, at)
    if completed:
        _mark_subjects(response, completed)
    return SaveOutcome(
        revisions={c: rows[c].revision if c in rows else 0 for c in wanted if c not in clashing},
        rows=rows,
        conflicts=tuple(AnswerConflict(incoming=sent[c], stored=rows[c]) for c in clashing),
        at=now,
    )


def _read(response: Response, sent: Mapping[str, SubmittedAnswer]) -> dict[str, AnswerColumns]:
    instrument = response.edition.instrument()
    read: dict[str, AnswerColumns] = {}
    errors: dict[str, BadAnswer] = {}
    for code, incoming in sent.items():
        try:
            read[code] = _columns(response, instrument.question.get(code), incoming)
        except BadAnswer as error:
            errors[code] = error
    if errors:
        raise BadAnswers(errors)
    return read


def _columns(
    response: Response, question: Question | None, incoming: SubmittedAnswer
) -> AnswerColumns:
    if question is None or question.profile:
        raise BadAnswer("unknown_question", question=incoming.code)
    if not question.routed_to(response.tier or None, response.sector or None):
        raise BadAnswer("not_routed", question=incoming.code)
    if len(incoming.note) > NOTE_LIMIT:
        raise BadAnswer("note_too_long", question=incoming.code, longest=NOTE_LIMIT)
    if incoming.raw is None:
        return {"status": "", "value": None, "note": incoming.note}
    answer = read_answer(question, incoming.raw)
    value = list(answer.value) if isinstance(answer.value, tuple) else answer.value
    return {"status": answer.status, "value": value, "note": incoming.note}


def _differs(row: AnswerRow | None, columns: AnswerColumns) -> bool:
    if row is None:
        return bool(columns["status"] or columns["note"])
    return any(getattr(row, name) != value for name, value in columns.items())


def _write(
    response: Response,
    rows: Mapping[str, AnswerRow],
    wanted: Mapping[str, AnswerColumns],
    now: datetime,
) -> dict[str, AnswerRow]:
    """The rows that were made or changed, by question code; one statement for all of them."""
    written = {
        code: AnswerRow(code=code, revision=_revision(rows.get(code)) + 1, **columns)
        for code, columns in wanted.items()
    }
    Answer.objects.bulk_create(
        [Answer(response=response, updated_at=now, **row._asdict()) for row in written.values()],
        update_conflicts=True,
        unique_fields=["response", "code"],
        update_fields=CHANGING,
    )
    return written


def _revision(row: AnswerRow | None) -> int:
    return row.revision if row else 0


def _mark_subjects(response: Response, completed: Mapping[str, bool]) -> None:
    SectionState.objects.bulk_create(
        [
            SectionState(response=response, section=section, completed=done)
            for section, done in completed.items()
        ],
        update_conflicts=True,
        unique_fields=["response", "section"],
        update_fields=["completed"],
    )
