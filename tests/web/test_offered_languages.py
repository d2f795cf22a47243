"""Offering a language: one form, at once, with the bank's texts where they lie ready."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import translation

from assessment.actions.editions.import_texts import put_texts
from assessment.actions.responses.submit import submit_response
from assessment.instrument.texts import hash_of_text, texts_of
from assessment.instrument.translation import FallbackText, Translation
from assessment.models import Edition, EditionLanguage, OfferedLanguage
from assessment.models.offered_languages import OFFERS
from assessment.reports.report_data import report_of_response
from assessment.reports.sections.annexes import MethodPage, method
from tests.factories import NOW, ResponseFactory, answered

pytestmark = pytest.mark.django_db
ADD, LIST = "admin:assessment_offeredlanguage_add", "admin:assessment_offeredlanguage_changelist"
CHANGE = "admin:assessment_offeredlanguage_change"


@pytest.fixture
def maria() -> Client:
    """A person with all permissions, signed in."""
    client = Client()
    client.force_login(User.objects.create_superuser("maria"))
    return client


def lie_ready(edition: Edition, language: str, *, whole: bool) -> None:
    """Texts beside the published edition, as `load_seeds` lays them."""
    texts = texts_of(edition.instrument())
    wanted = {place: Translation(text, hash_of_text(text)) for place, text in texts.items()}
    if not whole:
        wanted.popitem()
    put_texts(draft=edition, language=language, wanted=wanted, now=NOW)


def offered(maria: Client, language: str, interface: str = "") -> Any:
    form = {"language": language, "interface": interface}
    return maria.post(reverse(ADD), form, follow=True)


def languages() -> list[str]:
    return [offer.language for offer in OFFERS.all()]


def test_language_is_offered_at_once_with_the_texts_that_lie_ready(
    maria: Client, edition: Edition
) -> None:
    """The edition of before is read in it too."""
    lie_ready(edition, "es", whole=True)
    before = edition.instrument("es").question["TG2"].text

    answer = offered(maria, "es")

    after = edition.instrument("es").question["TG2"].text
    assert (isinstance(before, FallbackText), isinstance(after, FallbackText)) == (True, False)
    current = Edition.objects.current()
    assert current is not None
    assert f"Edition {current.number} brings its texts." in answer.content.decode()
    assert (current.content_hash, current.languages()) == (edition.content_hash, ["en", "es"])
    assert '<html lang="es">' in Client(headers={"accept-language": "es"}).get("/").content.decode()


def test_language_whose_texts_are_not_whole_is_refused_and_one_without_is_for_the_pages_alone(
    maria: Client, edition: Edition
) -> None:
    """And nobody offers one without the right."""
    rosa = Client()
    rosa.force_login(User.objects.create_user("rosa", is_staff=True))
    lie_ready(edition, "es", whole=False)

    answer = offered(maria, "es")
    after_es = languages(), Edition.objects.current()
    offered(maria, "fr")

    assert rosa.get(reverse(ADD)).status_code == 403
    assert "1 are missing" in answer.content.decode()
    assert after_es == (["en"], edition)
    assert (languages(), Edition.objects.current()) == (["en", "fr"], edition)


def test_language_that_pages_do_not_speak_needs_one_around_it(
    maria: Client, edition: Edition
) -> None:
    lie_ready(edition, "qu", whole=True)
    refused = offered(maria, "qu")

    offered(maria, "qu", "es")

    assert "Choose the language of the words around it." in refused.content.decode()
    assert OfferedLanguage.objects.get().interface == "es"
    page = Client(headers={"accept-language": "qu"}).get(reverse("method")).content.decode()
    scale = edition.instrument().scale
    assert '<html lang="es">' in page
    assert f'<span lang="qu">{scale.labels[0]}</span>' in page


def test_words_of_a_country_are_not_offered(maria: Client, edition: Edition) -> None:
    for language in ("qu", "qu-pe", "ay-bo", "sw", "sw-ke"):
        lie_ready(edition, language, whole=False)
    EditionLanguage.objects.create(edition=edition, language="sw-ke")

    choices = maria.get(reverse(ADD)).context["adminform"].form.fields["language"].choices

    assert [code for code, _name in choices] == ["ay-bo", "es", "fr", "pt", "qu", "sw", "sw-ke"]


def test_language_is_taken_back_by_deleting_it(maria: Client, edition: Edition) -> None:
    offered(maria, "es")
    row = OfferedLanguage.objects.get()

    maria.post(reverse(CHANGE, args=[row.pk]), {"language": "fr", "interface": "fr"})
    kept = OfferedLanguage.objects.get().language
    maria.post(reverse("admin:assessment_offeredlanguage_delete", args=[row.pk]), {"post": "yes"})

    assert kept == "es"
    assert languages() == ["en"]
    assert "stand here" in maria.get(reverse(LIST)).content.decode()


def test_review_is_told_of_who_and_when_and_stands_in_the_annex(
    maria: Client, edition: Edition
) -> None:
    offered(maria, "es")
    address = reverse(CHANGE, args=[OfferedLanguage.objects.get().pk])
    response = answered(ResponseFactory(edition=edition), TG2=2)
    submit_response(response=response, now=NOW)
    response.refresh_from_db()

    def told(language: str) -> str:
        with translation.override("en"):
            content = method(report_of_response(response, language=language)).content
        assert isinstance(content, MethodPage)
        return content.translation

    before = told("es")
    half = maria.post(address, {"reviewer": "Rosa Quispe", "reviewed_on": ""})
    other = maria.post(address, {"reviewer": "", "reviewed_on": "2026-11-28"})
    maria.post(address, {"reviewer": "Rosa Quispe", "reviewed_on": "2026-11-28"})

    assert before.endswith("Nobody who lives in this language has reviewed them yet.")
    errors = [page.context["adminform"].form.errors for page in (half, other)]
    assert errors == [
        {"reviewed_on": ["Give both: who reviewed it, and the day."]},
        {"reviewer": ["Give both: who reviewed it, and the day."]},
    ]
    assert told("es").endswith("were reviewed by Rosa Quispe on 28 November 2026.")
    assert (told("en"), told("fr")) == ("", before)
    assert "Rosa Quispe" in maria.get(reverse(LIST)).content.decode()
