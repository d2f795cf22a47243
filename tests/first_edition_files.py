"""The first edition of the bank, as the files that were written of it then."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from assessment.interchange.toml_files import from_zip

if TYPE_CHECKING:
    from assessment.instrument.model import Instrument

FOLDER = Path(__file__).parent / "first_edition"
ZIP, WORKBOOK = FOLDER / "bank.zip", FOLDER / "bank.xlsx"
HASH = "fe803d5670fb52ff43a1c57499e9b2de092bfbe03a6385d89876f7a7304472b0"
"""What every result on this edition repeats."""


@cache
def first_edition() -> Instrument:
    return from_zip(ZIP.read_bytes()).instrument
