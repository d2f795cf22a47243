"""What a text of the bank may hold: any but what breaks a file, in and out."""

from __future__ import annotations

import re
from dataclasses import fields
from itertools import chain
from typing import TYPE_CHECKING, Any

from assessment.instrument.canonical import canonical
from assessment.instrument.plain_text import unsupported_character

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assessment.instrument.model import Instrument
    from assessment.instrument.plain_text import OddCharacter

# C0 controls but tab and line ends, and what no file format keeps.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def control_character_in(text: str) -> OddCharacter | None:
    """What keeps a stored text from being written: less than what keeps one from being stored."""
    return unsupported_character(text) if FORBIDDEN.search(text) else None


def odd_characters_in(instrument: Instrument) -> Iterator[tuple[str, OddCharacter]]:
    """Code of the object and the character, for each text that may not stand in the bank."""
    plain = {field.name: canonical(getattr(instrument, field.name)) for field in fields(instrument)}
    for name, value in plain.items():
        entries = value if isinstance(value, list) else [value]
        for entry in entries:
            code = entry["code"] if isinstance(value, list) else name
            for text in _strings(entry):
                if odd := unsupported_character(text):
                    yield code, odd


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from chain.from_iterable(map(_strings, value.values()))
    elif isinstance(value, list):
        yield from chain.from_iterable(map(_strings, value))
