from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from assessment.actions.editions.publish import publish
from assessment.actions.editions.start_draft import start_draft
from assessment.instrument.texts import TextKey, hash_of_text, texts_of
from assessment.instrument.translation import FallbackText, TranslatedInstrument
from assessment.models import Edition, EditionLanguage, Translation
from assessment.models.offered_languages import OFFERS
from assessment.models.translations import language_name, locale_of, variants_of
from tests.factories import NOW
from tests.tables import raised, undone

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


def test_instrument_speaks_an_offered_language_and_borrows_the_rest(draft: Edition) -> None:
    offer(draft)
    translated(draft, "¿Misma lista?")
    of_source, hash_of_bank = draft.instrument(), draft.instrument().content_hash

    laid = {asked: draft.instrument(asked) for asked in ("es", "es-pe", "fr")}

    assert {
        asked: (bank.language, bank.question["TG2"].text, bank.content_hash)
        for asked, bank in laid.items()
    } == {
        "es": ("es", "¿Misma lista?", hash_of_bank),
        "es-pe": ("es-pe", "¿Misma lista?", hash_of_bank),
        "fr": ("fr", of_source.question["TG2"].text, hash_of_bank),
    }
    assert {type(bank.question["TG1"].text) for bank in laid.values()} == {FallbackText}
    nobodys = laid["fr"]
    assert isinstance(nobodys, TranslatedInstrument)
    assert nobodys.language_of(PLACE) == "en"
    assert [draft.instrument(asked) for asked in ("en", "en-gb")] == [of_source] * 2


def test_place_has_one_translation_in_a_language_and_a_language_is_offered_once(
    draft: Edition,
) -> None:
    translated(draft, "Même liste ?", "fr")
    rows = (translated(draft, "¿Misma lista?"), offer(draft))

    assert (str(rows[0]), rows[0].place) == ("es: TG2 text", PLACE)
    assert str(rows[1]) == f"español (es), {draft}"
    for again in (partial(translated, draft, "¿Igual lista?"), partial(offer, draft)):
        with undone():
            raised(IntegrityError, again)


def test_translations_of_a_draft_can_be_changed_and_those_of_a_published_edition_not(
    edition: Edition, draft: Edition
) -> None:
    """A row without an edition is refused for that."""
    for row in (translated(draft, "¿Misma lista?"), offer(draft)):
        row.full_clean()

    of_published = [
        str(raised(ValidationError, row.full_clean))
        for row in (translated(edition, "¿Misma lista?"), offer(edition))
    ]
    unchecked = {"validate_unique": False, "validate_constraints": False}
    of_none = [
        raised(ValidationError, row.full_clean, **unchecked).message_dict
        for row in (Translation(), EditionLanguage(language="es"))
    ]

    assert ["published edition cannot be changed" in told for told in of_published] == [True] * 2
    assert ["edition" in told for told in of_none] == [True] * 2


def test_unknown_language_and_that_of_the_source_are_not_offered(draft: Edition) -> None:
    unknown: list[str] = ["", "spanish", "e", "xx", "es/..", "ES", "zzz-zz"]

    def refused(language: str) -> dict[str, list[str]]:
        row = EditionLanguage(edition=draft, language=language)
        return raised(ValidationError, row.full_clean).message_dict

    assert {language: [*refused(language)] for language in unknown} == {
        language: ["language"] for language in unknown
    }
    assert refused("en") == {"language": ["The texts of the edition are written in this language."]}


def test_languages_are_named_by_themselves_and_known_with_a_country() -> None:
    table: list[tuple[str, str]] = [
        ("es", "español"),
        ("am", "አማርኛ"),
        ("qu", "Runasimi"),
        ("x y", "x y"),
    ]

    assert [(code, language_name(code)) for code, _ in table] == table
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
    """Until their source changes."""
    asked = {country: spoken.instrument("es", country=country) for country in ("CO", "MX", "")}
    draft = start_draft(edition=spoken, now=NOW)
    before = draft.instrument("es", country="CO").question["TG2"].text
    draft.translation_set.filter(language="es-co").update(source_hash="0" * 64)

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
    assert before == "¿Mismo listado?"
    assert draft.instrument("es", country="CO").question["TG2"].text == "¿Misma lista?"


def test_published_edition_is_laid_once_with_countries_that_have_no_words_of_their_own(
    spoken: Edition, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    kept = [spoken.instrument(asked) for asked in ("am", "es")]
    of_colombia = spoken.instrument("es", country="CO")

    with django_assert_num_queries(0):
        assert spoken.instrument("am") is kept[0]
        assert spoken.instrument("es", country="MX") is kept[1]
        assert spoken.instrument("es", country="CO") is of_colombia


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
