from __future__ import annotations

from typing import TYPE_CHECKING

from assessment.instrument.corrections.overlay import with_corrected_translations, with_corrections
from assessment.instrument.texts import TextKey, hash_of_text
from assessment.instrument.translation import Translation, with_translations
from tests.instrument.build import instrument, level

if TYPE_CHECKING:
    from assessment.instrument.model import Instrument
    from assessment.instrument.translation import TranslatedInstrument


FIRST, SECOND = (TextKey("questions", code, "text") for code in ("TG1", "TG2"))
BANK = instrument(level("TG1"), level("TG2"))


def laid(spanish: str) -> TranslatedInstrument:
    translation = Translation(spanish, hash_of_text(BANK.question["TG1"].text))
    return with_translations(BANK, {FIRST: translation}, language="es")


def words(bank: Instrument) -> list[str]:
    return [bank.question[code].text for code in ("TG1", "TG2")]


def test_correction_changes_the_text_and_not_the_hash() -> None:
    corrected = with_corrections(BANK, {FIRST: "Better words?"})

    assert words(corrected) == ["Better words?", "TG2?"]
    assert corrected.content_hash == BANK.content_hash
    assert corrected.texts_hash != BANK.texts_hash


def test_correction_shows_through_where_nothing_is_translated() -> None:
    """One of a translation changes the text of that language only."""
    source = with_corrected_translations(
        laid("¿Cuánto?"), {FIRST: "One?", SECOND: "Two?"}, {SECOND: "Nothing."}
    )
    spanish = with_corrected_translations(
        laid("¿Cuanto?"), {}, {FIRST: "¿Cuánto?", SECOND: "Nothing."}
    )

    assert [words(source), words(spanish)] == [["¿Cuánto?", "Two?"], ["¿Cuánto?", "TG2?"]]
    assert source.content_hash == BANK.content_hash
    assert spanish.texts_hash != laid("¿Cuanto?").texts_hash
