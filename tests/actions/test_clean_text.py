from __future__ import annotations

from assessment.actions.clean_text import BadText, clean_line, clean_text
from assessment.instrument.issues import Issue
from tests.tables import raised


def test_clean_text_is_one_form() -> None:
    assert clean_text(" cafe\u0301\r\nand\rtea\t ", limit=20) == "café\nand\ntea"


def test_clean_text_refuses_what_no_file_holds() -> None:
    odd = ("\0", "\x07", "\x7f", "\ud800", "\ufffe", "\uffff")
    table = [
        (f"a{sign}b", Issue("odd_character", params={"character": f"U+{ord(sign):04X}"}))
        for sign in odd
    ] + [("x" * 23, Issue("text_too_long", params={"over": 3, "limit": 20}))]

    assert [(text, raised(BadText, clean_text, text, limit=20).issue) for text, _ in table] == table


def test_clean_line_has_no_line_breaks() -> None:
    assert clean_line("Haku\n Wiñay\t2") == "Haku Wiñay 2"
