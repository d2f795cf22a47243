"""Take advice of a result into the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from assessment.actions.plans.editor import record_changes
from assessment.actions.plans.lock import lock_plan, next_position
from assessment.method.advice import advice_references
from assessment.models import PlanChange, PlanLine

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from assessment.actions.plans.editor import PlanEditor
    from assessment.method.result import Result
    from assessment.models import Round


class NotAdvised(Exception):
    """The result gives no such advice; nothing was taken."""


@transaction.atomic
def take_advice(
    *,
    round: Round,
    result: Result,
    keys: Sequence[str],
    now: datetime,
    editor: PlanEditor | None = None,
) -> None:
    """Each that is not in the plan becomes its last line; one that was deleted is put back as it
    was. Taking twice is harmless. Raises NotAdvised, PlanFull.
    """
    locked = lock_plan(round=round)
    given = advice_references(round.edition.instrument(), result)
    try:
        wanted = {key: given[key] for key in keys}
    except KeyError as unknown:
        raise NotAdvised from unknown
    at = locked.moment(now)
    lines = {line.key: line for line in locked.plan_lines.all()}
    restored = [
        line for line in (lines[key] for key in wanted if key in lines) if put_back(line, at)
    ]
    new = [advice for key, advice in wanted.items() if key not in lines]
    position = next_position(round=locked, more=len(new)) if new else 0
    added = PlanLine.objects.bulk_create(
        PlanLine(
            round=locked,
            edition_id=locked.edition_id,
            position=position + place,
            changed_at=at,
            **advice._asdict(),
        )
        for place, advice in enumerate(new)
    )
    record_changes(lines=restored, act=PlanChange.Act.RESTORED, editor=editor, now=now)
    record_changes(lines=added, act=PlanChange.Act.ADDED, editor=editor, now=now)


def put_back(line: PlanLine, at: datetime) -> bool:
    """Whether it was deleted; else nothing changes."""
    if not line.is_deleted:
        return False
    line.deleted_at, line.changed_at, line.revision = None, at, line.revision + 1
    line.save(update_fields=["deleted_at", "changed_at", "revision"])
    return True
