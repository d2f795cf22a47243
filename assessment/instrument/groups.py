"""Who answers in a round: cells, and the groups they add up to. The sector always comes first."""

from __future__ import annotations

Cell = tuple[str, str]
"""A sector and a tier."""

Group = tuple[str | None, str | None]
"""Sector and tier; None stands for all of them, so that a cell is a group too."""

TOTAL: Group = (None, None)
