from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from assessment.actions.editions.load_seeds import load_seeds
from assessment.actions.editions.publish import faults_of, publish
from assessment.actions.editions.start_draft import start_draft
from assessment.actions.editions.translate import (
    SubmittedText,
    TranslationOutcome,
    entries_in,
    save_translations,
)
from assessment.actions.responses.save_answers import read_submitted, save_answers
from assessment.instrument.issues import Where
from assessment.instrument.texts import TextKey, hash_of_text, texts_of
from assessment.instrument.translation import completeness_of
from assessment.models import Edition, EditionLanguage, Response, Translation
from tests.actions.respondent_steps import begin
from tests.factories import NOW
from tests.seeds_once import seeds

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

ASKED = TextKey("questions", "TG2", "text")


@pytest.fixture
def draft(edition: Edition) -> Edition:
    return start_draft(edition=edition, now=NOW)


def typed(edition: Edition, text: str, place: TextKey = ASKED) -> SubmittedText:
    source_hash = hash_of_text(texts_of(edition.instrument())[place])
    return SubmittedText(place, text, seen=hash_of_text(""), source_hash=source_hash)


def save(edition: Edition, *sent: SubmittedText) -> TranslationOutcome:
    return save_translations(edition=edition, language="es", submitted=sent, now=NOW)


def stored(edition: Edition) -> dict[TextKey, str]:
    rows = Translation.objects.filter(edition=edition, language="es")
    return {row.place: row.text for row in rows}


def test_untouched_texts_of_a_page_cost_no_query(
    draft: Edition, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    texts = list(texts_of(draft.instrument()).items())[100:150]
    sent = [
        SubmittedText(place, "", seen=hash_of_text(""), source_hash=hash_of_text(text))
        for place, text in texts
    ]

    sent.append(typed(draft, "¿Misma lista?"))

    with django_assert_max_num_queries(30):
        save(draft, *sent)


def test_language_with_gaps_is_published_where_they_are_accepted(
    draft: Edition, edition: Edition
) -> None:
    offered = EditionLanguage.objects.create(edition=draft, language="es")
    save(draft, typed(draft, "¿Misma lista?"))
    entries = entries_in(edition=draft, language="es", instrument=draft.instrument())
    total = completeness_of(entries).total

    (fault,) = faults_of(draft)
    offered.fallback_accepted = True
    offered.save()
    published = publish(edition=draft, now=NOW)

    assert (fault.code, fault.where) == ("language_incomplete", Where("languages", "es"))
    counts = {"total": total, "missing": total - 1, "to_review": 0}
    assert {name: fault.params[name] for name in counts} == counts
    groups: Any = fault.params["groups"]
    assert groups[0][:2] == ("PC", draft.instrument().dimension["PC"].name)
    assert ("_terms", "") in [(group, name) for group, name, _number in groups]
    assert published.content_hash == edition.content_hash
    assert (edition.translations_hash, len(published.translations_hash)) == ("", 64)


def test_new_draft_begins_with_the_translations(draft: Edition) -> None:
    EditionLanguage.objects.create(edition=draft, language="es", fallback_accepted=True)
    save(draft, typed(draft, "¿Misma lista?"))

    newer = start_draft(edition=draft, now=NOW)

    assert stored(newer) == stored(draft) == {ASKED: "¿Misma lista?"}
    offered = EditionLanguage.objects.get(edition=newer)
    assert (offered.language, offered.fallback_accepted) == ("es", True)


@pytest.mark.no_cover
def test_loading_seeds_keeps_the_translations(edition: Edition) -> None:
    bank = replace(seeds(), name="Another bank", language="en-gb")
    draft = load_seeds(instrument=bank, now=NOW).edition
    save(draft, typed(draft, "¿Misma lista?"))
    questions = tuple(
        replace(q, text="Same lists?") if q.code == "TG2" else q for q in bank.questions
    )

    load_seeds(instrument=replace(bank, questions=questions), now=NOW)

    assert stored(draft) == {ASKED: "¿Misma lista?"}
    assert state(draft) == "to_review"


def state(edition: Edition) -> str:
    entries = entries_in(edition=edition, language="es", instrument=edition.instrument())
    return next(entry.state for entry in entries if entry.place == ASKED)


@pytest.mark.no_cover
def test_answers_in_two_languages_are_the_same_values(draft: Edition) -> None:
    EditionLanguage.objects.create(edition=draft, language="es", fallback_accepted=True)
    option = TextKey("questions", "TG2", "options.2.text")
    save(draft, typed(draft, "En parte", option))
    published = publish(edition=draft, now=NOW)

    responses = [answering(published, "en"), answering(published, "es")]

    assert [response.answers.get().value for response in responses] == [2, 2]


def answering(edition: Edition, language: str) -> Response:
    """A response whose person chose the third option in her language."""
    response = begin(edition, key=language)
    instrument = edition.instrument(language)
    chosen = {"TG2": instrument.question["TG2"].options[2].value}
    answers = read_submitted(instrument=instrument, answers=chosen, notes={})
    save_answers(response=response, answers=answers, now=NOW)
    return response
