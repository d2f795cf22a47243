from __future__ import annotations

import pytest

from assessment.method.correction import correct, correct_borrowed, is_typing_error
from assessment.method.translation import Place, Translation, hash_of, lay
from tests.method.build import instrument, level

TEXT = Place("questions", "TG1", "text")


@pytest.mark.parametrize(
    ("old", "new", "allowed"),
    [
        ("How are the particpants chosen?", "How are the participants chosen?", True),
        ("Targting", "Targeting", True),
        ("How are the participants chosen?", "Who pays for the irrigation of fields?", False),
        ("At least 5 offices agree.", "At least 50 offices agree.", False),
        ("The offices do agree on it.", "The offices do not agree on it.", False),
        ("Text", "", False),
    ],
)
def test_typing_error_changes_little(old: str, new: str, allowed: bool) -> None:
    assert is_typing_error(old, new) is allowed


def test_correction_changes_the_text_and_not_the_hash() -> None:
    bank = instrument(level("TG1"))

    corrected = correct(bank, {TEXT: "Better words?"})

    assert corrected.question["TG1"].text == "Better words?"
    assert corrected.content_hash == bank.content_hash
    assert corrected.texts_hash != bank.texts_hash


def test_correction_shows_through_where_nothing_is_translated() -> None:
    bank = instrument(level("TG1"), level("TG2"))
    first, second = (Place("questions", code, "text") for code in ("TG1", "TG2"))
    spanish = Translation("¿Cuánto?", hash_of(bank.question["TG1"].text))
    laid = lay(bank, {first: spanish}, language="es")

    corrected = correct_borrowed(laid, {first: "One?", second: "Two?"})

    assert [corrected.question[code].text for code in ("TG1", "TG2")] == ["¿Cuánto?", "Two?"]
    assert corrected.content_hash == bank.content_hash
