"""English of the whole world: the day before the month, 24 hours; as in every file and report."""

from __future__ import annotations

DATE_FORMAT = "j F Y"
DATETIME_FORMAT = "j F Y, H:i"
