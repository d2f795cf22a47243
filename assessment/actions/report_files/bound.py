"""Keep the stored PDFs below a size: what was used least recently goes first."""

from __future__ import annotations

from itertools import accumulate

from assessment.models import ReportFile


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
