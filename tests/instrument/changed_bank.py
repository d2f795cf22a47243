"""The real bank with one thing changed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from assessment.instrument.model import Instrument


def with_part(bank: Instrument, part: str, entries: tuple[Any, ...]) -> Instrument:
    new: dict[str, Any] = {part: entries}
    return replace(bank, **new)


def changed(bank: Instrument, part: str, code: str, /, **fields: Any) -> Instrument:
    """The bank with `fields` of one entry set anew."""
    entries = getattr(bank, part)
    assert code in {entry.code for entry in entries}
    new = tuple(replace(e, **fields) if e.code == code else e for e in entries)
    return with_part(bank, part, new)


def read_anew(bank: Instrument, code: str, place: int, **fields: Any) -> Instrument:
    """The bank with `fields` of one reading of a case set anew."""
    readings = list(bank.case[code].readings)
    readings[place] = replace(readings[place], **fields)
    return changed(bank, "cases", code, readings=tuple(readings))
