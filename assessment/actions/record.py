"""Add one line to the record of who did what.

What stands there is for ever, so it holds keys and plain words of the program only: never an
answer, a note, a name or an address.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from assessment.models import RecordEntry

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User
    from django.db import models

Detail = str | int | bool | None


def record(
    actor: User | AnonymousUser | None, act: str, target: models.Model, **details: Detail
) -> RecordEntry:
    """`act` is a word of `reports/record_wording.py: ACTS`; `actor` is None for the program."""
    return RecordEntry.objects.create(
        at=timezone.now(),
        actor=actor.pk if actor else None,
        act=act,
        target_kind=str(target._meta.model_name),
        target_key=str(getattr(target, "uuid", target.pk)),
        details=details,
    )
