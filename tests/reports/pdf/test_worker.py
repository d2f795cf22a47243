from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from multiprocessing import Pipe
from pathlib import Path

import pytest

from assessment.reports.pdf import render as pdf
from assessment.reports.pdf.worker import PdfBusy, PdfTooLong, PdfWorker, reply_to, work

SMALL = '<html lang="en"><title>x</title><p>One line.</p>'
FOREVER = '<html lang="en"><title>x</title>' + "<p>word " * 60_000
NO_PANGO = """
import sys
class NoPango:
    def find_spec(self, name, *more):
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")
sys.meta_path.insert(0, NoPango())
"""


@pytest.fixture
def worker() -> Iterator[PdfWorker]:
    made = PdfWorker()
    yield made
    made.stop()


@pytest.fixture
def restored() -> Iterator[None]:
    before = signal.getsignal(signal.SIGINT)
    yield
    signal.signal(signal.SIGINT, before)


def test_worker_prints_what_this_process_would_draw(worker: PdfWorker) -> None:
    assert worker.render(SMALL) == pdf.pdf_of(SMALL)


def test_worker_keeps_its_process(worker: PdfWorker) -> None:
    worker.render(SMALL)
    first = worker.process.pid

    worker.render(SMALL)

    assert worker.process.pid == first


def test_slot_is_free_again_after_each_rendering_and_each_failure() -> None:
    worker = PdfWorker(slots=1)

    with worker.slot(), pytest.raises(PdfBusy), worker.slot():
        pass
    with pytest.raises(PdfTooLong), worker.slot():
        raise PdfTooLong
    with worker.slot():
        pass


def test_rendering_that_takes_too_long_ends_with_its_process(worker: PdfWorker) -> None:
    worker.render(SMALL)
    process = worker.process
    worker.time_limit = 0.3

    with pytest.raises(PdfTooLong):
        worker.render(FOREVER)

    assert (process.is_alive(), worker.process) == (False, None)


def test_worker_goes_on_after_its_process_was_killed(worker: PdfWorker) -> None:
    worker.render(SMALL)
    os.kill(worker.process.pid, signal.SIGKILL)
    worker.process.join()

    assert worker.render(SMALL).startswith(b"%PDF")


def test_process_that_dies_while_it_prints_is_said(worker: PdfWorker) -> None:
    worker.render(SMALL)
    os.kill(worker.process.pid, signal.SIGSTOP)
    worker.time_limit = 0.1

    with pytest.raises(PdfTooLong):
        worker.render(SMALL)


def test_missing_glyph_is_said_through_the_pipe(worker: PdfWorker) -> None:
    with pytest.raises(pdf.UnprintableText, match="U\\+10FFFD"):
        worker.render(f"{SMALL}\U0010fffd")


def test_missing_libraries_are_said_through_the_pipe(
    worker: PdfWorker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sitecustomize.py").write_text(NO_PANGO)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))

    with pytest.raises(pdf.PdfUnavailable, match="libpango"):
        worker.render(SMALL)


def test_work_replies_until_the_pipe_is_closed(restored: None) -> None:
    ours, theirs = Pipe()
    answers: list[bytes] = []

    def ask() -> None:
        with ours:
            ours.send_bytes(SMALL.encode())
            answers.append(ours.recv_bytes())

    asking = threading.Thread(target=ask)
    asking.start()
    work(theirs)
    asking.join()

    assert answers == [reply_to(SMALL)]


def test_reply_marks_a_refusal() -> None:
    assert reply_to(f"{SMALL}\U0010fffd")[:1] == b"\1"
