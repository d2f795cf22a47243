"""A full disk as a process sees it, where no small file system can be mounted."""

from __future__ import annotations

import resource
import subprocess
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator


@contextmanager
def file_writes_refused(process_ids: Callable[[], Iterable[int]], **owner: Any) -> Iterator[None]:
    """These processes and what they start can write to no file; `owner` as for a subprocess."""
    usual, _ = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        for pid in process_ids():
            _limit_file_size(pid, 0, owner)
        yield
    finally:
        for pid in process_ids():
            _limit_file_size(pid, usual, owner)


def _limit_file_size(pid: int, size: int, owner: dict[str, Any]) -> None:
    """As their owner: not every root may limit the processes of others."""
    most = "unlimited" if size == resource.RLIM_INFINITY else size
    command = ("prlimit", f"--pid={pid}", f"--fsize={most}:")
    subprocess.run(command, check=False, capture_output=True, **owner)  # it may have ended by now
