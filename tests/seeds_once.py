"""The bank of seeds/, read once in a process: reading and checking it takes half a second."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from assessment.instrument.seeds import read_seeds

if TYPE_CHECKING:
    from assessment.instrument.model import Instrument


@cache
def seeds() -> Instrument:
    return read_seeds()
