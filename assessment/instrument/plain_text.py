"""Which characters a text may have, wherever it comes from, and the one form it is stored in."""

from __future__ import annotations

import unicodedata

PLAIN_CONTROLS = frozenset("\n\t")
REFUSED = frozenset("\x7f\ufffe\uffff")


def normalise_text(raw: str) -> str:
    """`raw` in NFC, with plain line breaks."""
    return unicodedata.normalize("NFC", raw.replace("\r\n", "\n").replace("\r", "\n"))


def unsupported_character(text: str) -> str:
    """The code point, in four digits, of the first character that no file can take; or nothing."""
    odd = next((character for character in text if _is_odd(character)), None)
    return "" if odd is None else code_point(odd)


def code_point(character: str) -> str:
    return f"{ord(character):04X}"


def visible(text: str) -> str:
    """The text on one line, with the code point of whatever a terminal would not print."""
    return "".join(c if c.isprintable() else f"U+{code_point(c)}" for c in text)


def _is_odd(character: str) -> bool:
    if character in PLAIN_CONTROLS:
        return False
    return character < " " or "\ud800" <= character <= "\udfff" or character in REFUSED
