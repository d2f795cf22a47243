"""Delete lines of a plan, put them back, and let them go for ever."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from assessment.actions.plans.editor import record_change
from assessment.actions.plans.lock import lock_line
from assessment.actions.plans.take import put_back
from assessment.models import PlanChange, PlanLine

if TYPE_CHECKING:
    from datetime import datetime

    from assessment.actions.plans.editor import PlanEditor
    from assessment.models import Round


@transaction.atomic
def delete_line(
    *, round: Round, line: UUID, now: datetime, editor: PlanEditor | None = None
) -> None:
    """It can be put back for PUT_BACK_FOR; raises PlanLine.DoesNotExist."""
    stored = lock_line(round=round, line=line)
    if not stored.is_deleted:
        at = round.moment(now)
        stored.deleted_at, stored.changed_at, stored.revision = at, at, stored.revision + 1
        stored.save(update_fields=["deleted_at", "changed_at", "revision"])
        record_change(line=stored, act=PlanChange.Act.DELETED, editor=editor, now=now)


@transaction.atomic
def restore_line(
    *, round: Round, line: UUID, now: datetime, editor: PlanEditor | None = None
) -> None:
    """As it was, in its place; raises PlanLine.DoesNotExist."""
    stored = lock_line(round=round, line=line)
    if put_back(stored, round.moment(now)):
        record_change(line=stored, act=PlanChange.Act.RESTORED, editor=editor, now=now)


def delete_old_lines(*, now: datetime) -> int:
    """How many went: those that nobody put back in time."""
    deleted, _each = PlanLine.objects.to_let_go(now).delete()
    return deleted
