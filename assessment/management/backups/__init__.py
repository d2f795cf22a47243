"""Backup and restore of the whole database, by the program that holds it."""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType
from typing import Any

from assessment.environment import SQLITE
from assessment.management.backups import postgresql, sqlite


def engine_of(database: Mapping[str, Any]) -> ModuleType:
    """Each has `back_up`, `check` and `restore`."""
    return sqlite if database["ENGINE"] == SQLITE else postgresql
