"""Which questions the commands use: the published edition, or the seeds where there is none."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.db import Error, connection

from assessment.instrument.seeds import read_seeds
from assessment.models.editions import Edition

if TYPE_CHECKING:
    from assessment.instrument.model import Instrument


def current_instrument() -> Instrument:
    """The latest published edition; on a fresh clone, without a database, the seeds themselves."""
    if not database_exists():
        return read_seeds()
    try:
        edition = Edition.objects.current()
        return edition.instrument() if edition else read_seeds()
    except Error:
        return read_seeds()


def database_exists() -> bool:
    """Asking SQLite for a database that is not there would make an empty one."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor != "sqlite" or name.startswith(("file:", ":memory:")):
        return True
    return Path(name).exists()
