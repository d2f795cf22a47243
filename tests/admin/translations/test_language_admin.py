"""Languages of an edition: added, counted, taken out."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse

from assessment.instrument.texts import TextKey, texts_of
from assessment.models import (
    Edition,
    EditionLanguage,
    Translation,
)
from tests.admin.small_bank import make_edition
from tests.admin.translations.spanish_texts import (
    LIST,
    TEXTS_OF_BANK,
    change,
    texts,
    translate,
)
from tests.tables import undone


def test_language_is_added_to_a_draft_alone_by_its_code(maria: Client, published: Edition) -> None:
    assert maria.get(f"{LIST}add/").status_code == 403
    draft = make_edition("Draft")
    assert b"such as es-mx" in maria.get(f"{LIST}add/").content
    no_code = "klingon is not the code of a language, such as es, fr or am."
    no_draft = "Select a valid choice. That choice is not one of the available choices."
    table: list[tuple[dict[str, Any], dict[str, list[str]]]] = [
        ({"edition": published.pk, "language": "qu"}, {"edition": [no_draft]}),
        ({"edition": draft.pk, "language": "klingon"}, {"language": [no_code]}),
    ]

    def refusal(sent: dict[str, Any]) -> dict[str, list[str]]:
        form = maria.post(f"{LIST}add/", sent).context["adminform"].form
        return {name: list(errors) for name, errors in form.errors.items()}

    assert [(sent, refusal(sent)) for sent, _errors in table] == table
    assert not EditionLanguage.objects.exists()
    assert maria.post(f"{LIST}add/", {"edition": draft.pk, "language": "qu"}).status_code == 302
    assert EditionLanguage.objects.get().language == "qu"


def test_list_counts_translations_and_asks_as_much_for_any_number_of_languages(
    maria: Client, spanish: EditionLanguage, django_assert_num_queries: Any
) -> None:
    translate(spanish, "¿Misma lista?")
    with django_assert_num_queries(5):
        maria.get(LIST)
    for language in ("fr", "pt", "am"):
        EditionLanguage.objects.create(edition=spanish.edition, language=language)

    with django_assert_num_queries(5):
        response = maria.get(LIST)

    counted = {row.language: row.translated for row in response.context["cl"].result_list}
    assert counted == {"es": 1, "fr": 0, "pt": 0, "am": 0}
    html = response.content.decode()
    assert "español (es)" in html
    assert f'href="{LIST}{spanish.pk}/texts/"' in html


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


def test_language_goes_with_its_translations_and_the_words_of_its_countries(
    maria: Client, spanish: EditionLanguage
) -> None:
    translate(spanish, "¿Misma lista?")
    before = maria.get(change(spanish)).context["completeness"]
    address = reverse("admin:assessment_editionlanguage_delete", args=[spanish.pk])
    assert b"translations: 1" in maria.get(address).content.lower()
    translate(EditionLanguage(edition=spanish.edition, language="es-co"), "¿Mismo listado?")

    # The words of a country are counted nowhere else.
    assert [row.translated for row in maria.get(LIST).context["cl"].result_list] == [1]
    assert maria.get(change(spanish)).context["completeness"] == before
    assert b"translations: 2" in maria.get(address).content.lower()
    maria.post(address, {"post": "yes"})
    assert (EditionLanguage.objects.count(), Translation.objects.count()) == (0, 0)


def test_publish_page_leads_to_a_language_until_it_is_whole_or_its_gaps_are_accepted(
    maria: Client, spanish: EditionLanguage
) -> None:
    address = reverse("admin:assessment_edition_publish", args=[spanish.edition.pk])
    sources = texts_of(spanish.edition.instrument())

    def led() -> list[str]:
        return [line.address for line in maria.get(address).context["faults"] if line.code == "es"]

    with undone():
        for place, source in sources.items():
            translate(spanish, source, place, source=source)
        whole = led()
    with_gaps = led()
    maria.post(change(spanish), {"fallback_accepted": "on"})
    spanish.refresh_from_db()

    assert (len(sources), whole, with_gaps) == (TEXTS_OF_BANK, [], [change(spanish)])
    assert (spanish.fallback_accepted, led()) == (True, [])


def test_translations_are_found_by_their_words(maria: Client, spanish: EditionLanguage) -> None:
    translate(spanish, "¿Misma lista?")

    found = maria.get("/admin/assessment/translation/?q=lista").context["cl"].result_list

    assert [row.text for row in found] == ["¿Misma lista?"]
    assert "¿Misma lista?" in maria.get("/admin/assessment/translation/?q=lista").content.decode()
