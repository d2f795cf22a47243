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
    named = {"character": character, "place": "a▯b"}
    assert refused.value.issue == Issue("odd_character", params=named)


def test_clean_text_tells_how_much_too_long() -> None:
    with pytest.raises(BadText) as refused:
        clean_text("x" * 13, limit=10)

    assert refused.value.issue == Issue("text_too_long", params={"over": 3, "limit": 10})


@pytest.mark.parametrize("raw", ["x" * 10, "\r\n" * 5 + "x" * 5, "😀" * 10, "e\u0301" * 10])
def test_clean_text_counts_as_the_counter_beside_the_field(raw: str) -> None:
    """Code points in NFC, a line break once: tests/journeys compares the two."""
    clean_text(raw, limit=10)

    with pytest.raises(BadText) as refused:
        clean_text(f"{raw}.", limit=10)

    assert refused.value.issue.params["over"] == 1


def test_clean_line_has_no_line_breaks() -> None:
    assert clean_line("Haku\n Wiñay\t2") == "Haku Wiñay 2"
