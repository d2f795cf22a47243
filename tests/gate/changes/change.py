"""What a change of a bank is, and how it puts another entry in the place of one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import Any, TypeAlias

from assessment.instrument.model import Instrument

Change: TypeAlias = Callable[[Random, Instrument], Instrument]
"""Takes a bank as it stands and gives one that may be wrong."""


def as_it_is(_random: Random, bank: Instrument) -> Instrument:
    """A bank at which there is nothing to find."""
    return bank


def changed(bank: Instrument, part: str, old: Any, **changes: Any) -> Instrument:
    """The bank with another entry in the place of `old`."""
    entries = tuple(replace(e, **changes) if e is old else e for e in getattr(bank, part))
    parts: dict[str, Any] = {part: entries}
    return replace(bank, **parts)
