"""Languages of an edition: added, counted, taken out."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assessment.actions.editions.publish import NotPublishable, publish
from assessment.instrument.texts import TextKey
from assessment.models import (
    Edition,
    EditionLanguage,
    Translation,
)
from tests.admin.small_bank import NOW, make_edition
from tests.admin.translations.spanish_texts import (
    LIST,
    TEXTS_OF_BANK,
    change,
    texts,
    translate,
)


def test_language_is_added_to_a_draft(maria: Client, draft: Edition) -> None:
    response = maria.post(f"{LIST}add/", {"edition": draft.pk, "language": "qu"})

    assert response.status_code == 302
    assert EditionLanguage.objects.get().language == "qu"


def test_language_is_not_added_to_a_published_edition(maria: Client, published: Edition) -> None:
    assert maria.get(f"{LIST}add/").status_code == 403

    make_edition("Draft")
    response = maria.post(f"{LIST}add/", {"edition": published.pk, "language": "qu"})
    assert list(response.context["adminform"].form.errors) == ["edition"]


def test_unknown_language_is_refused(maria: Client, draft: Edition) -> None:
    assert b"such as es-mx" in maria.get(f"{LIST}add/").content

    response = maria.post(f"{LIST}add/", {"edition": draft.pk, "language": "klingon"})

    assert response.context["adminform"].form.errors["language"] == [
        "klingon is not the code of a language, such as es, fr or am."
    ]


def test_list_counts_translations(maria: Client, spanish: EditionLanguage) -> None:
    EditionLanguage.objects.create(edition=spanish.edition, language="fr")
    translate(spanish, "¿Misma lista?")

    html = maria.get(LIST).content.decode()

    counted = [row.translated for row in maria.get(LIST).context["cl"].result_list]
    assert counted == [1, 0]
    assert "español (es)" in html
    assert f'href="{LIST}{spanish.pk}/texts/"' in html


def test_list_asks_as_much_for_any_number_of_languages(
    maria: Client, spanish: EditionLanguage, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(5):
        maria.get(LIST)
    for language in ("fr", "pt", "am"):
        EditionLanguage.objects.create(edition=spanish.edition, language=language)

    with django_assert_num_queries(5):
        maria.get(LIST)


def test_page_of_a_language_tells_how_complete_it_is(
    maria: Client, spanish: EditionLanguage
) -> None:
    translate(spanish, "¿Misma lista?")
    translate(spanish, "Vieja", TextKey("rules", "R01", "title"), source="Old")

    table = maria.get(change(spanish)).context["completeness"]

    found = {
        name: (counted.done, counted.to_review, counted.total, url) for name, counted, url in table
    }
    assert found["TG Dimension TG"] == (1, 1, 31, texts(spanish, "group=TG"))
    assert found["All texts"] == (1, 1, TEXTS_OF_BANK, texts(spanish, "").rstrip("?"))
    assert list(found)[2:] == ["Cases", "Findings", "Levels, regions and sources", "All texts"]


def test_language_goes_with_its_translations(maria: Client, spanish: EditionLanguage) -> None:
    translate(spanish, "¿Misma lista?")
    address = reverse("admin:assessment_editionlanguage_delete", args=[spanish.pk])
    assert b"translations: 1" in maria.get(address).content.lower()

    maria.post(address, {"post": "yes"})

    assert (EditionLanguage.objects.count(), Translation.objects.count()) == (0, 0)


def test_words_of_a_country_are_counted_nowhere_and_go_with_their_language(
    maria: Client, spanish: EditionLanguage
) -> None:
    translate(spanish, "¿Misma lista?")
    before = maria.get(change(spanish)).context["completeness"]
    translate(EditionLanguage(edition=spanish.edition, language="es-co"), "¿Mismo listado?")
    address = reverse("admin:assessment_editionlanguage_delete", args=[spanish.pk])

    assert [row.translated for row in maria.get(LIST).context["cl"].result_list] == [1]
    assert maria.get(change(spanish)).context["completeness"] == before
    assert b"translations: 2" in maria.get(address).content.lower()
    maria.post(address, {"post": "yes"})
    assert Translation.objects.count() == 0


def test_gaps_are_accepted_on_the_page_of_the_language(
    maria: Client, spanish: EditionLanguage
) -> None:
    with pytest.raises(NotPublishable):
        publish(edition=spanish.edition, now=NOW)

    maria.post(change(spanish), {"fallback_accepted": "on"})

    spanish.refresh_from_db()
    assert spanish.fallback_accepted


def test_publish_page_leads_to_the_language_with_gaps(
    maria: Client, spanish: EditionLanguage
) -> None:
    address = reverse("admin:assessment_edition_publish", args=[spanish.edition.pk])

    faults = maria.get(address).context["faults"]

    assert change(spanish) in {line.address for line in faults if line.code == "es"}


def test_translations_are_found_by_their_words(maria: Client, spanish: EditionLanguage) -> None:
    translate(spanish, "¿Misma lista?")

    found = maria.get("/admin/assessment/translation/?q=lista").context["cl"].result_list

    assert [row.text for row in found] == ["¿Misma lista?"]
    assert "¿Misma lista?" in maria.get("/admin/assessment/translation/?q=lista").content.decode()
