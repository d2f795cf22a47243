from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from assessment.actions.editions.load_seeds import load_seeds
from assessment.actions.editions.publish import faults_of, publish
from assessment.actions.editions.start_draft import start_draft
from assessment.actions.editions.translate import (
    BadTranslations,
    SubmittedText,
    TranslationConflict,
    TranslationOutcome,
    entries_in,
    save_translations,
)
from assessment.actions.responses.save_answers import read_submitted, save_answers
from assessment.instrument.issues import Issue, Where
from assessment.instrument.texts import TextKey, hash_of_text, texts_of
from assessment.instrument.translation import completeness_of
from assessment.models import Edition, EditionLanguage, Question, Response, Translation
from assessment.models.editions import NotADraft
from tests.actions.history_sentences import sentences_of
from tests.actions.respondent_steps import begin
from tests.factories import NOW
from tests.seeds_once import seeds
from tests.tables import raised

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

ASKED = TextKey("questions", "TG2", "text")
SHORT = TextKey("dimensions", "TG", "short")


@pytest.fixture
def draft(edition: Edition) -> Edition:
    return start_draft(edition=edition, now=NOW)


def source(edition: Edition, place: TextKey) -> str:
    return texts_of(edition.instrument()).get(place, "")


def typed(edition: Edition, text: str, place: TextKey = ASKED, **more: Any) -> SubmittedText:
    fields = {"seen": hash_of_text(""), "source_hash": hash_of_text(source(edition, place)), **more}
    return SubmittedText(place, text, **fields)


def save(edition: Edition, *sent: SubmittedText, language: str = "es") -> TranslationOutcome:
    return save_translations(edition=edition, language=language, submitted=sent, now=NOW)


def stored(edition: Edition, language: str = "es") -> dict[TextKey, str]:
    rows = Translation.objects.filter(edition=edition, language=language)
    return {row.place: row.text for row in rows}


def test_translation_is_kept_tidy(draft: Edition) -> None:
    outcome = save(draft, typed(draft, " Primera línea\r\nSegunda li\u0301nea \r\n"))

    assert outcome == TranslationOutcome(saved=(ASKED,), conflicts=())
    assert stored(draft) == {ASKED: "Primera línea\nSegunda línea"}


def test_only_the_language_in_hand_changes(draft: Edition) -> None:
    save(draft, typed(draft, "Même liste ?"), language="fr")
    save(draft, typed(draft, "¿Misma lista?"))

    assert (stored(draft, "fr"), stored(draft)) == (
        {ASKED: "Même liste ?"},
        {ASKED: "¿Misma lista?"},
    )


def test_untouched_text_is_left_as_others_saved_it(draft: Edition) -> None:
    save(draft, typed(draft, "¿Misma lista?"))

    assert save(draft, typed(draft, "")) == TranslationOutcome(saved=(), conflicts=())
    assert stored(draft) == {ASKED: "¿Misma lista?"}


def test_second_translator_sees_both_texts(draft: Edition) -> None:
    save(draft, typed(draft, "¿Misma lista?"))
    late = typed(draft, "¿Igual lista?")

    assert save(draft, late) == TranslationOutcome(
        saved=(), conflicts=(TranslationConflict(late, "¿Misma lista?"),)
    )
    assert stored(draft) == {ASKED: "¿Misma lista?"}


def test_second_translator_of_a_removed_text_is_told(draft: Edition) -> None:
    late = typed(draft, "¿Igual lista?", seen=hash_of_text("¿Misma lista?"))

    assert save(draft, late).conflicts == (TranslationConflict(late, ""),)


@pytest.mark.no_cover
def test_same_text_twice_is_no_conflict(draft: Edition) -> None:
    save(draft, typed(draft, "¿Misma lista?"))

    assert save(draft, typed(draft, "¿Misma lista?")).conflicts == ()


def test_empty_text_takes_the_translation_away(draft: Edition) -> None:
    save(draft, typed(draft, "¿Misma lista?"))

    save(draft, typed(draft, " ", seen=hash_of_text("¿Misma lista?")))

    assert stored(draft) == {}


def test_confirming_nothing_writes_nothing(draft: Edition) -> None:
    save(draft, typed(draft, "", confirmed=True))

    assert stored(draft) == {}


@pytest.mark.no_cover
def test_changed_source_asks_for_review_until_confirmed(draft: Edition) -> None:
    save(draft, typed(draft, "¿Misma lista?"))
    Question.objects.filter(edition=draft, code="TG2").update(text="Same lists?")
    assert state(draft) == "to_review"

    save(draft, typed(draft, "¿Misma lista?", seen=hash_of_text("¿Misma lista?"), confirmed=True))

    assert state(draft) == "done"


