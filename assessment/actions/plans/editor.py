"""Who changes the plan of a round of several: each change of it is recorded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assessment.models import PlanChange

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from django.contrib.auth.models import User

    from assessment.models import PlanLine


@dataclass(frozen=True, slots=True)
class PlanEditor:
    """`origin` is the public address of the site, `language` that of the page: in these an owner
    is reminded. Who answers alone changes her plan without one, and nothing of it is recorded.
    """

    account: User
    origin: str
    language: str


def record_change(
    *,
    line: PlanLine,
    act: PlanChange.Act,
    editor: PlanEditor | None,
    now: datetime,
    fields: Mapping[str, Any] | None = None,
) -> None:
    """`fields` has by its name what a field was before and is after."""
    record_changes(lines=[line], act=act, editor=editor, now=now, fields=fields)


def record_changes(
    *,
    lines: Iterable[PlanLine],
    act: PlanChange.Act,
    editor: PlanEditor | None,
    now: datetime,
    fields: Mapping[str, Any] | None = None,
) -> None:
    """The same of several lines at once."""
    if editor is None:
        return
    PlanChange.objects.bulk_create(
        PlanChange(line=line, act=act, account=editor.account, at=now, fields=fields or {})
        for line in lines
    )
