"""A copy of the tree in which a fault can stand for the time of a few tests."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from contextlib import contextmanager
from importlib.util import cache_from_source
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

MADE = Path(".pytest_cache/migrated")
"""What `tests/migrated_once.py` and `tests/made_site.py` keep, because it takes long to make."""
LONGEST = 1800
"""Seconds; tests that run on for ever are ended, and show nothing."""
PASSED, FAILED = 0, 1
FIRST_FAILED = re.compile(r"^(?:FAILED|ERROR) (tests/.+?)(?: - |$)", re.MULTILINE)
# The tests run on a database of their own, and not as part of the run they are called from.
NOT_PASSED_ON = ("PYTEST_", "COV_", "COVERAGE_", "DATABASE_URL", "DJANGO_SETTINGS_MODULE")


class NothingShown(Exception):
    """The tests neither passed nor failed; carries what they printed."""


def copy_tree(source: Path, target: Path) -> None:
    """The tracked files as they stand in the working tree; raises NothingShown without git."""
    # A clone may belong to another user than the one who runs its tests.
    command = ("git", "-c", "safe.directory=*", "ls-files", "-z")
    try:
        listed = subprocess.run(command, cwd=source, check=True, capture_output=True, text=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise NothingShown("git does not list the files of this folder.") from error
    for name in filter(None, listed.stdout.split("\0")):
        if (source / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source / name, target / name)
    if (source / MADE).is_dir():
        shutil.copytree(source / MADE, target / MADE, dirs_exist_ok=True)


@contextmanager
def changed_file(file: Path, source: str) -> Iterator[None]:
    """The file with another source, and as it was again at the end."""
    before = file.read_text(encoding="utf-8")
    try:
        write_source(file, source)
        yield
    finally:
        write_source(file, before)


def write_source(file: Path, source: str) -> None:
    """Without its compiled form, which goes by seconds and size: both may be the same again."""
    file.write_text(source, encoding="utf-8")
    Path(cache_from_source(file)).unlink(missing_ok=True)


def first_failing_test(tree: Path, *tests: str) -> str:
    """The first test of these that fails, empty where all pass; raises NothingShown."""
    named = " ".join(tests)
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(NOT_PASSED_ON)
    }
    try:
        done = subprocess.run(
            (sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests),
            cwd=tree,
            env=environment,
            check=False,
            capture_output=True,
            text=True,
            timeout=LONGEST * len(tests),
        )
    except subprocess.TimeoutExpired as error:
        raise NothingShown(f"{named}: not ended after {LONGEST * len(tests)} s.") from error
    if done.returncode == PASSED:
        return ""
    found = FIRST_FAILED.search(done.stdout)
    if done.returncode != FAILED or found is None:
        raise NothingShown(f"{named}: {done.stdout[-2000:]}{done.stderr[-2000:]}")
    return found[1]
