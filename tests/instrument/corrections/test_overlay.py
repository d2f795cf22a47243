from __future__ import annotations

from assessment.instrument.corrections.overlay import with_corrected_translations, with_corrections
from assessment.instrument.texts import TextKey, hash_of_text
from assessment.instrument.translation import Translation, with_translations
from tests.instrument.build import instrument, level

TEXT = TextKey("questions", "TG1", "text")


def test_correction_changes_the_text_and_not_the_hash() -> None:
    bank = instrument(level("TG1"))

    corrected = with_corrections(bank, {TEXT: "Better words?"})

    assert corrected.question["TG1"].text == "Better words?"
    assert corrected.content_hash == bank.content_hash
    assert corrected.texts_hash != bank.texts_hash


def test_correction_shows_through_where_nothing_is_translated() -> None:
    bank = instrument(level("TG1"), level("TG2"))
    first, second = (TextKey("questions", code, "text") for code in ("TG1", "TG2"))
    spanish = Translation("¿Cuánto?", hash_of_text(bank.question["TG1"].text))
    laid = with_translations(bank, {first: spanish}, language="es")

    corrected = with_corrected_translations(
        laid, {first: "One?", second: "Two?"}, {second: "Nothing."}
    )

    assert [corrected.question[code].text for code in ("TG1", "TG2")] == ["¿Cuánto?", "Two?"]
    assert corrected.content_hash == bank.content_hash


def test_correction_of_a_translation_changes_its_own_text_only() -> None:
    bank = instrument(level("TG1"), level("TG2"))
    first, second = (TextKey("questions", code, "text") for code in ("TG1", "TG2"))
    spanish = Translation("¿Cuanto?", hash_of_text(bank.question["TG1"].text))
    laid = with_translations(bank, {first: spanish}, language="es")

    corrected = with_corrected_translations(laid, {}, {first: "¿Cuánto?", second: "Nothing."})

    assert [corrected.question[code].text for code in ("TG1", "TG2")] == ["¿Cuánto?", "TG2?"]
    assert corrected.texts_hash != laid.texts_hash
