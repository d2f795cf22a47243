"""Read a file from outside in a process that may be ended: whatever it holds, it holds nobody up.

The bounds on size are asked before anything is unpacked; this one is on what they cannot see.
"""

from __future__ import annotations

import contextlib
import signal
from multiprocessing import get_context
from typing import TYPE_CHECKING

from assessment.interchange.refusal import Refused, refusal

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection

    from assessment.interchange.bank_file import BankFile
    from assessment.interchange.refusal import FileFault

    Reader = Callable[[bytes], BankFile]

MOST_SECONDS = 8
"""Of the processor. A bank of 10,000 questions takes half of it on a machine of 2020."""
MOST_WAITING = 20.0
"""Seconds by the clock, for a machine that has others to serve too."""
MOST_MEMORY = 2**30


def read_apart(
    reader: Reader, data: bytes, *, most_seconds: int = MOST_SECONDS, wait: float = MOST_WAITING
) -> BankFile:
    """What `reader` makes of `data`; raises Refused as it does, and where it takes too much."""
    # A forked child would inherit the server's threads, locks and database connections.
    spawn = get_context("spawn")
    ours, theirs = spawn.Pipe(duplex=False)
    child = spawn.Process(target=_read, args=(theirs, reader, data, most_seconds), daemon=True)
    child.start()
    theirs.close()
    try:
        if not ours.poll(wait):
            raise refusal("parsing_too_long")
        found: BankFile | tuple[FileFault, ...] = ours.recv()
    except EOFError as ended:
        raise refusal("parsing_too_long") from ended
    finally:
        child.kill()
        child.join()
        ours.close()
    if isinstance(found, tuple):
        raise Refused(found)
    return found


def _read(pipe: Connection, reader: Reader, data: bytes, most_seconds: int) -> None:
    """The child's whole life; a memory it may not have ends it too."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _bound(most_seconds)
    with contextlib.suppress(MemoryError):
        pipe.send(_found(reader, data))


def _found(reader: Reader, data: bytes) -> BankFile | tuple[FileFault, ...]:
    try:
        return reader(data)
    except Refused as refused:
        return refused.faults


def _bound(most_seconds: int) -> None:
    """Where the system has no such limits, the clock of the parent is the only one."""
    with contextlib.suppress(ImportError):
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (most_seconds, most_seconds))
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
