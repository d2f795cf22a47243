"""SQLite makes an empty file of a name that is misspelt: who only reads is told before."""

from __future__ import annotations

from pathlib import Path

from django.db import connection


def missing_database() -> str:
    """Where there is nothing to open, a sentence; PostgreSQL says so itself."""
    name = str(connection.settings_dict["NAME"])
    is_file = connection.vendor == "sqlite" and "mode=memory" not in name
    if not is_file or Path(name).exists():
        return ""
    return f"There is no database {name}: is its name right? python3 manage.py start makes one."
