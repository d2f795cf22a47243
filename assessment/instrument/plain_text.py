"""The one form of every text, wherever it comes from, and what no text can keep.

Whatever lets text in (forms, files, seeds) calls `normalise_text` once; the PDF calls it again for
texts that were stored before there was one form. What comes out of PDFs, word processors, slides
and sheets is put right here; what cannot be kept is never dropped in silence but named.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import chain
from typing import Any

from assessment.instrument.scripts import JOINING, RIGHT_TO_LEFT

# Beside plain returns: vertical tab and page break of slides, the ends of lines of other systems.
LINE_BREAKS = "\r\v\f\x85\u2028\u2029"
# Of unusual widths; the two that say “no line ends here” stay.
SPACES = "\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u205f\u3000"
# Marks that end no line by themselves, the byte order mark, what sets the direction from outside.
INVISIBLE = "\xad\u180e\ufeff" + "".join(
    map(chr, [*range(0x202A, 0x202F), *range(0x2060, 0x2065), *range(0x2066, 0x2070)])
)
LETTERS_IN_ONE = [chr(code) for code in chain(range(0xFB00, 0xFB07), range(0x1D400, 0x1D800))]
# Fonts of signs leave these places of their own behind when a text is copied.
SIGNS_OF_FONTS = {
    "\uf0b7": "•",
    "\uf0a7": "▪",
    "\uf0a8": "◻",
    "\uf0d8": "➢",
    "\uf076": "❖",
    "\uf0fc": "✓",
    "\uf0fb": "✗",
    "\uf0e0": "→",
    "\uf0df": "←",
    "\uf0e8": "➔",
    "\uf0f3": "⇔",
    "\uf0ae": "→",
    "\uf0ac": "←",
    "\uf0de": "⇒",
    "\uf0a3": "≤",
    "\uf0b3": "≥",
    "\uf0b9": "≠",
    "\uf0bb": "≈",
    "\uf0b1": "±",
    "\uf0b4": "×",
    "\uf0a5": "∞",
    "\uf0e5": "∑",
    "\uf02d": "−",
}
# How an older encoding writes quotation marks, dashes and the euro.
WINDOWS_SIGNS = {
    chr(code): bytes([code]).decode("cp1252")
    for code in range(0x80, 0xA0)
    if code not in {0x81, 0x85, 0x8D, 0x8F, 0x90, 0x9D}
}
# By `translate`: an expression that looks for so many signs takes forty times as long.
REPLACED = str.maketrans(
    {
        **dict.fromkeys(LINE_BREAKS, "\n"),
        **dict.fromkeys(SPACES, " "),
        "\u2007": "\xa0",
        **dict.fromkeys(INVISIBLE, ""),
        **{letter: unicodedata.normalize("NFKC", letter) for letter in LETTERS_IN_ONE},
        **dict.fromkeys("\u2010\u2011\x1e", "-"),
        "\x1f": "",
        **WINDOWS_SIGNS,
        **SIGNS_OF_FONTS,
    }
)
PLAIN = re.compile("[\n\t -~]*")
"""Most texts of a bank, which has thousands: found so, they need no further look."""
READING_ORDER_MARKS = re.compile("[\u200e\u200f\u061c]+")
# What stands before a sign is looked at last: looked at first, it is so at every letter of a text.
TAG = "[\U000e0000-\U000e007f]"
TAGS = re.compile(f"{TAG}(?<![\U0001f3f4\U000e0020-\U000e007f]{TAG}){TAG}*")
JOINERS = re.compile(f"[\u200b-\u200d](?<![{JOINING}][\u200b-\u200d])")
LAST_OF_PLANES = "".join(f"{chr(p * 65536 + 65534)}{chr(p * 65536 + 65535)}" for p in range(17))
# Controls, halves of characters, places that are none, and the signs for what was lost before.
ODD = re.compile(
    f"[\0-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufff9-\ufffd{LAST_OF_PLANES}]"
)
NEAR = 20


@dataclass(frozen=True, slots=True)
class OddCharacter:
    """`name` as in U+0007; `near` is the text around it, on one line, with the name in place."""

    name: str
    near: str


def normalise_text(raw: str) -> str:
    """`raw` in NFC with plain line breaks, spaces and letters; the same again for its result."""
    return unicodedata.normalize("NFC", put_right(raw))


def put_right(raw: str) -> str:
    """The same but for NFC, which a page of HTML cannot take: a sign may join the end of a tag."""
    if PLAIN.fullmatch(raw):
        return raw
    text = raw.replace("\r\n", "\n")
    if not REPLACED.keys().isdisjoint(map(ord, set(text))):
        text = text.translate(REPLACED)
    if not RIGHT_TO_LEFT.search(text):
        text = READING_ORDER_MARKS.sub("", text)
    return JOINERS.sub("", TAGS.sub("", text))


def normalised_table(table: dict[str, Any]) -> dict[str, Any]:
    """The same for every text of what a file was read into."""
    return {name: _normalised(value) for name, value in table.items()}


def _normalised(value: Any) -> Any:
    if isinstance(value, str):
        return normalise_text(value)
    if isinstance(value, dict):
        return normalised_table(value)
    return [_normalised(entry) for entry in value] if isinstance(value, list) else value


def excess_length(raw: str, text: str, limit: int) -> int:
    """How many characters `raw` is too long, as the counter beside its field counts them.

    Code points of what was typed, in NFC, each line break once: static/js/counter.js does the same.
    `text`, its stored form, is longer only where a sign stands for several letters.
    """
    typed = unicodedata.normalize("NFC", raw.replace("\r\n", "\n").replace("\r", "\n"))
    return max(len(typed), len(text)) - limit


def unsupported_character(text: str) -> OddCharacter | None:
    """The first character that no file can take, and where it stands."""
    found = None if PLAIN.fullmatch(text) else ODD.search(text)
    if found is None:
        return None
    at, name = found.start(), f"U+{code_point(found[0])}"
    before, after = text[max(0, at - NEAR) : at], text[at + 1 : at + 1 + NEAR]
    return OddCharacter(name, f"{_on_one_line(before)}[{name}]{_on_one_line(after)}")


def code_point(character: str) -> str:
    return f"{ord(character):04X}"


def visible(text: str) -> str:
    """The text on one line, with the code point of whatever a terminal would not print."""
    return "".join(c if c.isprintable() else f"U+{code_point(c)}" for c in text)


def _on_one_line(text: str) -> str:
    return visible(" ".join(text.split("\n")))
