"""Which characters a text may have."""

from __future__ import annotations

from assessment.instrument.plain_text import normalise_text, unsupported_character, visible


def test_one_form_is_the_same_however_it_was_typed() -> None:
    assert normalise_text("cafe\u0301\r\nand\rtea") == "café\nand\ntea"


def test_odd_character_is_named_by_its_code_point() -> None:
    table: list[tuple[str, str]] = [
        ("line\n\tnext", ""),
        ("a\ab", "0007"),
        ("\ud800", "D800"),
        ("\ufffe", "FFFE"),
    ]

    assert [(text, unsupported_character(text)) for text, _ in table] == table


def test_visible_text_is_one_printable_line() -> None:
    assert visible("a\nb\x1b[31mé") == "aU+000AbU+001B[31mé"
