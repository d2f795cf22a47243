"""The printing process: one child of this process that turns HTML into PDF, one page after another.

Why a process: a rendering is seconds of pure Python. In a thread it would hold the interpreter's
lock while others answer questions, could not be stopped, and would leave WeasyPrint's memory in the
server (docs/decisions/0010-a-process-that-prints.md). The child imports WeasyPrint once and keeps
fonts and style sheet, so that only the first PDF pays for them.

What crosses the pipe: the HTML as bytes one way; one byte of kind and the PDF, or the words of a
refusal, the other way. No object is unpickled, because the HTML holds text of respondents and the
library that lays it out is not trusted with more than its own process.

What ends the child: a rendering over its time limit or a broken pipe (`stop` kills it, the next
rendering starts another), and the end of the server (it is a daemon, and its pipe is then closed).
"""

from __future__ import annotations

import signal
import threading
from contextlib import contextmanager
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any

from assessment.reports.pdf.render import PdfUnavailable, UnprintableText, pdf_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.connection import Connection

SLOTS = 3
"""One rendering and two that wait: each holds a thread of the server, which has eight."""
TIME_LIMIT = 60.0
"""Seconds; the reference report takes about 2.5 of processor time (`manage.py bench`)."""
REFUSALS = (PdfUnavailable, UnprintableText)
PDF_FOLLOWS = len(REFUSALS)
"""The first byte of a reply: the place of its refusal in `REFUSALS`, or this before a PDF."""


class PdfBusy(Exception):
    """As many reports as may wait are waiting: this one has to be asked for again shortly."""


class PdfTooLong(Exception):
    """The rendering took longer than it may, or its process ended: there is no PDF of this."""


class PdfWorker:
    """One rendering at a time; at most `slots` requests may be in it or wait for it.

    `time_limit` is in seconds, for one rendering, the start of the process included.
    """

    def __init__(self, *, slots: int = SLOTS, time_limit: float = TIME_LIMIT) -> None:
        self.slots = threading.BoundedSemaphore(slots)
        self.rendering = threading.Lock()
        self.time_limit = time_limit
        self.process: Any = None
        self.pipe: Connection | None = None

    @contextmanager
    def slot(self) -> Iterator[None]:
        """Waits until no other thread renders; raises PdfBusy where all slots are taken."""
        if not self.slots.acquire(blocking=False):
            raise PdfBusy
        try:
            with self.rendering:
                yield
        finally:
            self.slots.release()

    def render(self, html: str) -> bytes:
        """The PDF; only within `slot()`. Raises PdfTooLong and what `pdf_of` raises."""
        pipe = self._running_pipe()
        try:
            pipe.send_bytes(html.encode())
            if not pipe.poll(self.time_limit):
                raise TimeoutError
            kind, content = _opened_reply(pipe.recv_bytes())
        except (OSError, EOFError) as gone:
            self.stop()
            raise PdfTooLong from gone
        if kind is None:
            return content
        raise kind(content.decode())

    def stop(self) -> None:
        """Ends the process, whatever it does."""
        if self.process is not None:
            self.process.kill()
            self.process.join()
        self.process = self.pipe = None

    def _running_pipe(self) -> Connection:
        if self.pipe is None or not self.process.is_alive():
            self.stop()
            # A forked child would inherit the server's threads, locks and database connections.
            spawn = get_context("spawn")
            self.pipe, theirs = spawn.Pipe()
            self.process = spawn.Process(target=work, args=(theirs,), daemon=True)
            self.process.start()
            # Held open here, the child's end would hide from us that the child is gone.
            theirs.close()
        return self.pipe


def work(pipe: Connection) -> None:
    """The child's whole life: HTML in, a PDF or a refusal out, until the pipe is closed."""
    # Ctrl-C reaches the child too; the server decides when it is over.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True:
        try:
            html = pipe.recv_bytes().decode()
        except EOFError:
            return
        pipe.send_bytes(reply_to(html))


def reply_to(html: str) -> bytes:
    """One byte of kind, then the PDF or the words of the refusal."""
    try:
        return bytes([PDF_FOLLOWS]) + pdf_of(html)
    except REFUSALS as refusal:
        return bytes([REFUSALS.index(type(refusal))]) + str(refusal).encode()


def _opened_reply(answer: bytes) -> tuple[type[Exception] | None, bytes]:
    mark, content = answer[0], answer[1:]
    return (None if mark == PDF_FOLLOWS else REFUSALS[mark]), content


pdf_worker = PdfWorker()
