"""Ask for the PDF of a result, or of a sample: its row says from then on that somebody waits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assessment.models import ReportFile

if TYPE_CHECKING:
    from datetime import datetime, time


def request_file(
    *,
    language: str,
    now: datetime,
    layer: str = ReportFile.Layer.ALL,
    begins: time | None = None,
    **of: int,
) -> bool:
    """Whether it has to be queued: not where it waits already or is being printed.

    `of` is its `result`, the `edition` whose sample it is, or the `round` whose pack it is, which
    is printed for a session that `begins` at this hour.

    What was printed or refused before goes: this is called where it is missing, out of date, or to
    be tried again.
    """
    waiting: dict[str, Any] = {
        "state": ReportFile.State.WAITING,
        "problem": "",
        "requested_at": now,
        "queued_at": now,
        "tries": 0,
        "key": "",
        "content": None,
        "size": 0,
        "used_on": None,
        "begins": begins,
    }
    asked = {f"{name}_id": key for name, key in of.items()} | {"language": language, "layer": layer}
    _file, created = ReportFile.objects.get_or_create(**asked, defaults=waiting)
    settled = [ReportFile.State.READY, ReportFile.State.REFUSED]
    rows = ReportFile.objects.filter(**asked, state__in=settled)
    return created or bool(rows.update(**waiting))


def note_use(*, file: ReportFile, now: datetime) -> None:
    """Keeps what is used from being deleted before what is not; at most one write a day."""
    if file.used_on != now.date():
        ReportFile.objects.filter(pk=file.pk, used_on__isnull=False).update(used_on=now.date())
