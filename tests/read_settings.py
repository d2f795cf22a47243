"""The settings as an environment makes them, read without touching those of the test run."""

from __future__ import annotations

import os
import runpy
from pathlib import Path
from typing import Any
from unittest import mock

FILE = Path(__file__).resolve().parent.parent / "assessment" / "settings.py"


def read_settings(folder: Path, **environment: str) -> dict[str, Any]:
    """`folder` is the data folder, unless the environment names another."""
    others = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("ARTICULA_") and name != "DATABASE_URL"
    }
    environment = others | {"ARTICULA_DATA": str(folder)} | environment
    with mock.patch.dict(os.environ, environment, clear=True):
        return runpy.run_path(str(FILE))
