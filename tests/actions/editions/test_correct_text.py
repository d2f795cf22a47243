from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from assessment.actions.editions.correct_text import BadCorrection, correct_text
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


def test_correction_is_laid_over_the_content_and_into_the_next_draft(edition: Edition) -> None:
    old, content_hash = text_of(edition), edition.instrument().content_hash

    first = corrected(edition)
    edition.refresh_from_db()
    second = corrected(edition)

    edition.refresh_from_db()
    assert [(made.number, made.old, made.new) for made in (first, second)] == [
        (1, old, f"{old}!"),
        (2, f"{old}!", f"{old}!!"),
    ]
    assert [made.place for made in (first, second)] == [PLACE, PLACE]
    assert str(first) == f"1: PC1 text, {edition}"
    borrowing, draft = edition.instrument("es"), start_draft(edition=edition, now=NOW)
    assert [text_of(edition), borrowing.question["PC1"].text, text_of(draft)] == [second.new] * 3
    assert edition.instrument().content_hash == edition.content_hash == content_hash
    assert (edition.question_set.get(code="PC1").text, edition.corrections) == (old, 2)
    assert sentences_of(edition)[-1] == f"Correction 2 of PC1: “{old}!” became “{old}!!”."


@pytest.fixture
def spanish(edition: Edition) -> Edition:
    """PC1 in Spanish, with a slip; its hash is its own: what is compiled is kept by it."""
    edition.editionlanguage_set.create(language="es", fallback_accepted=True)
    source = hash_of_text(text_of(edition))
    given = {"text": "¿Quien manda?", "source_hash": source, "updated_at": NOW}
    edition.translation_set.create(language="es", **PLACE._asdict(), **given)
    Edition.objects.filter(pk=edition.pk).update(content_hash=uuid4().hex * 2)
    edition.refresh_from_db()
    return edition


def in_spanish(edition: Edition) -> str:
    edition.refresh_from_db()
    return edition.instrument("es").question["PC1"].text


def test_draft_of_a_corrected_edition_begins_with_corrected_translations(
    spanish: Edition,
) -> None:
    source = text_of(spanish)
    stale = {"text": "Mire.", "source_hash": "0" * 64, "updated_at": NOW}
    for language, field in (("es", "help"), ("fr", "text")):
        place = PLACE._replace(field=field)._asdict()
        spanish.translation_set.create(language=language, **place, **stale)
    seen = hash_of_text(in_spanish(spanish))
    corrected(spanish, language="es", text="¿Quién manda?", seen=seen)
    spanish.refresh_from_db()
    corrected(spanish)
    spanish.refresh_from_db()

    draft = start_draft(edition=spanish, now=NOW)

    rows = {(row.language, row.field): row for row in draft.translation_set.all()}
    assert {at: (row.text, row.source_hash) for at, row in rows.items()} == {
        ("es", "text"): ("¿Quién manda?", hash_of_text(f"{source}!")),
        ("es", "help"): ("Mire.", "0" * 64),
        ("fr", "text"): ("Mire.", "0" * 64),
    }


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
    draft = start_draft(edition=edition, now=NOW)
    assert raised(BadCorrection, corrected, draft).issue.code == "draft_not_corrected"
    assert not Correction.objects.exists()
