"""Submit a response: who is alone is judged by it; among several it is what the round counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from assessment.actions.responses.lock import lock_open_response, refuse_unless_open
from assessment.actions.rounds.store_result import store_result
from assessment.method.assess import assess
from assessment.models import ReportFile, Response, Result

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from assessment.method import result as method


PRINTED_AT_ONCE = (ReportFile.Layer.BRIEF, ReportFile.Layer.ALL)
"""In the order of their printing: what everybody reads first is there first."""
TRIES = 3
"""So many judgements may be overtaken by a save before one is made under the lock."""


@dataclass(frozen=True, slots=True)
class JudgedResponse:
    """A result, not yet stored, beside everything it was worked out from.

    There is none where the round gives no results of single responses.
    """

    respondent: method.Respondent
    profile: Mapping[str, int | str]
    result: method.Result | None


class Incomplete(Exception):
    """Nothing is answered yet: there is nothing to judge."""


def submit_response(*, response: Response, now: datetime) -> Response:
    """End the response, with a result of its own where its round gives one.

    Who is alone closes the round by it, and her brief and report wait to be printed from then on.
    Raises Incomplete, AlreadySubmitted, RoundNotOpen.

    Judging takes longer than everything else here, and on SQLite a lock keeps every other writer
    waiting: the judgement is worked out first and stored only if what it judged still stands. Who
    is saved to without a pause is judged under the lock in the end.
    """
    for _ in range(TRIES):
        judged = judge_response(_opened(response, now))
        if (submitted := _store_if_unchanged(response, judged, now)) is not None:
            return submitted
    with transaction.atomic():
        locked = lock_open_response(response=response, now=now)
        return _end(locked, judge_response(locked), now)


def judge_response(response: Response) -> JudgedResponse:
    """What the method says of the response as it stands; raises Incomplete."""
    respondent, profile = response.respondent(), response.round.facts()
    if not respondent.answers:
        raise Incomplete
    if not response.round.gives_own_results:
        return JudgedResponse(respondent, profile, None)
    instrument = response.edition.instrument()
    found = assess(instrument=instrument, profile=profile, responses=[respondent], alone=True)
    return JudgedResponse(respondent, profile, found)


def _opened(response: Response, now: datetime) -> Response:
    """The response as it stands now, without a lock; raises AlreadySubmitted, RoundNotOpen."""
    found = Response.objects.select_related("round__edition", "round__scheme").get(pk=response.pk)
    refuse_unless_open(response=found, now=now)
    return found


@transaction.atomic
def _store_if_unchanged(
    response: Response, judged: JudgedResponse, now: datetime
) -> Response | None:
    locked = lock_open_response(response=response, now=now)
    if (locked.respondent(), locked.round.facts()) != (judged.respondent, judged.profile):
        return None
    return _end(locked, judged, now)


def _end(locked: Response, judged: JudgedResponse, now: datetime) -> Response:
    locked.submitted_at = locked.round.moment(now)
    if judged.result is not None:
        locked.result = store_result(
            round=locked.round,
            kind=Result.Kind.OWN,
            judged=judged.result,
            now=locked.submitted_at,
        )
        if locked.round.alone:  # among several no hour may stand anywhere
            ReportFile.objects.bulk_create(
                ReportFile(
                    result=locked.result,
                    language=locked.language,
                    layer=layer,
                    requested_at=now,
                )
                for layer in PRINTED_AT_ONCE
            )
    locked.save(update_fields=["result", "submitted_at"])
    if locked.round.alone:
        locked.round.close(locked.result, now)
    return locked
