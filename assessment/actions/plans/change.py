"""Change a line of a plan, or add one of one's own: the only code that writes its words."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from django.db import transaction

from assessment.actions.plans.editor import record_change
from assessment.actions.plans.lock import lock_line, lock_plan, next_position
from assessment.actions.plans.values import LineValues, differing
from assessment.models import PlanChange, PlanLine, PlanShare

if TYPE_CHECKING:
    from datetime import datetime

    from assessment.actions.plans.editor import PlanEditor
    from assessment.actions.plans.values import ShareValues
    from assessment.models import Round


class LineConflict(Exception):
    """Somebody changed or deleted the line in between: it stands here, nothing was overwritten."""

    def __init__(self, stored: PlanLine) -> None:
        super().__init__(str(stored))
        self.stored = stored


@transaction.atomic
def change_line(
    *,
    round: Round,
    line: UUID,
    values: LineValues,
    revision: int,
    now: datetime,
    editor: PlanEditor | None = None,
) -> PlanLine:
    """The line as it is now; `revision` is the one that was read before changing.

    What stands already as it was sent is no change. A deleted line is put back by changing it.
    Raises LineConflict, PlanLine.DoesNotExist.
    """
    stored = lock_line(round=round, line=line)
    before = LineValues.of(stored)
    if before == values and not stored.is_deleted:
        return stored
    if stored.revision != revision:
        raise LineConflict(stored)
    for name, value in values.of_the_line().items():
        setattr(stored, name, value)
    stored.deleted_at = None
    stored.revision += 1
    stored.changed_at = round.moment(now)
    stored.save()
    _write_shares(stored, values.shares, editor)
    record_change(
        line=stored,
        act=PlanChange.Act.CHANGED,
        editor=editor,
        now=now,
        fields=differing(before, values),
    )
    return stored


@transaction.atomic
def add_line(
    *,
    round: Round,
    uuid: UUID,
    values: LineValues,
    now: datetime,
    editor: PlanEditor | None = None,
) -> PlanLine:
    """A line of one's own, at the end; the same sent again is the same line.

    From a form that was gone back to, other words are another line, once. Raises PlanFull.
    """
    locked = lock_plan(round=round)
    before = PlanLine.objects.filter(uuid=uuid).first()
    if before is not None and before.round_id == round.pk and LineValues.of(before) == values:
        return before
    if before is not None:
        uuid = uuid5(uuid, f"{round.pk} {values}")
        return add_line(round=round, uuid=uuid, values=values, now=now, editor=editor)
    made = PlanLine.objects.create(
        uuid=uuid,
        round=locked,
        origin=PlanLine.Origin.OWN,
        position=next_position(round=locked),
        changed_at=locked.moment(now),
        **values.of_the_line(),
    )
    _write_shares(made, values.shares, editor)
    record_change(
        line=made,
        act=PlanChange.Act.ADDED,
        editor=editor,
        now=now,
        fields=differing(LineValues(), values),
    )
    return made


def _write_shares(
    line: PlanLine, shares: tuple[ShareValues, ...], editor: PlanEditor | None
) -> None:
    """Where the address is another one, its owner was not reminded yet."""
    line.shares.exclude(sector__in=[share.sector for share in shares]).delete()
    for share in shares:
        others = line.shares.filter(sector=share.sector).exclude(email=share.email)
        others.update(reminded_of=None, reminded_late_of=None)
        where = {"origin": editor.origin, "language": editor.language} if editor else {}
        PlanShare.objects.update_or_create(
            line=line, sector=share.sector, defaults={**asdict(share), **where}
        )
