"""Submit a response: judge it once and keep the result for ever."""

from __future__ import annotations

import hashlib
import json
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


@transaction.atomic
def submit_response(*, response: Response, now: datetime) -> Result:
    """Judge the response and freeze its result; raises Incomplete, AlreadySubmitted."""
    locked = lock_open_response(response=response)
    respondent = locked.respondent()
    if not respondent.answers:
        raise Incomplete
    judged = assess(
        instrument=locked.edition.instrument(),
        profile=locked.scheme.profile(),
        responses=[respondent],
    )
    result = store_result(response=locked, judged=judged, now=now)
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
