"""Keep stored PDFs below a size, packs for a day: what was used least recently goes first."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from assessment.models import ReportFile

if TYPE_CHECKING:
    from datetime import date


def delete_least_used_files(*, most_bytes: int) -> int:
    """How many were deleted; each is printed again for who asks for it."""
    excess = ReportFile.objects.bytes_stored() - most_bytes
    if excess <= 0:
        return 0
    stored = ReportFile.objects.filter(state=ReportFile.State.READY).order_by("used_on", "pk")
    keys, sizes = zip(*stored.values_list("pk", "size"), strict=True)
    freed = accumulate(sizes, initial=0)
    oldest = [key for key, before in zip(keys, freed, strict=False) if before < excess]
    deleted, _each = ReportFile.objects.filter(pk__in=oldest).delete()
    return deleted


def delete_old_packs(*, today: date) -> int:
    """How many went: people stand in them by name, also those whose place was ended since."""
    return ReportFile.objects.filter(round__isnull=False, used_on__lt=today).delete()[0]
