from __future__ import annotations

from typing import Any

import pytest

from assessment.actions.editions.correct_text import BadCorrection, correct_text, texts_to_correct
from assessment.actions.editions.start_draft import start_draft
from assessment.instrument.texts import TextKey, hash_of_text
from assessment.models import Correction, Edition
from tests.actions.history_sentences import sentences_of
from tests.factories import NOW
from tests.tables import raised

pytestmark = pytest.mark.django_db

PLACE = TextKey("questions", "PC1", "text")


def text_of(edition: Edition) -> str:
    return edition.instrument().question["PC1"].text


def corrected(edition: Edition, **changes: Any) -> Correction:
    old = text_of(edition)
    usual = {"place": PLACE, "text": f"{old}!", "seen": hash_of_text(old), "reason": "A slip."}
    return correct_text(edition=edition, user="maria", now=NOW, **(usual | changes))


def test_correction_is_laid_over_and_logged(edition: Edition) -> None:
    old, content_hash = text_of(edition), edition.instrument().content_hash

    made = corrected(edition)

    edition.refresh_from_db()
    assert text_of(edition) == f"{old}!"
    assert edition.instrument().content_hash == edition.content_hash == content_hash
    assert edition.question_set.get(code="PC1").text == old
    assert (made.number, made.old, made.new, made.user) == (1, old, f"{old}!", "maria")
    assert edition.corrections == 1
    assert (made.place, str(made)) == (PLACE, f"1: PC1 text, {edition}")


def test_last_correction_of_a_text_is_shown(edition: Edition) -> None:
    first = corrected(edition)
    edition.refresh_from_db()
    second = corrected(edition)

    edition.refresh_from_db()
    assert (second.number, second.old) == (2, first.new)
    assert text_of(edition) == second.new


def test_translated_edition_shows_the_correction_where_it_borrows(edition: Edition) -> None:
    made = corrected(edition)

    edition.refresh_from_db()
    assert edition.instrument("es").question["PC1"].text == made.new


def test_draft_of_a_corrected_edition_begins_with_the_correction(edition: Edition) -> None:
    made = corrected(edition)
    edition.refresh_from_db()

    assert text_of(start_draft(edition=edition, now=NOW)) == made.new


@pytest.fixture
def spanish(edition: Edition) -> Edition:
    """PC1 in Spanish, with a slip; its hash is its own: what is compiled is kept by it."""
    edition.editionlanguage_set.create(language="es", fallback_accepted=True)
    source = hash_of_text(text_of(edition))
    given = {"text": "¿Quien manda?", "source_hash": source, "updated_at": NOW}
    edition.translation_set.create(language="es", **PLACE._asdict(), **given)
    Edition.objects.filter(pk=edition.pk).update(content_hash="d" * 64, translations_hash="e" * 64)
    edition.refresh_from_db()
    return edition


def in_spanish(edition: Edition) -> str:
    edition.refresh_from_db()
    return edition.instrument("es").question["PC1"].text


def put_right(edition: Edition) -> Correction:
    seen = hash_of_text(in_spanish(edition))
    return corrected(edition, language="es", text="¿Quién manda?", seen=seen)


def test_translation_is_corrected_and_the_source_stays(spanish: Edition) -> None:
    source = text_of(spanish)

    made = put_right(spanish)

    assert (made.language, made.old, in_spanish(spanish)) == ("es", "¿Quien manda?", made.new)
    assert text_of(spanish) == source
    assert spanish.corrections == 1


def test_translation_keeps_the_words_of_its_language(spanish: Edition) -> None:
    with pytest.raises(BadCorrection, match="more_than_a_typing_error"):
        corrected(
            spanish, language="es", text="¿Nadie manda?", seen=hash_of_text(in_spanish(spanish))
        )


def test_words_of_a_country_are_corrected_apart(spanish: Edition) -> None:
    source = hash_of_text(text_of(spanish))
    given = {"text": "¿Quien decide?", "source_hash": source, "updated_at": NOW}
    spanish.translation_set.create(language="es-co", **PLACE._asdict(), **given)
    Edition.objects.filter(pk=spanish.pk).update(content_hash="c" * 64)

    def in_colombia() -> str:
        spanish.refresh_from_db()
        return spanish.instrument("es", country="CO").question["PC1"].text

    put_right(spanish)
    before = in_colombia()
    seen = hash_of_text(before)
    corrected(spanish, language="es-co", text="¿Quién decide?", seen=seen)

    assert (before, in_colombia()) == ("¿Quien decide?", "¿Quién decide?")
    assert in_spanish(spanish) == "¿Quién manda?"
    assert texts_to_correct(spanish, "es-co") == {PLACE: "¿Quién decide?"}


def test_draft_of_a_corrected_edition_begins_with_corrected_translations(
    spanish: Edition,
) -> None:
    put_right(spanish)
    spanish.refresh_from_db()
    corrected(spanish)
    spanish.refresh_from_db()

    draft = start_draft(edition=spanish, now=NOW)

    assert in_spanish(draft) == "¿Quién manda?"


def test_draft_of_a_corrected_edition_keeps_what_is_to_be_reviewed(spanish: Edition) -> None:
    stale = {"text": "Mire.", "source_hash": "0" * 64, "updated_at": NOW}
    beside = TextKey("questions", "PC1", "help")._asdict()
    spanish.translation_set.create(language="es", **beside, **stale)
    corrected(spanish)
    spanish.refresh_from_db()

    draft = start_draft(edition=spanish, now=NOW)

    assert draft.translation_set.get(field="help").source_hash == "0" * 64


def test_what_is_no_correction_is_refused(edition: Edition) -> None:
    table: list[tuple[dict[str, Any], str]] = [
        ({"seen": "0" * 64}, "corrected_meanwhile"),
        ({"place": TextKey("questions", "PC1", "code")}, "text_not_in_edition"),
        ({"text": "Something else."}, "more_than_a_typing_error"),
        ({"language": "es"}, "text_not_translated"),
        ({"text": "a\0b"}, "odd_character"),
        ({"text": "x" * 5001}, "text_too_long"),
        ({"text": text_of(edition)}, "text_unchanged"),
        ({"text": f"{text_of(edition)} {{name}}"}, "placeholders_changed"),
    ]

    assert [
        (changes, raised(BadCorrection, corrected, edition, **changes).issue.code)
        for changes, _ in table
    ] == table
    assert not Correction.objects.exists()


def test_draft_is_not_corrected(edition: Edition) -> None:
    with pytest.raises(BadCorrection, match="draft_not_corrected"):
        corrected(start_draft(edition=edition, now=NOW))


def test_correction_stands_in_the_history(edition: Edition) -> None:
    made = corrected(edition)

    assert sentences_of(edition)[-1] == f"Correction 1 of PC1: “{made.old}” became “{made.new}”."
