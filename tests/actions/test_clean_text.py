from __future__ import annotations

import pytest

from assessment.actions.clean_text import BadText, clean_line, clean_text
from assessment.instrument.issues import Issue


def test_clean_text_is_one_form() -> None:
    assert clean_text(" cafe\u0301\r\nand\rtea\t ", limit=20) == "café\nand\ntea"


def test_clean_text_shows_where_a_character_stands_that_breaks_files() -> None:
    with pytest.raises(BadText) as refused:
        clean_text("a\x07b", limit=20)

    params = {"character": "U+0007", "near": "a[U+0007]b"}
    assert refused.value.issue == Issue("odd_character", params=params)


def test_clean_text_tells_how_much_too_long() -> None:
    with pytest.raises(BadText) as refused:
        clean_text("x" * 13, limit=10)

    assert refused.value.issue == Issue("text_too_long", params={"over": 3, "limit": 10})


def test_clean_line_has_no_line_breaks() -> None:
    assert clean_line("Haku\n Wiñay\t2") == "Haku Wiñay 2"
