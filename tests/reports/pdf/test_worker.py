from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from multiprocessing import Pipe
from pathlib import Path

import pytest

from assessment.reports.pdf import render as pdf
from assessment.reports.pdf.worker import PdfTooLong, PdfWorker, answer_to, work

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
def press() -> Iterator[PdfWorker]:
    made = PdfWorker()
    yield made
    made.stop()


@pytest.fixture
def restored() -> Iterator[None]:
    before = signal.getsignal(signal.SIGINT)
    yield
    signal.signal(signal.SIGINT, before)


def test_press_prints_what_this_process_would_draw(press: PdfWorker) -> None:
    assert press.printed(SMALL) == pdf.pdf_of(SMALL)


def test_press_keeps_its_process(press: PdfWorker) -> None:
    press.printed(SMALL)
    first = press.process.pid

    press.printed(SMALL)

    assert press.process.pid == first


def test_rendering_that_takes_too_long_ends_with_its_process(press: PdfWorker) -> None:
    press.printed(SMALL)
    process = press.process
    press.seconds = 0.3

    with pytest.raises(PdfTooLong):
        press.printed(FOREVER)

    assert (process.is_alive(), press.process) == (False, None)


def test_press_goes_on_after_its_process_was_killed(press: PdfWorker) -> None:
    press.printed(SMALL)
    os.kill(press.process.pid, signal.SIGKILL)
    press.process.join()

    assert press.printed(SMALL).startswith(b"%PDF")


def test_process_that_dies_while_it_prints_is_said(press: PdfWorker) -> None:
    press.printed(SMALL)
    os.kill(press.process.pid, signal.SIGSTOP)
    press.seconds = 0.1

    with pytest.raises(PdfTooLong):
        press.printed(SMALL)


def test_missing_glyph_is_said_across_the_line(press: PdfWorker) -> None:
    with pytest.raises(pdf.UnprintableText, match="U\\+10FFFD"):
        press.printed(f"{SMALL}\U0010fffd")


def test_missing_libraries_are_said_across_the_line(
    press: PdfWorker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sitecustomize.py").write_text(NO_PANGO)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))

    with pytest.raises(pdf.PdfUnavailable, match="libpango"):
        press.printed(SMALL)


def test_serve_answers_until_the_line_is_cut(restored: None) -> None:
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

    assert answers == [answer_to(SMALL)]


def test_answer_marks_a_refusal() -> None:
    assert answer_to(f"{SMALL}\U0010fffd")[:1] == b"\1"
