"""Which characters a text may have, wherever it comes from, and the one form it is stored in."""

from __future__ import annotations

import unicodedata

PLAIN_CONTROLS = frozenset("\n\t")
REFUSED = frozenset("\x7f\ufffe\uffff")
NEAR = 20
BOX = "▯"


def normalise_text(raw: str) -> str:
    """`raw` in NFC, with plain line breaks."""
    return unicodedata.normalize("NFC", raw.replace("\r\n", "\n").replace("\r", "\n"))


def excess_length(raw: str, text: str, limit: int) -> int:
    """How many characters `raw` is too long, as the counter beside its field counts them.

    Code points of what was typed, in NFC, each line break once: static/js/counter.js does the same.
    `text`, its stored form, is longer only where a sign stands for several letters.
    """
    typed = unicodedata.normalize("NFC", raw.replace("\r\n", "\n").replace("\r", "\n"))
    return max(len(typed), len(text)) - limit


def unsupported_character(text: str) -> str:
    """The code point, in four digits, of the first character that no file can take; or nothing."""
    odd = next((character for character in text if _is_odd(character)), None)
    return "" if odd is None else code_point(odd)


def place_of_unsupported(text: str) -> str:
    """The words around that character, on one line, with a box in its place; or nothing."""
    at = next((place for place, character in enumerate(text) if _is_odd(character)), None)
    if at is None:
        return ""
    before, behind = text[max(0, at - NEAR) : at], text[at + 1 : at + 1 + NEAR]
    around = "".join(BOX if _is_odd(c) else c for c in f"{before}{BOX}{behind}")
    return " ".join(around.split())


def code_point(character: str) -> str:
    return f"{ord(character):04X}"


def visible(text: str) -> str:
    """The text on one line, with the code point of whatever a terminal would not print."""
    return "".join(c if c.isprintable() else f"U+{code_point(c)}" for c in text)


def _is_odd(character: str) -> bool:
    if character in PLAIN_CONTROLS:
        return False
    return character < " " or "\ud800" <= character <= "\udfff" or character in REFUSED
