from __future__ import annotations

from assessment.actions.clean_text import BadText, clean_line, clean_text
from assessment.instrument.issues import Issue
from tests.tables import raised


def test_clean_text_is_one_form_that_a_file_holds() -> None:
    near = {"character": "U+0007", "near": "a[U+0007]b"}
    refused = [
        ("a\x07b", Issue("odd_character", params=near)),
        ("x" * 23, Issue("text_too_long", params={"over": 3, "limit": 20})),
    ]

    assert clean_text(" cafe\u0301\r\nand\rtea\t ", limit=20) == "café\nand\ntea"
    assert clean_line("Haku\n Wiñay\t2") == "Haku Wiñay 2"
    assert [
        (text, raised(BadText, clean_text, text, limit=20).issue) for text, _ in refused
    ] == refused


def test_clean_text_counts_as_the_counter_beside_the_field() -> None:
    """Code points in NFC, a line break once: tests/journeys compares the two."""
    just_fit = ["x" * 10, "\r\n" * 5 + "x" * 5, "😀" * 10, "e\u0301" * 10]
    for raw in just_fit:
        clean_text(raw, limit=10)

    over = {raw: raised(BadText, clean_text, f"{raw}.", limit=10).issue for raw in just_fit}

    assert {raw: issue.params["over"] for raw, issue in over.items()} == dict.fromkeys(just_fit, 1)
