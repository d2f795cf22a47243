"""Every change of a plan begins by locking its round, so that two never give out one place."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Max

from assessment.models import PlanLine, Round

MOST_LINES = 200
"""Deleted ones count until they are gone: the table of a plan is bounded."""


class PlanFull(Exception):
    """The plan holds MOST_LINES lines."""


def lock_plan(*, round: Round) -> Round:
    """Nobody else changes the plan until the transaction ends."""
    return Round.objects.select_for_update().get(pk=round.pk)


def lock_line(*, round: Round, line: UUID) -> PlanLine:
    """Raises PlanLine.DoesNotExist."""
    return lock_plan(round=round).plan_lines.get(uuid=line)


def next_position(*, round: Round, more: int = 1) -> int:
    """Of a locked plan that takes `more` lines; raises PlanFull."""
    if round.plan_lines.count() + more > MOST_LINES:
        raise PlanFull
    last = round.plan_lines.aggregate(last=Max("position"))["last"]
    return int(last or 0) + 1
