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
    REFUSALS,
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


def test_printer_keeps_one_process_at_a_low_priority_and_starts_another_after_it_was_killed(
    printer: Printer,
) -> None:
    """What it prints is what this process would draw."""
    printed = printer.render(SMALL)
    first = printer.process.pid
    printer.render(SMALL)

    assert printed == pdf.pdf_of(SMALL)
    assert printer.process.pid == first
    assert os.getpriority(os.PRIO_PROCESS, first) == 10
    os.kill(first, signal.SIGKILL)
    printer.process.join()
    assert printer.render(SMALL) == printed


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


def test_refusals_come_through_the_pipe(
    printer: Printer, new_process: Callable[[str], Printer]
) -> None:
    """A process that ran out of memory is ended, and no other."""
    no_memory = NO_PANGO.replace("OSError(\"cannot load library 'libpango-1.0-0'\")", "MemoryError")

    def outcome(asked: Printer, html: str, words: str) -> tuple[type[Exception], bool, bool]:
        with pytest.raises(REFUSALS) as refused:
            asked.render(html)
        alive = asked.process is not None
        asked.stop()
        return refused.type, words in str(refused.value), alive

    assert [
        outcome(printer, f"{SMALL}\U0010fffd", "U+10FFFD"),
        outcome(new_process(NO_PANGO), SMALL, "libpango"),
        outcome(new_process(no_memory), SMALL, ""),
    ] == [
        (pdf.UnprintableText, True, True),
        (pdf.PdfUnavailable, True, True),
        (PdfTooLarge, True, False),
    ]


def test_rendering_ends_when_nobody_wants_it_any_more(printer: Printer) -> None:
    class Unwanted(Exception):
        pass

    def pulse() -> None:
        raise Unwanted

    printer.render(SMALL)
    with pytest.raises(Unwanted):
        printer.render(LONG, pulse)

    assert printer.process is None


def test_halted_process_is_ended_and_what_became_of_it_is_said(
    printer: Printer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is halted before it is asked, so that it dies between being asked and its answer, or
    does nothing for longer than it may."""
    monkeypatch.setattr(printing, "PULSE", 0)

    def outcome(*, silence: float, killed: bool) -> tuple[type[Exception], bool]:
        printer.render(SMALL)
        asked, pulses = printer.process.pid, itertools.count()
        os.kill(asked, signal.SIGSTOP)
        monkeypatch.setattr(printer, "silence_limit", silence)

        def pulse() -> None:
            if killed and next(pulses) == 1:
                os.kill(asked, signal.SIGKILL)

        with pytest.raises((PrinterDied, PdfTooLong)) as ended:
            printer.render(SMALL, pulse)
        monkeypatch.setattr(printer, "silence_limit", printing.SILENCE_LIMIT)
        return ended.type, printer.process is None

    assert outcome(silence=printing.SILENCE_LIMIT, killed=True) == (PrinterDied, True)
    assert outcome(silence=0.0, killed=False) == (PdfTooLong, True)


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


def test_limits_and_priority_are_those_of_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it has none, as on Windows, nothing is limited."""
    limits = {
        resource.RLIMIT_DATA: printing.limit_memory,
        resource.RLIMIT_CPU: printing.limit_processor_time,
    }
    before = {which: resource.getrlimit(which) for which in limits}
    lowered: list[tuple[int, ...]] = []
    monkeypatch.setattr(os, "setpriority", lambda *change: lowered.append(change))

    def limited() -> dict[int, tuple[int, int]]:
        printing.lower_priority()
        try:
            for set_limit in limits.values():
                set_limit(100_000)
            return {which: resource.getrlimit(which) for which in limits}
        finally:
            for which, limit in before.items():
                resource.setrlimit(which, limit)

    after = limited()
    monkeypatch.setattr(printing, "resource", None)
    monkeypatch.delattr(os, "setpriority")

    assert {which for which, (most, _) in after.items() if most < 100_000} == set()
    assert {which for which in limits if after[which][0] == before[which][0]} == set()
    assert limited() == before
    assert lowered == [(os.PRIO_PROCESS, 0, 10)]


def test_reply_marks_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    def out_of_memory(html: str) -> bytes:
        raise MemoryError(html)

    unprintable = reply_to(f"{SMALL}\U0010fffd")[:1]
    monkeypatch.setattr(printing, "pdf_of", out_of_memory)

    assert (unprintable, reply_to(SMALL)) == (b"\1", b"\2")
