"""The press: one process beside this one that prints, so that those who answer need not wait.

It imports WeasyPrint once and keeps fonts and styles warm. A rendering that takes too long ends
with the process; the next one starts another.
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

PLACES = 3
SECONDS = 60.0
REFUSALS = (PdfUnavailable, UnprintableText)
PRINTED = len(REFUSALS)


class PdfBusy(Exception):
    """As many reports as may wait are waiting: this one has to be asked for again shortly."""


class PdfTooLong(Exception):
    """The rendering took longer than it may, or its process ended: there is no PDF of this."""


class PdfWorker:
    """One rendering at a time; at most `places` may be in it or wait for it.

    `seconds` is the hard limit of one rendering, the start of the process included.
    """

    def __init__(self, *, places: int = PLACES, seconds: float = SECONDS) -> None:
        self.places = threading.BoundedSemaphore(places)
        self.one = threading.Lock()
        self.seconds = seconds
        self.process: Any = None
        self.line: Connection | None = None

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Waits for its turn, unless too many do: then PdfBusy."""
        if not self.places.acquire(blocking=False):
            raise PdfBusy
        try:
            with self.one:
                yield
        finally:
            self.places.release()

    def printed(self, html: str) -> bytes:
        """The PDF; for who has the turn. Raises PdfTooLong and what `pdf_of` raises."""
        line = self._line()
        try:
            line.send_bytes(html.encode())
            if not line.poll(self.seconds):
                raise TimeoutError
            kind, content = _opened(line.recv_bytes())
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
        self.process = self.line = None

    def _line(self) -> Connection:
        if self.line is None or not self.process.is_alive():
            self.stop()
            spawn = get_context("spawn")
            self.line, theirs = spawn.Pipe()
            self.process = spawn.Process(target=work, args=(theirs,), daemon=True)
            self.process.start()
            theirs.close()
        return self.line


def work(line: Connection) -> None:
    """In the process of the press: HTML in, a PDF or the refusal out, until the line is cut."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True:
        try:
            html = line.recv_bytes().decode()
        except EOFError:
            return
        line.send_bytes(answer_to(html))


def answer_to(html: str) -> bytes:
    """A mark of what it is, and the PDF or the words of the refusal: no object crosses the line."""
    try:
        return bytes([PRINTED]) + pdf_of(html)
    except REFUSALS as refusal:
        return bytes([REFUSALS.index(type(refusal))]) + str(refusal).encode()


def _opened(answer: bytes) -> tuple[type[Exception] | None, bytes]:
    mark, content = answer[0], answer[1:]
    return (None if mark == PRINTED else REFUSALS[mark]), content


pdf_worker = PdfWorker()
