"""How days and times are written where Django's own ways would differ from those of the report."""

from __future__ import annotations
