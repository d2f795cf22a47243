"""A file that would hold somebody up is left; any other comes out as if it were read here."""

from __future__ import annotations

import time

import pytest

from assessment.instrument.seeds import read_seeds
from assessment.interchange.bank_file import BankFile
from assessment.interchange.parse_apart import MOST_MEMORY, read_apart
from assessment.interchange.refusal import FileFault, Refused
from assessment.interchange.toml_files import from_zip, to_zip
from assessment.interchange.workbook.reader import from_xlsx


def read_for_ever(_data: bytes) -> BankFile:
    while True:
        pass


def sleep_long(_data: bytes) -> BankFile:
    time.sleep(600)
    raise AssertionError


def fill_the_memory(_data: bytes) -> BankFile:
    return BankFile(read_seeds(), positions={("", ""): ("x" * MOST_MEMORY, 0)})


def test_what_was_read_and_what_is_refused_come_out_whole() -> None:
    data = to_zip(read_seeds())

    assert read_apart(from_zip, data) == from_zip(data)
    with pytest.raises(Refused) as refused:
        read_apart(from_xlsx, data)
    assert refused.value.faults == (FileFault("no_workbook"),)


@pytest.mark.parametrize("reader", [read_for_ever, sleep_long, fill_the_memory])
def test_reading_that_takes_too_much_is_ended(reader: object) -> None:
    wait = 1.0 if reader is sleep_long else 60.0

    with pytest.raises(Refused) as refused:
        read_apart(reader, b"", most_seconds=1, wait=wait)  # type: ignore[arg-type]

    assert refused.value.faults == (FileFault("parsing_too_long"),)
