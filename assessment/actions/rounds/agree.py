"""Record what a round of several agreed on in its session, and judge it again with that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction

from assessment.actions.record import record_act
from assessment.actions.rounds.close import judge_round, round_input
from assessment.actions.rounds.store_result import store_result
from assessment.instrument.answers import BadAnswer
from assessment.method.parse_input import answerable_question, read_agreed
from assessment.models import AgreedAnswer, Result, Round

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from assessment.instrument.model import Instrument


class RoundNotClosed(Exception):
    """What was answered apart is final only once the round of several is closed."""


class AnswersErased(Exception):
    """A result with fewer answers beside the one before would tell what was erased."""


class BadAgreement(Exception):
    """Agreed answers that cannot be stored, by question code; nothing was saved."""

    def __init__(self, errors: Mapping[str, BadAnswer]) -> None:
        self.errors = errors
        super().__init__(", ".join(errors))


@dataclass(frozen=True, slots=True)
class SessionOutcome:
    """What the session came to at one question; `raw` None: no agreement, `reason` says why."""

    code: str
    raw: Any
    reason: str = ""


@transaction.atomic
def agree_answers(*, round: Round, answers: Sequence[SessionOutcome], now: datetime) -> Result:
    """The next agreed result, which is the one that counts from now on.

    Earlier agreed answers stand unless they are among `answers`. Raises RoundNotClosed,
    AnswersErased, BadAgreement.
    """
    rows = Round.objects.select_related("edition").select_for_update(of=("self",))
    locked = rows.get(pk=round.pk)
    if locked.alone or not locked.is_closed:
        raise RoundNotClosed
    if locked.answers_erased:
        raise AnswersErased
    inputs = round_input(locked)
    _store_answers(locked, answers)
    agreed = locked.agreed_answers.filter(status=AgreedAnswer.Status.AGREED)
    judged = judge_round(locked, inputs, {row.code: row.to_method_answer() for row in agreed})
    number = locked.results.filter(kind=Result.Kind.AGREED).count() + 1
    result = store_result(
        round=locked, kind=Result.Kind.AGREED, judged=judged, now=now, number=number
    )
    locked.result = result
    locked.save(update_fields=["result"])
    record_act("answers_agreed", locked, number=len(answers))
    return result


def store_agreement(locked: Round, answer: SessionOutcome) -> AgreedAnswer:
    """One agreed answer, without a result yet; to be called on a locked round.

    Raises BadAgreement.
    """
    return _store_answers(locked, [answer])[0]


def _store_answers(locked: Round, answers: Sequence[SessionOutcome]) -> list[AgreedAnswer]:
    values = _read(locked.edition.instrument(), answers)
    stored = {row.code: row for row in locked.agreed_answers.all()}
    rows = []
    for one in answers:
        row = stored.get(one.code) or AgreedAnswer(round=locked, code=one.code, revision=0)
        agreed = one.raw is not None
        row.status = AgreedAnswer.Status.AGREED if agreed else AgreedAnswer.Status.NOT_AGREED
        row.value, row.reason = values[one.code], one.reason
        row.revision += 1
        row.save()
        rows.append(row)
    return rows


def _read(instrument: Instrument, answers: Sequence[SessionOutcome]) -> dict[str, Any]:
    """By question the value as it is stored; None where nothing was agreed on."""
    values: dict[str, Any] = {}
    errors: dict[str, BadAnswer] = {}
    for one in answers:
        try:
            values[one.code] = _value(instrument, one)
        except BadAnswer as error:
            errors[one.code] = error
    if errors:
        raise BadAgreement(errors)
    return values


def _value(instrument: Instrument, one: SessionOutcome) -> Any:
    if one.raw is None:
        answerable_question(instrument, one.code)
        return None
    value = read_agreed(instrument, {one.code: one.raw})[one.code].value
    return list(value) if isinstance(value, tuple) else value
