"""Which characters a text may have, and the one form it is kept in."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assessment.instrument.plain_text import (
    OddCharacter,
    normalise_text,
    unsupported_character,
    visible,
)

# What is pasted, and what is kept of it.
PASTED = {
    "cafe\u0301\r\nand\rtea": "café\nand\ntea",
    "1\x0b2\x0c3\x854\u20285\u20296": "1\n2\n3\n4\n5\n6",
    "\ufb01nancia\ufb02o e\ufb03cace \U0001d44e\U0001d7d9": "financiaflo efficace a1",
    "co\xador\u200bdi\u2060na\ufefftion": "coordination",
    "\u202eevil\u202c \u2066isolated\u2069 left\u200e": "evil isolated left",
    "a\u2003b\u3000c\u2009d": "a b c d",
    "6\u2007000\xa0: 7\u202f%": "6\xa0000\xa0: 7\u202f%",
    "non\u2011breaking and Word\x1es own\x1f": "non-breaking and Word-s own",
    "\uf0b7 point \uf0e0 next \uf0b3 3": "• point → next ≥ 3",
    "it\x92s \x93quoted\x94 \x80": "it’s “quoted” €",
    "ɓ ɗ ƙ ŋ ɛ ɔ ẽ ʼ ñ ꞌ ọ\u0300": "ɓ ɗ ƙ ŋ ɛ ɔ ẽ ʼ ñ ꞌ ọ̀",
    "la\u200dtin zero\u200cwidth": "latin zerowidth",
    "می\u200cخواهم \u200fok\u200e": "می\u200cخواهم \u200fok\u200e",
    "क्\u200dष 👨\u200d👩\u200d👧 ☺\ufe0f": "क्\u200dष 👨\u200d👩\u200d👧 ☺\ufe0f",
    "ភាសា\u200bខ្មែរ": "ភាសា\u200bខ្មែរ",
}


def test_text_has_one_form_wherever_it_was_copied() -> None:
    assert {pasted: normalise_text(pasted) for pasted in PASTED} == PASTED


# Named, because the usual ones are asked of a codec one by one: a second and a half.
@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_one_form_stays_as_it_is(text: str) -> None:
    once = normalise_text(text)

    assert normalise_text(once) == once


def test_odd_character_is_named_and_shown_in_its_place_on_one_line() -> None:
    odd = "\x07\x7f\x81\ud800\ufdd0\ufffc\ufffd\ufffe\U0002ffff"
    names = [f"U+{ord(sign):04X}" for sign in odd]

    found = [unsupported_character(normalise_text(f"to\nthe{sign} north")) for sign in odd]

    assert found == [OddCharacter(name, f"to the[{name}] north") for name in names]
    assert visible("a\nb\x1b[31mé") == "aU+000AbU+001B[31mé"
