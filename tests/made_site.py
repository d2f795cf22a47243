"""A site as its first start leaves it, made once and copied: tables, the published bank,
styles and catalogues. To make it takes longer than most of what is asked of it.

It is made anew when one of the files that it is made from is another.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from unittest import mock

from tests.migrated_once import FOLDER, bring_tables, key, one_at_a_time
from tools.server import DATABASE, Server, bring_files

MADE_FROM = ("assessment/**/*.py", "assessment/**/*.po", "seeds/**/*.toml", "static/**/*")
# Each site has a secret of its own.
NOT_COPIED = ("secret_key", "lock")


def made_site() -> Path:
    """The data folder of a site that was started and stopped."""
    folder = FOLDER / f"site-{key(*MADE_FROM)}"
    with one_at_a_time("site"):
        if not folder.exists():
            for outdated in FOLDER.glob("site-*"):
                shutil.rmtree(outdated)
            with tempfile.TemporaryDirectory(dir=FOLDER) as temporary:
                make(Path(temporary)).rename(folder)
    return folder


def make(temporary: Path) -> Path:
    data = temporary / "data"
    data.mkdir()
    bring_files(data)
    bring_tables(data / DATABASE)
    own = {"ARTICULA_DATA": str(data), "ARTICULA_ENV": "local", "ARTICULA_NO_VENV": "1"}
    with mock.patch.dict(os.environ, own | {"DATABASE_URL": ""}):
        server = Server(temporary)
        server.start()
        server.stop()
    for name in NOT_COPIED:
        (data / name).unlink(missing_ok=True)
    return data
