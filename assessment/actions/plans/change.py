"""Change a line of a plan, or add one of one's own: the only code that writes its words."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from django.db import transaction

from assessment.actions.plans.lock import lock_line, lock_plan, next_position
from assessment.models import PlanLine

if TYPE_CHECKING:
    from datetime import date, datetime

    from assessment.models import Round


TEXT_LIMITS = {
    "what": 1_000,
    "who": 300,
    "partners": 400,
    "first_step": 1_000,
    "budget": 300,
    "no_budget": 500,
    "sign": 500,
}
"""By text of a line how many letters it may have."""


@dataclass(frozen=True, slots=True)
class LineValues:
    """What people fill in. None in one of PlanLine.WORDS leaves the words of the advice."""

    what: str | None = None
    who: str | None = None
    partners: str | None = None
    first_step: str | None = None
    due_date: date | None = None
    budget: str = ""
    no_budget: str = ""
    sign: str = ""
    subject: str = ""
    state: str = PlanLine.State.PLANNED

    @classmethod
    def of(cls, line: PlanLine) -> LineValues:
        return cls(**{name: getattr(line, name) for name in cls.__dataclass_fields__})


class LineConflict(Exception):
    """Somebody changed or deleted the line in between: it stands here, nothing was overwritten."""

    def __init__(self, stored: PlanLine) -> None:
        super().__init__(str(stored))
        self.stored = stored


@transaction.atomic
def change_line(
    *, round: Round, line: UUID, values: LineValues, revision: int, now: datetime
) -> PlanLine:
    """The line as it is now; `revision` is the one that was read before changing.

    What stands already as it was sent is no change. A deleted line is put back by changing it.
    Raises LineConflict, PlanLine.DoesNotExist.
    """
    stored = lock_line(round=round, line=line)
    if LineValues.of(stored) == values and not stored.is_deleted:
        return stored
    if stored.revision != revision:
        raise LineConflict(stored)
    for name, value in asdict(values).items():
        setattr(stored, name, value)
    stored.deleted_at = None
    stored.revision += 1
    stored.changed_at = round.moment(now)
    stored.save()
    return stored


@transaction.atomic
def add_line(*, round: Round, uuid: UUID, values: LineValues, now: datetime) -> PlanLine:
    """A line of one's own, at the end; the same sent again is the same line.

    From a form that was gone back to, other words are another line, once. Raises PlanFull.
    """
    locked = lock_plan(round=round)
    before = PlanLine.objects.filter(uuid=uuid).first()
    if before is not None and before.round_id == round.pk and LineValues.of(before) == values:
        return before
    if before is not None:
        return add_line(
            round=round, uuid=uuid5(uuid, f"{round.pk} {values}"), values=values, now=now
        )
    return PlanLine.objects.create(
        uuid=uuid,
        round=locked,
        origin=PlanLine.Origin.OWN,
        position=next_position(round=locked),
        changed_at=locked.moment(now),
        **asdict(values),
    )
