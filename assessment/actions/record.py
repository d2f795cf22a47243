"""Add one line to the record of who did what.

What stands there is for ever, so it holds keys and plain words of the program only: never an
answer, a note, a name or an address. What respondents do in a round of several stands nowhere: it
would join a person to her answers.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from django.utils import timezone

from assessment.models import RecordEntry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.contrib.auth.models import AnonymousUser, User
    from django.db import models

    Person = User | AnonymousUser | None

Detail = str | int | bool | None


def nobody() -> None:
    return None


_acting: ContextVar[Callable[[], Person]] = ContextVar("acting", default=nobody)


@contextmanager
def acting(person: Callable[[], Person]) -> Iterator[None]:
    """Within it acts are this person's: of a request, asked for only where one is recorded."""
    token = _acting.set(person)
    try:
        yield
    finally:
        _acting.reset(token)


def record(actor: Person, act: str, target: models.Model, **details: Detail) -> RecordEntry:
    """`act` is a word of `reports/record_wording.py: ACTS`; `actor` is None for the program."""
    return RecordEntry.objects.create(
        at=timezone.now(),
        actor=actor.pk if actor else None,
        act=act,
        details=details,
        **_key(target),
    )


def record_act(act: str, target: models.Model, **details: Detail) -> None:
    """The same by whoever is acting; by the program, where no person is."""
    record(_acting.get()(), act, target, **details)


def record_once_a_day(act: str, target: models.Model, **details: Detail) -> None:
    """The same once a day (UTC): a report has many pages."""
    actor = _acting.get()()
    midnight = datetime.combine(timezone.now().astimezone(UTC).date(), time(), UTC)
    rows = RecordEntry.objects.filter(act=act, at__gte=midnight, **_key(target))
    if not rows.filter(actor=actor.pk if actor else None, details=details).exists():
        record(actor, act, target, **details)


def _key(target: models.Model) -> dict[str, str]:
    return {
        "target_kind": str(target._meta.model_name),
        "target_key": str(getattr(target, "uuid", target.pk)),
    }
