"""Translations that come with the seeds: laid into a draft, offered to nobody by that."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.contrib.auth.models import User

from assessment.actions.editions.delete_draft import delete_draft
from assessment.actions.editions.import_texts import TextSummary
from assessment.actions.editions.load_seeds import (
    draft_of_new_languages,
    load_seeds,
    nothing_typed,
)
from assessment.actions.editions.publish import publish
from assessment.actions.editions.start_draft import start_draft
from assessment.actions.editions.translate import SubmittedText, entries_in, save_translations
from assessment.instrument.texts import TextKey, hash_of_text, texts_of
from assessment.instrument.translation import Translation, completeness_of
from assessment.models import Edition, Question
from assessment.models.translations import all_translations_of, languages_of
from tests.actions.history_sentences import sentences_of
from tests.factories import NOW
from tests.seeds_once import seeds

if TYPE_CHECKING:
    from collections.abc import Mapping

ASKED, SHORT = TextKey("questions", "PC1", "text"), TextKey("questions", "PC1", "short")


@pytest.fixture
def texts() -> dict[str, dict[TextKey, Translation]]:
    """Two in Spanish, up to the seeds of today."""
    sources = texts_of(seeds())
    words = {ASKED: "¿Hasta qué punto?", SHORT: "Respaldo"}
    made = {at: Translation(text, hash_of_text(sources[at])) for at, text in words.items()}
    return {"es": made}


def load(texts: Mapping[str, Mapping[TextKey, Translation]]) -> tuple[Edition, TextSummary | None]:
    report = load_seeds(instrument=seeds(), now=NOW, translations=texts)
    return report.edition, report.texts.get("es")


def test_texts_are_laid_beside_the_published_content_for_review_and_offered_to_nobody(
    edition: Edition, texts: dict[str, dict[TextKey, Translation]]
) -> None:
    draft, first = load(texts)
    again, second = load({"es": texts["es"] | {SHORT: Translation("Apoyo", "of before")}})

    assert (first, second) == (TextSummary(2, 0, 0), TextSummary(0, 1, 1))
    assert (draft.is_draft, again) == (True, draft)
    assert draft.instrument().content_hash == edition.content_hash
    assert languages_of(draft) == frozenset()
    entries = entries_in(edition=draft, language="es", instrument=draft.instrument())
    counted = completeness_of(entries)
    assert (counted.done, counted.to_review) == (1, 1)
    assert sentences_of(draft)[-1] == "Texts in es: 0 created, 1 changed."
    assert load({"es": {ASKED: texts["es"][ASKED]}})[1] == TextSummary(0, 0, 1)


def test_loading_what_is_published_with_its_texts_changes_nothing(
    edition: Edition, texts: dict[str, dict[TextKey, Translation]]
) -> None:
    published = publish(edition=load(texts)[0], now=NOW)

    report = load_seeds(instrument=seeds(), now=NOW, translations=texts)

    assert (report.edition, report.written, report.texts) == (published, None, {})
    assert published.instrument("es").question["PC1"].text == seeds().question["PC1"].text
    assert published.content_hash == edition.content_hash
    assert published.translations_hash not in {"", edition.translations_hash}


def test_languages_that_came_become_a_draft_once(
    edition: Edition, texts: dict[str, dict[TextKey, Translation]]
) -> None:
    def made(translations: dict[str, dict[TextKey, Translation]]) -> Edition | None:
        return draft_of_new_languages(instrument=seeds(), translations=translations, now=NOW)

    draft = made(texts)

    assert draft is not None
    assert (draft.is_draft, draft.started_from) == (True, edition)
    assert all_translations_of(draft) == texts
    assert made(texts) is None
    delete_draft(edition=draft, reason="Not now", user=User.objects.create(username="ada"))
    assert made(texts) is None
    Edition.objects.filter(pk=edition.pk).update(content_hash="of another bank")
    assert made({"fr": texts["es"]}) is None


def test_words_of_translators_stay_until_those_of_the_seeds_are_asked_for(
    edition: Edition, texts: dict[str, dict[TextKey, Translation]]
) -> None:
    first, _put = load(texts)
    seen = hash_of_text(texts["es"][SHORT].text)
    typed = SubmittedText(SHORT, "Apoyo", seen, texts["es"][SHORT].source_hash)
    save_translations(edition=first, language="es", submitted=[typed], now=NOW)
    published = publish(edition=first, now=NOW)

    assert load(texts) == (published, None)
    later = {"es": {**texts["es"], ASKED: Translation("¿Cuánto?", texts["es"][ASKED].source_hash)}}
    draft, put = load(later)

    assert put == TextSummary(0, 1, 0, kept=1)
    assert all_translations_of(draft)["es"][SHORT].text == "Apoyo"
    load_seeds(instrument=seeds(), now=NOW, translations=later, typed_by_people=nothing_typed)
    assert all_translations_of(draft) == later


def test_texts_leave_the_bank_of_a_draft_alone(
    edition: Edition, texts: dict[str, dict[TextKey, Translation]]
) -> None:
    own = start_draft(edition=edition, now=NOW)
    Question.objects.filter(edition=own, code="PC1").update(text="Anew?")

    draft, _put = load(texts)

    assert draft == own
    assert draft.instrument().question["PC1"].text == "Anew?"
