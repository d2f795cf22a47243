from __future__ import annotations

import pytest

from assessment.actions.clean_text import BadText, clean_line, clean_text


def test_clean_text_is_one_form() -> None:
    assert clean_text(" cafe\u0301\r\nand\rtea\t ", limit=20) == "café\nand\ntea"


@pytest.mark.parametrize("odd", ["\0", "\x07", "\x7f", "\ud800", "\ufffe", "\uffff"])
def test_clean_text_refuses_characters_that_break_files(odd: str) -> None:
    with pytest.raises(BadText, match=f"U\\+{ord(odd):04X}"):
        clean_text(f"a{odd}b", limit=20)


@pytest.mark.parametrize(
    ("length", "sentence"), [(11, "1 character too long"), (13, "3 characters too long")]
)
def test_clean_text_tells_how_much_too_long(length: int, sentence: str) -> None:
    with pytest.raises(BadText, match=sentence):
        clean_text("x" * length, limit=10)


def test_clean_line_has_no_line_breaks() -> None:
    assert clean_line("Haku\n Wiñay\t2") == "Haku Wiñay 2"
