"""Store a judgement: the content with its hash, and the rows that aggregates read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assessment.instrument.groups import TOTAL
from assessment.method.result import TOO_FEW, GroupResult
from assessment.method.stored_result import result_to_json
from assessment.models import DimensionScore, Result, ResultCode
from assessment.models.results import compressed, hash_of_content

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from assessment.method import result as method
    from assessment.models import Round


def store_result(
    *,
    round: Round,
    kind: str,
    judged: method.Result,
    now: datetime,
    number: int | None = None,
) -> Result:
    """`number` counts agreed results. To be called in the transaction that makes it count."""
    content = result_to_json(judged)
    result = Result.objects.create(
        round=round,
        kind=kind,
        number=number,
        edition_id=round.edition_id,
        edition_hash=judged.edition_hash,
        method_version=judged.method,
        content_zlib=compressed(content),
        content_hash=hash_of_content(content),
        created_at=now,
    )
    DimensionScore.objects.bulk_create(_dimension_scores(result, judged))
    ResultCode.objects.bulk_create(_result_codes(result, judged))
    return result


def _result_codes(result: Result, judged: method.Result) -> Iterator[ResultCode]:
    """One row for each true rule, pattern and package that the result tells."""
    by_type = {
        ResultCode.Type.RULE: (code for code, holds in judged.rules.items() if holds),
        ResultCode.Type.PATTERN: (found.pattern for found in judged.patterns),
        ResultCode.Type.PACKAGE: (found.package for found in judged.packages),
    }
    for type_, codes in by_type.items():
        yield from (ResultCode(result=result, type=type_, code=code) for code in codes)


def _dimension_scores(result: Result, judged: method.Result) -> Iterator[DimensionScore]:
    """One row for each dimension of all together, and of each group of a round of several."""
    if judged.status != TOO_FEW:
        total = GroupResult(*TOTAL, judged.respondents, False, judged.dimensions)
        yield from _group_scores(result, total, judged)
    for group in judged.groups:
        if group.hidden or (group.sector, group.tier) != TOTAL:
            yield from _group_scores(result, group, judged)


def _group_scores(
    result: Result, group: method.GroupResult, judged: method.Result
) -> Iterator[DimensionScore]:
    for code in judged.dimensions:
        yield DimensionScore(
            result=result,
            dimension=code,
            sector=group.sector or "",
            tier=group.tier or "",
            n=group.n,
            hidden=group.hidden,
            **({} if group.hidden else _figures(group.dimensions[code])),
        )


def _figures(found: method.DimensionResult) -> dict[str, float | int | bool | str | None]:
    names = ("score", "low", "high", "level", "sufficient", "standing")
    return {
        **{name: getattr(found, name) for name in names},
        "direction": found.direction or "",
        "answered": found.questions_answered,
        "asked": found.questions_asked,
    }
