from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from assessment.actions.editions.start_draft import start_draft
from assessment.instrument.texts import TextKey, hash_of_text
from assessment.instrument.translation import FallbackText, TranslatedInstrument
from assessment.models import EditionLanguage, Translation
from assessment.models.translations import language_name, locale_of
from tests.factories import NOW
from tests.tables import raised

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

    from assessment.models import Edition

PLACE = TextKey("questions", "TG2", "text")


@pytest.fixture
def draft(edition: Edition) -> Edition:
    return start_draft(edition=edition, now=NOW)


def translated(edition: Edition, text: str, language: str = "es") -> Translation:
    source = edition.instrument().question["TG2"].text
    return Translation.objects.create(
        edition=edition,
        language=language,
        text=text,
        source_hash=hash_of_text(source),
        updated_at=NOW,
        **PLACE._asdict(),
    )


def offer(edition: Edition, language: str = "es") -> EditionLanguage:
    return EditionLanguage.objects.create(edition=edition, language=language)


def test_instrument_of_a_draft_speaks_an_offered_language(draft: Edition) -> None:
    offer(draft)
    translated(draft, "¿Misma lista?")

    laid = {asked: draft.instrument(asked) for asked in ("es", "es-pe")}

    assert {
        asked: (bank.language, bank.question["TG2"].text, bank.content_hash)
        for asked, bank in laid.items()
    } == {asked: (asked, "¿Misma lista?", draft.instrument().content_hash) for asked in laid}
    assert {type(bank.question["TG1"].text) for bank in laid.values()} == {FallbackText}


def test_language_of_the_source_needs_no_translation(edition: Edition) -> None:
    table: list[str] = ["en", "en-gb"]

    assert {asked: edition.instrument(asked) for asked in table} == dict.fromkeys(
        table, edition.instrument()
    )


def test_language_that_nobody_offers_borrows_everything(edition: Edition) -> None:
    laid = edition.instrument("fr")

    assert isinstance(laid, TranslatedInstrument)
    assert laid.language_of(PLACE) == "en"


def test_published_edition_is_laid_once(
    edition: Edition, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    before = edition.instrument("am")

    with django_assert_num_queries(0):
        assert edition.instrument("am") is before


def test_place_has_one_translation_in_a_language(draft: Edition) -> None:
    translated(draft, "¿Misma lista?")
    translated(draft, "Même liste ?", "fr")

    with pytest.raises(IntegrityError), transaction.atomic():
        translated(draft, "¿Igual lista?")


def test_edition_offers_a_language_once(draft: Edition) -> None:
    offer(draft)

    with pytest.raises(IntegrityError), transaction.atomic():
        offer(draft)


def test_translation_is_named_by_language_and_place(draft: Edition) -> None:
    row = translated(draft, "¿Misma lista?")

    assert (str(row), row.place) == ("es: TG2 text", PLACE)


def test_language_of_an_edition_is_named(draft: Edition) -> None:
    assert str(offer(draft)) == f"español (es), {draft}"


def test_translations_of_a_draft_can_be_changed(draft: Edition) -> None:
    translated(draft, "¿Misma lista?").full_clean()
    offer(draft).full_clean()


def test_translations_of_a_published_edition_are_frozen(edition: Edition) -> None:
    with pytest.raises(ValidationError, match="published edition cannot be changed"):
        translated(edition, "¿Misma lista?").full_clean()
    with pytest.raises(ValidationError, match="published edition cannot be changed"):
        offer(edition).full_clean()


def test_row_without_an_edition_is_refused_for_that() -> None:
    for row in (Translation(), EditionLanguage(language="es")):
        with pytest.raises(ValidationError) as refused:
            row.full_clean(validate_unique=False, validate_constraints=False)
        assert "edition" in refused.value.message_dict


def test_unknown_language_is_refused(draft: Edition) -> None:
    table: list[str] = ["", "spanish", "e", "xx", "es/..", "ES", "zzz-zz"]

    assert {
        language: list(
            raised(
                ValidationError, EditionLanguage(edition=draft, language=language).full_clean
            ).message_dict
        )
        for language in table
    } == {language: ["language"] for language in table}


def test_language_of_the_source_is_not_offered_twice(draft: Edition) -> None:
    with pytest.raises(ValidationError) as refused:
        EditionLanguage(edition=draft, language="en").full_clean()

    assert refused.value.message_dict == {
        "language": ["The texts of the edition are written in this language."]
    }


def test_languages_are_named_by_themselves() -> None:
    table: list[tuple[str, str]] = [
        ("es", "español"),
        ("am", "አማርኛ"),
        ("qu", "Runasimi"),
        ("x y", "x y"),
    ]

    assert [(code, language_name(code)) for code, _ in table] == table


def test_language_with_a_country_is_known() -> None:
    assert locale_of("es-pe") is not None
