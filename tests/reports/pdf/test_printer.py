from __future__ import annotations

import itertools
import os
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from multiprocessing import Pipe
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings

from assessment.reports.pdf import printer as printing
from assessment.reports.pdf import render as pdf
from assessment.reports.pdf.printer import (
    PdfTooLarge,
    PdfTooLong,
    Printer,
    PrinterDied,
    reply_to,
    work,
)

SMALL = '<html lang="en"><title>x</title><p>One line.</p>'
LONG = '<html lang="en"><title>x</title>' + "<p>word " * 60_000
NO_PANGO = """
import sys
class NoPango:
    def find_spec(self, name, *more):
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")
sys.meta_path.insert(0, NoPango())
"""


@pytest.fixture(scope="module")
def used_printer() -> Iterator[Printer]:
    made = Printer()
    yield made
    made.stop()


@pytest.fixture
def printer(used_printer: Printer) -> Printer:
    """With the process that a test before has left, if it has left one."""
    return used_printer


@pytest.fixture
def new_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[str], Printer]]:
    """A printer whose Python begins with this."""
    made = Printer()

    def begin(code: str) -> Printer:
        (tmp_path / "sitecustomize.py").write_text(code)
        monkeypatch.setenv("PYTHONPATH", str(tmp_path))
        return made

    yield begin
    made.stop()


@pytest.fixture
def unlimited(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What the child does to itself would stay with this process, which plays the child."""
    before = signal.getsignal(signal.SIGINT)
    for name in ("limit_memory", "limit_processor_time"):
        monkeypatch.setattr(printing, name, lambda _most: None)
    monkeypatch.setattr(printing, "lower_priority", lambda: None)
    yield
    signal.signal(signal.SIGINT, before)


def test_printer_prints_what_this_process_would_draw(printer: Printer) -> None:
    assert printer.render(SMALL) == pdf.pdf_of(SMALL)


def test_printer_keeps_its_process_at_a_low_priority(printer: Printer) -> None:
    printer.render(SMALL)
    first = printer.process.pid

    printer.render(SMALL)

    assert printer.process.pid == first
    assert os.getpriority(os.PRIO_PROCESS, first) == 10


def test_rendering_ends_at_its_limit_of_processor_time() -> None:
    printer = Printer(processor_limit=1)

    with pytest.raises(PdfTooLong):
        printer.render(LONG)

    assert printer.process is None


def test_rendering_ends_at_its_limit_of_memory() -> None:
    printer = Printer(memory_limit=150)
    try:
        assert printer.render(SMALL).startswith(b"%PDF")
        with pytest.raises((PdfTooLarge, PrinterDied)):
            printer.render(LONG)
        assert printer.render(SMALL).startswith(b"%PDF")
    finally:
        printer.stop()


def test_process_that_ran_out_of_memory_is_ended(new_process: Callable[[str], Printer]) -> None:
    no_memory = NO_PANGO.replace("OSError(\"cannot load library 'libpango-1.0-0'\")", "MemoryError")
    printer = new_process(no_memory)

    with pytest.raises(PdfTooLarge):
        printer.render(SMALL)

    assert printer.process is None


def test_rendering_ends_when_nobody_wants_it_any_more(printer: Printer) -> None:
    class Unwanted(Exception):
        pass

    def pulse() -> None:
        raise Unwanted

    printer.render(SMALL)
    with pytest.raises(Unwanted):
        printer.render(LONG, pulse)

    assert printer.process is None


def test_printer_goes_on_after_its_process_was_killed(printer: Printer) -> None:
    printer.render(SMALL)
    os.kill(printer.process.pid, signal.SIGKILL)
    printer.process.join()

    assert printer.render(SMALL).startswith(b"%PDF")


def test_process_that_dies_while_it_prints_is_said(
    printer: Printer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is halted before it is asked, so that it dies between being asked and its answer."""
    printer.render(SMALL)
    asked = printer.process.pid
    os.kill(asked, signal.SIGSTOP)
    monkeypatch.setattr(printing, "PULSE", 0)
    pulses = itertools.count()

    def kill_after_it_is_asked() -> None:
        if next(pulses) == 1:
            os.kill(asked, signal.SIGKILL)

    with pytest.raises(PrinterDied):
        printer.render(SMALL, kill_after_it_is_asked)


def test_process_that_does_nothing_is_ended(
    printer: Printer, monkeypatch: pytest.MonkeyPatch
) -> None:
    printer.render(SMALL)
    os.kill(printer.process.pid, signal.SIGSTOP)
    monkeypatch.setattr(printer, "silence_limit", 0.0)

    with pytest.raises(PdfTooLong):
        printer.render(SMALL)


def test_process_ends_with_the_one_that_started_it() -> None:
    parent = (
        "import os, time\n"
        "from assessment.reports.pdf.printer import Printer\n"
        "if __name__ == '__main__':\n"
        f"    printer = Printer(); printer.render({SMALL!r})\n"
        "    print(printer.process.pid, flush=True); time.sleep(60)\n"
    )
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "assessment.settings"}
    command = (sys.executable, "-c", parent)
    with subprocess.Popen(
        command, cwd=settings.BASE_DIR, env=environment, stdout=subprocess.PIPE
    ) as started:
        assert started.stdout
        child = Path(f"/proc/{int(started.stdout.readline())}")
        started.kill()

    latest = time.monotonic() + 30
    while child.exists() and time.monotonic() < latest:
        time.sleep(0.05)
    assert not child.exists()


