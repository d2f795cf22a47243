"""A file that would hold somebody up is left; any other comes out as if it were read here."""

from __future__ import annotations

import resource
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import Pipe
from typing import TYPE_CHECKING

import pytest

from assessment.interchange.bank_file import BankFile
from assessment.interchange.parse_apart import MOST_MEMORY, _read, read_apart
from assessment.interchange.refusal import FileFault, Refused
from assessment.interchange.toml_files import from_zip, to_zip
from assessment.interchange.workbook.reader import from_xlsx
from tests.seeds_once import seeds
from tests.tables import raised

if TYPE_CHECKING:
    from collections.abc import Callable


def read_for_ever(_data: bytes) -> BankFile:
    while True:
        pass


def sleep_long(_data: bytes) -> BankFile:
    time.sleep(600)
    raise AssertionError


def fill_the_memory(_data: bytes) -> BankFile:
    return BankFile(seeds(), positions={("", ""): ("x" * MOST_MEMORY, 0)})


def test_what_was_read_and_what_is_refused_come_out_whole() -> None:
    data = to_zip(seeds())

    assert read_apart(from_zip, data) == from_zip(data)
    with pytest.raises(Refused) as refused:
        read_apart(from_xlsx, data)
    assert refused.value.faults == (FileFault("no_workbook"),)


def test_process_that_reads_bounds_itself_and_says_what_it_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Played by this process, which keeps its own bounds and its Ctrl-C."""
    bounds: list[tuple[int, tuple[int, int]]] = []
    monkeypatch.setattr(resource, "setrlimit", lambda *bound: bounds.append(bound))
    monkeypatch.setattr(signal, "signal", lambda *_change: None)
    data = to_zip(seeds())

    def said(reader: Callable[[bytes], BankFile]) -> object:
        ours, theirs = Pipe(duplex=False)
        with ThreadPoolExecutor(1) as parent, ours:
            heard = parent.submit(ours.recv)
            with theirs:
                _read(theirs, reader, data, 8)
            return heard.exception() or heard.result()

    def out_of_memory(_data: bytes) -> BankFile:
        raise MemoryError

    assert said(from_zip) == from_zip(data)
    assert said(from_xlsx) == (FileFault("no_workbook"),)
    assert isinstance(said(out_of_memory), EOFError)
    assert set(bounds) == {
        (resource.RLIMIT_CPU, (8, 8)),
        (resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY)),
    }


def test_reading_that_takes_too_much_is_ended() -> None:
    waits = {read_for_ever: 60.0, sleep_long: 1.0, fill_the_memory: 60.0}

    def outcome(reader: Callable[[bytes], BankFile], wait: float) -> object:
        return raised(Refused, read_apart, reader, b"", most_seconds=1, wait=wait).faults

    assert {reader: outcome(reader, wait) for reader, wait in waits.items()} == {
        reader: (FileFault("parsing_too_long"),) for reader in waits
    }
