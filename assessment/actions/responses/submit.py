"""Submit a response: judge it once and keep the result for ever."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from assessment.method.assess import assess
from assessment.method.stored_result import result_to_json
from assessment.models import DimensionScore, Response, Result
from assessment.models.prepared_queries import locked_result

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from assessment.method import result as method


TRIES = 3
"""So many judgements may be overtaken by a save before one is made under the lock."""


@dataclass(frozen=True, slots=True)
class JudgedResponse:
    """A result, not yet stored, beside everything it was worked out from."""

    respondent: method.Respondent
    profile: Mapping[str, int | str]
    result: method.Result


class Incomplete(Exception):
    """Nothing is answered yet: there is nothing to judge."""


class AlreadySubmitted(Exception):
    """The response was submitted before; its result stands."""


def lock_open_response(*, response: Response) -> Response:
    """The response locked for a change, with edition and scheme; raises AlreadySubmitted."""
    rows = Response.objects.select_related("edition", "scheme")
    locked = rows.select_for_update(of=("self",)).get(pk=response.pk)
    if locked.is_submitted:
        raise AlreadySubmitted
    return locked


def lock_if_open(*, response: Response) -> None:
    """The response locked for a change of its answers; raises AlreadySubmitted."""
    if locked_result(response) is not None:
        raise AlreadySubmitted


def submit_response(*, response: Response, now: datetime) -> Result:
    """Judge the response and freeze its result; raises Incomplete, AlreadySubmitted.

    Judging takes longer than everything else here, and on SQLite a lock keeps every other writer
    waiting: the judgement is worked out first and stored only if what it judged still stands. Who
    is saved to without a pause is judged under the lock in the end.
    """
    for _ in range(TRIES):
        judged = judge_response(_opened(response))
        if (result := _store_if_unchanged(response, judged, now)) is not None:
            return result
    with transaction.atomic():
        locked = lock_open_response(response=response)
        return _close(locked, judge_response(locked), now)


def judge_response(response: Response) -> JudgedResponse:
    """What the method says of the response as it stands; raises Incomplete."""
    respondent, profile = response.respondent(), response.scheme.profile()
    if not respondent.answers:
        raise Incomplete
    instrument = response.edition.instrument()
    found = assess(instrument=instrument, profile=profile, responses=[respondent], alone=True)
    return JudgedResponse(respondent, profile, found)


def _opened(response: Response) -> Response:
    """The response as it stands now, without a lock; raises AlreadySubmitted."""
    found = Response.objects.select_related("edition", "scheme").get(pk=response.pk)
    if found.is_submitted:
        raise AlreadySubmitted
    return found


@transaction.atomic
def _store_if_unchanged(response: Response, judged: JudgedResponse, now: datetime) -> Result | None:
    locked = lock_open_response(response=response)
    if (locked.respondent(), locked.scheme.profile()) != (judged.respondent, judged.profile):
        return None
    return _close(locked, judged, now)


def _close(locked: Response, judged: JudgedResponse, now: datetime) -> Result:
    result = store_result(response=locked, judged=judged.result, now=now)
    locked.result = result
    locked.submitted_at = now
    locked.save(update_fields=["result", "submitted_at"])
    return result


def store_result(*, response: Response, judged: method.Result, now: datetime) -> Result:
    content = result_to_json(judged)
    result = Result.objects.create(
        edition=response.edition,
        edition_hash=judged.edition_hash,
        method_version=judged.method,
        content=content,
        content_hash=hash_of_content(content),
        created_at=now,
    )
    DimensionScore.objects.bulk_create(
        DimensionScore(
            result=result,
            dimension=code,
            score=dimension.score,
            low=dimension.low,
            high=dimension.high,
            level=dimension.level,
            sufficient=dimension.sufficient,
        )
        for code, dimension in judged.dimensions.items()
    )
    return result


def hash_of_content(content: Mapping[str, object]) -> str:
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
