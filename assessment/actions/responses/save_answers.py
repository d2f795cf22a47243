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
from typing import TYPE_CHECKING

from django.db import transaction

from assessment.actions.clean_text import clean_note
from assessment.actions.responses.lock import lock_if_open
from assessment.instrument.answers import BadAnswer
from assessment.instrument.kinds.registry import read_answer
from assessment.models import Answer
from assessment.models.prepared_queries import answers_of
from assessment.models.responses import AnswerRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from assessment.instrument import answers as values
    from assessment.instrument.model import Instrument, Question
    from assessment.models import Response

CHANGING = ("status", "value", "note", "revision", "updated_at")


@dataclass(frozen=True, slots=True)
class SubmittedAnswer:
    """What a person sent for one question, read and cleaned; `answer` None leaves it open.

    `revision` is the one the page showed, 0 where it showed no answer.
    """

    code: str
    answer: values.Answer | None
    note: str = ""
    revision: int = 0


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


def read_submitted(
    *, instrument: Instrument, answers: Mapping[str, object], notes: Mapping[str, str]
) -> list[SubmittedAnswer]:
    """Answers and notes by question code that come without a form, read as a form reads them.

    Raises BadAnswer, BadText.
    """
    return [
        SubmittedAnswer(
            code=code,
            answer=None if raw is None else read_answer(_question(instrument, code), raw),
            note=clean_note(notes.get(code, "")),
        )
        for code, raw in answers.items()
    ]


def _question(instrument: Instrument, code: str) -> Question:
    question = instrument.question.get(code)
    if question is None or question.profile:
        raise BadAnswer("unknown_question", question=code)
    return question


@transaction.atomic
def save_answers(
    *, response: Response, answers: Sequence[SubmittedAnswer], now: datetime
) -> SaveOutcome:
    """Save what is new; what somebody else changed meanwhile comes back as a conflict.

    The values were read where they entered. Raises AlreadySubmitted, RoundNotOpen, and BadAnswers,
    before anything is written, where this response is not asked one of the questions.
    """
    lock_if_open(response=response, now=now)
    sent = {incoming.code: incoming for incoming in answers}
    _refuse_unasked(response, sent)
    wanted = {c: AnswerRow.of(c, one.answer, note=one.note) for c, one in sent.items()}
    rows = answers_of(response)
    new = [code for code, row in wanted.items() if _differs(rows.get(code), row)]
    clashing = [c for c in new if c in rows and rows[c].revision != sent[c].revision]
    at = response.round.moment(now)
    rows |= _write(response, rows, {c: wanted[c] for c in new if c not in clashing}, at)
    return SaveOutcome(
        revisions={c: rows[c].revision if c in rows else 0 for c in wanted if c not in clashing},
        rows=rows,
        conflicts=tuple(AnswerConflict(incoming=sent[c], stored=rows[c]) for c in clashing),
        at=now,
    )


def _refuse_unasked(response: Response, codes: Iterable[str]) -> None:
    instrument = response.edition.instrument()
    tier, sector = response.routed_as
    errors: dict[str, BadAnswer] = {}
    for code in codes:
        try:
            if not _question(instrument, code).routed_to(tier, sector):
                errors[code] = BadAnswer("not_routed", question=code)
        except BadAnswer as error:
            errors[code] = error
    if errors:
        raise BadAnswers(errors)


def _differs(stored: AnswerRow | None, wanted: AnswerRow) -> bool:
    if stored is None:
        return bool(wanted.status or wanted.note)
    return stored != wanted._replace(revision=stored.revision)


def _write(
    response: Response,
    rows: Mapping[str, AnswerRow],
    wanted: Mapping[str, AnswerRow],
    now: datetime,
) -> dict[str, AnswerRow]:
    """The rows that were made or changed, by question code; one statement for all of them."""
    written = {
        code: row._replace(revision=_revision(rows.get(code)) + 1) for code, row in wanted.items()
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
