"""What an action wrote into the history of a row."""

from __future__ import annotations

from typing import Any

from auditlog.models import LogEntry

from assessment.models.history import WORDS


def sentences_of(row: Any) -> list[str]:
    """The oldest first."""
    entries = LogEntry.objects.get_for_object(row).order_by("pk")
    found = [(entry.additional_data or {}).get(WORDS) for entry in entries]
    return [words for words in found if words]
