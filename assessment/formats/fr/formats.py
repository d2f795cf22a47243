"""French says “à” between a day and its hour."""

from __future__ import annotations

DATETIME_FORMAT = "j F Y à H:i"
