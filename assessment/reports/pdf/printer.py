"""The printing process: one child of this process that turns HTML into PDF, one page after another.

Why a process: a rendering is seconds of pure Python. In a thread it would hold the interpreter's
lock while others do their work, could not be stopped, and would leave WeasyPrint's memory behind
(docs/decisions/0010-a-process-that-prints.md). The child imports WeasyPrint once and keeps fonts
and style sheet, so that only its first PDF pays for them.

What crosses the pipe: the HTML as bytes one way; one byte of kind and the PDF, or the words of a
refusal, the other way. No object is unpickled, because the HTML holds text of respondents and the
library that lays it out is not trusted with more than its own process.

What ends the child: a rendering beyond its limits or a broken pipe (`stop` kills it, the next
rendering starts another), and the end of the process that started it.
"""

from __future__ import annotations

import importlib
import os
import signal
import threading
import time
from importlib.util import find_spec
from multiprocessing import connection, get_context, parent_process
from typing import TYPE_CHECKING, Any

from assessment.reports.pdf.render import PdfUnavailable, UnprintableText, pdf_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection

resource: Any = importlib.import_module("resource") if find_spec("resource") else None

PROCESSOR_LIMIT = 60
"""Seconds of processor time, whatever the clock says: the reference report takes about 2.5."""
MEMORY_LIMIT = 400
"""Megabytes beside the program's own text. An ordinary report takes 121, one with 50 notes of 5,000
letters 145, one with the longest notes that paper takes (100 lines beside every question) 310."""
SILENCE_LIMIT = 3600.0
"""Seconds on the clock, for a child that uses no processor time at all."""
LONGEST_END = 10.0
"""Seconds: who closed the pipe ends at once, and on a busy machine is seen to end later."""
PULSE = 0.5
"""Seconds between two looks at whether the rendering is still wanted."""
PRIORITY = 10
"""Of the printing process, as `nice` counts it: who answers or saves goes first."""


class PdfTooLong(Exception):
    """The rendering would take more processor time than it may: there is no PDF of this."""


class PdfTooLarge(Exception):
    """The rendering would take more memory than it may: there is no PDF of this."""


class PrinterDied(Exception):
    """The process ended while it printed, nobody knows why: another try may succeed."""


REFUSALS = (PdfUnavailable, UnprintableText, PdfTooLarge)
PDF_FOLLOWS = len(REFUSALS)
"""The first byte of a reply: the place of its refusal in `REFUSALS`, or this before a PDF."""


def no_pulse() -> None:
    """Nobody stops wanting what is printed."""


class Printer:
    """One rendering at a time, of one thread. Seconds of processor time and megabytes bound it."""

    def __init__(
        self, *, processor_limit: int = PROCESSOR_LIMIT, memory_limit: int = MEMORY_LIMIT
    ) -> None:
        self.limits = (processor_limit, memory_limit)
        self.silence_limit = SILENCE_LIMIT
        self.process: Any = None
        self.pipe: Connection | None = None

    def render(self, html: str, pulse: Callable[[], None] = no_pulse) -> bytes:
        """The PDF. Raises PdfTooLong, PrinterDied and each of `REFUSALS`.

        `pulse` is called again and again meanwhile; what it raises ends the rendering.
        """
        try:
            kind, content = _opened_reply(self._reply(html, pulse))
        except (OSError, EOFError) as gone:
            raise self._reason(gone) from gone
        except BaseException:
            self.stop()
            raise
        if kind is None:
            return content
        if kind is PdfTooLarge:
            self.stop()  # the memory that it still holds ends with it
        raise kind(content.decode())

    def stop(self) -> None:
        """Ends the process, whatever it does."""
        if self.process is not None:
            self.process.kill()
            self.process.join()
            self.process.close()
        if self.pipe is not None:
            self.pipe.close()
        self.process = self.pipe = None

    def _reply(self, html: str, pulse: Callable[[], None]) -> bytes:
        pulse()
        pipe = self._running_pipe()
        pipe.send_bytes(html.encode())
        latest = time.monotonic() + self.silence_limit
        while not pipe.poll(PULSE):
            pulse()
            if time.monotonic() > latest:
                raise TimeoutError
        return pipe.recv_bytes()

    def _reason(self, gone: OSError | EOFError) -> Exception:
        """Why there is no answer, by how the child ended; a silent one has not ended."""
        self.process.join(timeout=0 if isinstance(gone, TimeoutError) else LONGEST_END)
        ended_by = self.process.exitcode
        self.stop()
        return PdfTooLong() if ended_by in OUT_OF_TIME else PrinterDied()

    def _running_pipe(self) -> Connection:
        if self.pipe is None or not self.process.is_alive():
            self.stop()
            # A forked child would inherit the worker's threads, locks and database connections.
            spawn = get_context("spawn")
            self.pipe, theirs = spawn.Pipe()
            self.process = spawn.Process(target=work, args=(theirs, *self.limits), daemon=True)
            self.process.start()
            # Held open here, the child's end would hide from us that the child is gone.
            theirs.close()
        return self.pipe


OUT_OF_TIME = (None, -signal.SIGXCPU) if resource else (None,)
"""How a child ended that was stopped by a limit of time; None: it had not ended yet."""


def work(pipe: Connection, processor_limit: int, memory_limit: int) -> None:
    """The child's whole life: HTML in, a PDF or a refusal out, until the pipe is closed."""
    # Ctrl-C reaches the child too; the worker decides when it is over.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with_parent()
    lower_priority()
    limit_memory(memory_limit)
    while True:
        try:
            html = pipe.recv_bytes().decode()
        except EOFError:
            return
        limit_processor_time(processor_limit)
        pipe.send_bytes(reply_to(html))


def end_with_parent() -> None:
    """A parent that was killed cannot stop its child: the child itself notices, at any time."""
    if parent := parent_process():
        threading.Thread(target=exit_after, args=(parent.sentinel,), daemon=True).start()


def exit_after(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)


def lower_priority() -> None:
    if hasattr(os, "setpriority"):
        os.setpriority(os.PRIO_PROCESS, 0, PRIORITY)


def limit_memory(megabytes: int) -> None:
    if resource:
        set_limit(resource.RLIMIT_DATA, megabytes * 1024 * 1024)


def limit_processor_time(seconds: int) -> None:
    """From now on; the system ends the process that takes more."""
    if resource:
        used = resource.getrusage(resource.RUSAGE_SELF)
        set_limit(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime) + seconds + 1)


def set_limit(which: int, most: int) -> None:
    """Where the machine allows less than that, its own limit holds."""
    highest = resource.getrlimit(which)[1]
    allowed = most if highest == resource.RLIM_INFINITY else min(most, highest)
    resource.setrlimit(which, (allowed, highest))


def reply_to(html: str) -> bytes:
    """One byte of kind, then the PDF or the words of the refusal."""
    try:
        return bytes([PDF_FOLLOWS]) + pdf_of(html)
    except REFUSALS as refusal:
        return bytes([REFUSALS.index(type(refusal))]) + str(refusal).encode()
    except MemoryError:
        return bytes([REFUSALS.index(PdfTooLarge)])


def _opened_reply(answer: bytes) -> tuple[type[Exception] | None, bytes]:
    mark, content = answer[0], answer[1:]
    return (None if mark == PDF_FOLLOWS else REFUSALS[mark]), content
