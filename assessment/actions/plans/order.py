"""Change the order of a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from assessment.actions.plans.lock import lock_line
from assessment.models import PlanLine

if TYPE_CHECKING:
    from assessment.models import Round

EARLIER, LATER = "earlier", "later"


@transaction.atomic
def move_line(*, round: Round, line: UUID, to: str) -> None:
    """One place EARLIER or LATER among those that are not deleted; at the end nothing changes.

    Raises PlanLine.DoesNotExist.
    """
    moved = lock_line(round=round, line=line)
    beside = moved.round.plan_lines.not_deleted()
    if to == EARLIER:
        other = beside.filter(position__lt=moved.position).last()
    else:
        other = beside.filter(position__gt=moved.position).first()
    if other is None:
        return
    moved.position, other.position = other.position, moved.position
    PlanLine.objects.bulk_update([moved, other], ["position"])
