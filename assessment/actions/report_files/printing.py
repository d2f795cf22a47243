"""Who prints a report file holds it: taken, held on to, and given back with what came of it.

Each is one statement that changes the row only while it is held by the one who calls: of two who
believe to hold it, one is right.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import F

from assessment.models import ReportFile

LEASE = timedelta(minutes=1)
"""So long a printing that says nothing is believed to go on."""
MOST_TRIES = 4
"""A file whose printings end without an outcome is refused after so many."""


class NotHeld(Exception):
    """The lease ended, or the file is gone: whoever printed it throws away what was printed."""


def claim_file(*, holder: str, now: datetime, **of: int) -> ReportFile | None:
    """A waiting file with what its report is made from; None where none waits.

    `of` is its `result`, the `edition` whose sample it is, or the `round` whose pack it is.
    """
    for key in ReportFile.objects.waiting().filter(**of).values_list("pk", flat=True):
        claimed = ReportFile.objects.waiting().filter(pk=key)
        held = {"holder": holder, "held_until": now + LEASE, "tries": F("tries") + 1}
        if claimed.update(state=ReportFile.State.PRINTING, **held):
            parts = ("round__edition", "round__scheme")
            names = [f"result__response__{part}" for part in parts]
            rows = ReportFile.objects.select_related("edition", "round__scheme__owner", *names)
            return rows.get(pk=key)
    return None


def hold_file(*, file: ReportFile, key: str, now: datetime) -> None:
    """Raises NotHeld. `key` is of what is being printed."""
    _change(file, key=key, held_until=now + LEASE)


def store_file(*, file: ReportFile, content: bytes, now: datetime) -> None:
    """Raises NotHeld."""
    ready = {"content": content, "size": len(content), "used_on": now.date()}
    _change(file, state=ReportFile.State.READY, **_SETTLED, **ready)


def refuse_file(*, file: ReportFile, problem: str) -> None:
    """It cannot be printed, and is not tried again of itself. Raises NotHeld."""
    _change(file, state=ReportFile.State.REFUSED, problem=problem, **_SETTLED)


def give_file_back(*, file: ReportFile) -> None:
    """Somebody else prints it, or the same one after a restart. Raises NotHeld."""
    _change(file, **_WAITING, tries=F("tries") - 1)


def give_up_try(*, file: ReportFile) -> None:
    """The printing ended without an outcome: once more, or never again. Raises NotHeld."""
    if file.tries < MOST_TRIES:
        _change(file, **_WAITING)
    else:
        refuse_file(file=file, problem=ReportFile.Problem.FAILED)


def take_back_lost_files(*, now: datetime) -> None:
    """What died while it printed lets its files go when their leases end."""
    lost = ReportFile.objects.filter(state=ReportFile.State.PRINTING, held_until__lt=now)
    refused = {"state": ReportFile.State.REFUSED, "problem": ReportFile.Problem.FAILED}
    lost.filter(tries__gte=MOST_TRIES).update(**refused, **_SETTLED)
    lost.filter(tries__lt=MOST_TRIES).update(**_WAITING)


_WAITING: dict[str, Any] = {
    "state": ReportFile.State.WAITING,
    "holder": "",
    "held_until": None,
    "queued_at": None,
}


_SETTLED: dict[str, Any] = {
    "holder": "",
    "held_until": None,
    "requested_at": None,
    "queued_at": None,
}


def _change(file: ReportFile, **values: Any) -> None:
    held = ReportFile.objects.filter(
        pk=file.pk, state=ReportFile.State.PRINTING, holder=file.holder
    )
    if not held.update(**values):
        raise NotHeld
