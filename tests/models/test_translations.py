from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from assessment.actions.editions.publish import publish
from assessment.actions.editions.start_draft import start_draft
from assessment.instrument.texts import TextKey, hash_of_text, texts_of
from assessment.instrument.translation import FallbackText, TranslatedInstrument
from assessment.models import Edition, EditionLanguage, Translation
from assessment.models.offered_languages import OFFERS
from assessment.models.translations import language_name, locale_of, variants_of
from tests.factories import NOW
from tests.tables import raised

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

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


@pytest.fixture
def spoken(edition: Edition) -> Edition:
    """In Spanish, with other words for Colombia; its hash is the key under which it is kept."""
    edition.editionlanguage_set.create(language="es", fallback_accepted=True)
    translated(edition, "¿Misma lista?")
    translated(edition, "¿Mismo listado?", "es-co")
    Edition.objects.filter(pk=edition.pk).update(translations_hash="with es-co")
    edition.refresh_from_db()
    return edition


def test_words_of_a_country_lie_over_its_language_where_the_country_is_known(
    spoken: Edition,
) -> None:
    asked = {country: spoken.instrument("es", country=country) for country in ("CO", "MX", "")}

    assert {country: bank.question["TG2"].text for country, bank in asked.items()} == {
        "CO": "¿Mismo listado?",
        "MX": "¿Misma lista?",
        "": "¿Misma lista?",
    }
    assert {bank.language for bank in asked.values()} == {"es"}
    assert asked["CO"].texts_hash != asked[""].texts_hash
    assert asked["CO"].content_hash == asked[""].content_hash
    assert spoken.instrument("en", country="CO") == spoken.instrument()
    assert spoken.languages() == ["en", "es"]


def test_country_without_words_of_its_own_is_compiled_with_all_others(
    spoken: Edition, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    kept = [spoken.instrument("es"), spoken.instrument("es", country="CO")]

    with django_assert_num_queries(0):
        assert spoken.instrument("es", country="MX") is kept[0]
        assert spoken.instrument("es", country="CO") is kept[1]


def test_words_of_a_country_whose_source_changed_are_not_shown(spoken: Edition) -> None:
    draft = start_draft(edition=spoken, now=NOW)
    before = draft.instrument("es", country="CO").question["TG2"].text
    draft.translation_set.filter(language="es-co").update(source_hash="0" * 64)

    assert before == "¿Mismo listado?"
    assert draft.instrument("es", country="CO").question["TG2"].text == "¿Misma lista?"


def test_region_that_is_offered_is_a_language_of_its_own(draft: Edition) -> None:
    for language in ("pt", "pt-br"):
        offer(draft, language)
        translated(draft, f"Mesma lista, {language}?", language)

    assert variants_of(draft) == {}
    assert draft.instrument("pt", country="BR").question["TG2"].text == "Mesma lista, pt?"
    assert draft.instrument("pt-br").question["TG2"].text == "Mesma lista, pt-br?"


def test_words_of_a_country_come_with_a_language_that_is_offered_since(spoken: Edition) -> None:
    """Publishing asks for no other text of the country."""
    later = publish(edition=start_draft(edition=spoken, now=NOW), now=NOW)
    spoken.editionlanguage_set.all().delete()
    spoken.translation_set.all().delete()
    Edition.objects.filter(pk=spoken.pk).update(translations_hash="without")
    spoken.refresh_from_db()
    OFFERS.forget()

    bank = spoken.instrument("es", country="CO")

    assert bank.question["TG2"].text == "¿Mismo listado?"
    assert texts_of(bank) == texts_of(later.instrument("es", country="CO"))
