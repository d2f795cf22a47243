from __future__ import annotations

import pytest

from assessment.actions.clean_text import BadText, clean_line, clean_text
from assessment.instrument.issues import Issue


def test_clean_text_is_one_form() -> None:
    assert clean_text(" cafe\u0301\r\nand\rtea\t ", limit=20) == "café\nand\ntea"


@pytest.mark.parametrize("odd", ["\0", "\x07", "\x7f", "\ud800", "\ufffe", "\uffff"])
def test_clean_text_refuses_characters_that_break_files(odd: str) -> None:
    with pytest.raises(BadText) as refused:
        clean_text(f"a{odd}b", limit=20)

    character = f"U+{ord(odd):04X}"
    assert refused.value.issue == Issue("odd_character", params={"character": character})


def test_clean_text_tells_how_much_too_long() -> None:
    with pytest.raises(BadText) as refused:
        clean_text("x" * 13, limit=10)

    assert refused.value.issue == Issue("text_too_long", params={"over": 3, "limit": 10})


def test_clean_line_has_no_line_breaks() -> None:
    assert clean_line("Haku\n Wiñay\t2") == "Haku Wiñay 2"
