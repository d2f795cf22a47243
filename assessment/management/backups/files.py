"""Backup files: what may be read as one, and how a new one comes into being whole."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.management.base import CommandError

BEGINNINGS = {b"SQLite format 3\0": "SQLite", b"PGDMP": "PostgreSQL"}
LONGEST_BEGINNING = 16


class Refused(CommandError):
    pass


def refuse_other_files(file: Path, kind: str) -> None:
    """Anything but a readable file that begins as one of this kind of database does."""
    if not file.exists():
        raise Refused(f"{file} does not exist.")
    if not file.is_file():
        raise Refused(f"{file} is no file.")
    found = kind_of(file)
    if not found:
        raise Refused(f"{file} is no backup of a database.")
    if found != kind:
        raise Refused(f"{file} is of {found}, and the site's database is {kind}.")


def kind_of(file: Path) -> str:
    """The program whose database it is by its first bytes; empty for all else."""
    try:
        with file.open("rb") as opened:
            beginning = opened.read(LONGEST_BEGINNING)
    except OSError as error:
        raise Refused(f"{file} cannot be read ({error.strerror}).") from error
    if not beginning:
        raise Refused(f"{file} is empty.")
    return next((kind for known, kind in BEGINNINGS.items() if beginning.startswith(known)), "")


@contextmanager
def new_file(target: Path) -> Iterator[Path]:
    """A draft beside it, for its owner alone, which becomes the file when the block ends well.

    A file that is there already stays as it is.
    """
    refuse_existing(target)
    with draft_beside(target) as draft:
        yield draft
        write_through(draft)
        place(draft, target)


@contextmanager
def draft_beside(target: Path) -> Iterator[Path]:
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name}-", dir=target.parent)
    except OSError as error:
        raise Refused(
            f"The folder {target.parent} cannot be written ({error.strerror})."
        ) from error
    os.close(handle)
    try:
        yield Path(name)
    finally:
        Path(name).unlink(missing_ok=True)


def place(draft: Path, target: Path) -> None:
    """A link is refused where the name is taken; some file systems have none."""
    try:
        os.link(draft, target)
    except OSError:
        refuse_existing(target)
        draft.replace(target)
    write_through(target.parent)


def refuse_existing(target: Path) -> None:
    if target.exists():
        raise Refused(f"{target} is there already: choose another name.")


def write_through(path: Path) -> None:
    """Until the disk has it; of folders not every system can say so."""
    is_folder = path.is_dir()
    with contextlib.suppress(OSError) if is_folder else contextlib.nullcontext():
        handle = os.open(path, os.O_RDONLY if is_folder else os.O_RDWR)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
