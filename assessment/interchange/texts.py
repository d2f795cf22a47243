"""What a text of the bank may hold."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import fields
from itertools import chain
from typing import TYPE_CHECKING, Any

from assessment.instrument.canonical import canonical

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assessment.instrument.model import Instrument

# C0 controls but tab and line ends, and what no file format keeps.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def to_nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def control_character_in(text: str) -> str:
    """The code point of the first character that may not stand in the text, as in U+0007."""
    found = FORBIDDEN.search(text)
    return f"U+{ord(found[0]):04X}" if found else ""


def control_characters_in(instrument: Instrument) -> Iterator[tuple[str, str]]:
    """Code of the object and the character, for each text that may not stand in the bank."""
    plain = {field.name: canonical(getattr(instrument, field.name)) for field in fields(instrument)}
    for name, value in plain.items():
        entries = value if isinstance(value, list) else [value]
        for entry in entries:
            code = entry["code"] if isinstance(value, list) else name
            for text in _strings(entry):
                if character := control_character_in(text):
                    yield code, character


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from chain.from_iterable(map(_strings, value.values()))
    elif isinstance(value, list):
        yield from chain.from_iterable(map(_strings, value))