def test_translation_of_an_older_source_is_to_be_reviewed(draft: Edition) -> None:
    save(draft, typed(draft, "¿Misma lista?", source_hash="0" * 99))

    assert state(draft) == "to_review"


def state(edition: Edition) -> str:
    entries = entries_in(edition=edition, language="es", instrument=edition.instrument())
    return next(entry.state for entry in entries if entry.place == ASKED)


@pytest.mark.no_cover
def test_bad_translation_is_refused(draft: Edition) -> None:
    table = {
        "Nada": Issue("placeholders_missing", params={"names": ("{country}",)}),
        "En {country} y {pais}": Issue("placeholders_unknown", params={"names": ("{pais}",)}),
        "{country}" + "a" * 5000: Issue("text_too_long", params={"over": 9, "limit": 5000}),
    }
    Question.objects.filter(edition=draft, code="TG2").update(text="In {country}?")
    good = typed(draft, "Nombres", SHORT)

    assert {
        text: raised(BadTranslations, save, draft, good, typed(draft, text)).errors
        for text in table
    } == {text: {ASKED: issue} for text, issue in table.items()}
    assert stored(draft) == {}


def test_text_that_left_the_edition_is_refused(draft: Edition) -> None:
    gone = TextKey("questions", "TG99", "text")

    with pytest.raises(BadTranslations, match="text_gone"):
        save(draft, typed(draft, "¿Qué?", gone))


def test_published_edition_takes_no_translation(edition: Edition) -> None:
    with pytest.raises(NotADraft):
        save(edition, typed(edition, "¿Misma lista?"))


def test_untouched_texts_of_a_page_cost_no_query(
    draft: Edition, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    texts = list(texts_of(draft.instrument()).items())[100:150]
    sent = [
        SubmittedText(place, "", seen=hash_of_text(""), source_hash=hash_of_text(text))
        for place, text in texts
    ]

    with django_assert_max_num_queries(51):
        save(draft, *sent, typed(draft, "¿Misma lista?"))


@pytest.mark.no_cover
def test_new_draft_begins_with_the_translations(draft: Edition) -> None:
    EditionLanguage.objects.create(edition=draft, language="es", fallback_accepted=True)
    save(draft, typed(draft, "¿Misma lista?"))
    published = publish(edition=draft, now=NOW)

    newer = start_draft(edition=published, now=NOW)

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


@pytest.mark.no_cover
def test_language_with_gaps_is_not_published(draft: Edition) -> None:
    EditionLanguage.objects.create(edition=draft, language="es")
    save(draft, typed(draft, "¿Misma lista?"))
    total = completeness_of(
        entries_in(edition=draft, language="es", instrument=draft.instrument())
    ).total

    (fault,) = faults_of(draft)

    assert (fault.code, fault.where) == ("language_incomplete", Where("languages", "es"))
    counts = {"total": total, "missing": total - 1, "to_review": 0}
    assert {name: fault.params[name] for name in counts} == counts


def test_accepted_gaps_are_published(draft: Edition) -> None:
    EditionLanguage.objects.create(edition=draft, language="es", fallback_accepted=True)

    assert faults_of(draft) == []


def test_complete_language_is_published(draft: Edition) -> None:
    EditionLanguage.objects.create(edition=draft, language="es")
    for place, text in texts_of(draft.instrument()).items():
        Translation.objects.create(
            edition=draft,
            language="es",
            text=text,
            source_hash=hash_of_text(text),
            updated_at=NOW,
            **place._asdict(),
        )

    published = publish(edition=draft, now=NOW)

    assert len(published.translations_hash) == 64


@pytest.mark.no_cover
def test_translations_do_not_change_the_hash_of_the_content(
    draft: Edition, edition: Edition
) -> None:
    EditionLanguage.objects.create(edition=draft, language="es", fallback_accepted=True)
    save(draft, typed(draft, "¿Misma lista?"))

    published = publish(edition=draft, now=NOW)

    assert published.content_hash == edition.content_hash
    assert (edition.translations_hash, len(published.translations_hash)) == ("", 64)


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


def test_fault_names_what_is_open_by_group(draft: Edition) -> None:
    EditionLanguage.objects.create(edition=draft, language="qu")

    groups: Any = faults_of(draft)[0].params["groups"]
    assert groups[0][:2] == ("PC", draft.instrument().dimension["PC"].name)
    assert ("_terms", "") in [(group, name) for group, name, _number in groups]


def test_history_of_the_language_names_what_was_translated(draft: Edition) -> None:
    offered = EditionLanguage.objects.create(edition=draft, language="es")

    save(draft, typed(draft, "¿Misma lista?"))
    save(draft)

    assert sentences_of(offered) == ["Translated: TG2 text."]