def test_missing_glyph_is_said_through_the_pipe(printer: Printer) -> None:
    with pytest.raises(pdf.UnprintableText, match="U\\+10FFFD"):
        printer.render(f"{SMALL}\U0010fffd")


def test_missing_libraries_are_said_through_the_pipe(
    new_process: Callable[[str], Printer],
) -> None:
    printer = new_process(NO_PANGO)

    with pytest.raises(pdf.PdfUnavailable, match="libpango"):
        printer.render(SMALL)


def test_work_replies_until_the_pipe_is_closed(unlimited: None) -> None:
    ours, theirs = Pipe()
    answers: list[bytes] = []

    def ask() -> None:
        with ours:
            ours.send_bytes(SMALL.encode())
            answers.append(ours.recv_bytes())

    asking = threading.Thread(target=ask)
    asking.start()
    work(theirs, 1, 1)
    asking.join()

    assert answers == [reply_to(SMALL)]


def test_process_exits_when_the_other_end_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    exits: list[int] = []
    sentinel, other_end = os.pipe()
    parent = SimpleNamespace(sentinel=sentinel)
    monkeypatch.setattr(os, "_exit", exits.append)
    monkeypatch.setattr(printing, "parent_process", lambda: parent)
    printing.end_with_parent()
    assert exits == []

    os.close(other_end)

    latest = time.monotonic() + 30
    while not exits and time.monotonic() < latest:
        time.sleep(0.01)
    os.close(sentinel)
    assert exits == [1]


@pytest.mark.parametrize("limit", ["RLIMIT_DATA", "RLIMIT_CPU"])
def test_limits_are_those_of_the_system(limit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it has none, as on Windows, nothing is limited."""
    which = getattr(resource, limit)
    before = resource.getrlimit(which)
    set_limits = {"RLIMIT_DATA": printing.limit_memory, "RLIMIT_CPU": printing.limit_processor_time}
    try:
        set_limits[limit](100_000)
        limited = resource.getrlimit(which)
    finally:
        resource.setrlimit(which, before)
    monkeypatch.setattr(printing, "resource", None)
    set_limits[limit](100_000)

    assert limited[0] >= 100_000
    assert limited[0] != before[0]
    assert resource.getrlimit(which) == before


def test_priority_is_lowered_where_the_system_knows_one(monkeypatch: pytest.MonkeyPatch) -> None:
    lowered: list[tuple[int, ...]] = []
    monkeypatch.setattr(os, "setpriority", lambda *change: lowered.append(change))
    printing.lower_priority()
    monkeypatch.delattr(os, "setpriority")
    printing.lower_priority()

    assert lowered == [(os.PRIO_PROCESS, 0, 10)]


def test_reply_says_that_memory_is_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def out_of_memory(html: str) -> bytes:
        raise MemoryError(html)

    monkeypatch.setattr(printing, "pdf_of", out_of_memory)

    assert reply_to(SMALL) == b"\2"


def test_reply_marks_a_refusal() -> None:
    assert reply_to(f"{SMALL}\U0010fffd")[:1] == b"\1"
