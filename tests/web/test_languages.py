"""The respondent's language: translated texts, and the source's where they are missing."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assessment.actions.editions.start_draft import start_draft
from assessment.actions.responses.submit import submit_response
from assessment.instrument.texts import TextKey, hash_of_text, texts_of
from assessment.models import Edition, EditionLanguage, OfferedLanguage, Response, Translation
from assessment.web.templatetags.lang import lang
from tests.factories import NOW, ResponseFactory, answered
from tests.web.conftest import granted
from tools.html_page import form_data, page_of

SPANISH = {
    TextKey("dimensions", "TG", "name"): "Focalización",
    TextKey("questions", "TG2", "text"): "¿Usan la misma lista?",
    TextKey("questions", "TG2", "options.2.text"): "En parte <sí>",
}


@pytest.fixture(autouse=True)
def two_languages(edition: Edition) -> None:
    OfferedLanguage.objects.create(language="es", interface="es")


@pytest.fixture
def translated(edition: Edition) -> Edition:
    draft = start_draft(edition=edition, now=NOW)
    EditionLanguage.objects.create(edition=draft, language="es")
    sources = texts_of(draft.instrument())
    for place, text in SPANISH.items():
        Translation.objects.create(
            edition=draft,
            language="es",
            text=text,
            source_hash=hash_of_text(sources[place]),
            updated_at=NOW,
            **place._asdict(),
        )
    return draft


@pytest.fixture
def rosa(translated: Edition) -> Response:
    return ResponseFactory(edition=translated)


def opened(response: Response, language: str) -> Client:
    client = Client(headers={"accept-language": language})
    return granted(client, response)


def page(client: Client, response: Response, name: str = "page", **more: str) -> Any:
    more = {"section": "tg"} if name == "page" else more
    return client.get(reverse(name, kwargs={"uuid": response.uuid, **more}))


def legends(answer: Any) -> list[str]:
    read = page_of(answer)
    return [" ".join(read.texts[place].split()) for place, _tag, _attrs in read.find("legend")]


def in_english(answer: Any) -> set[str]:
    """What the page marks as English."""
    read = page_of(answer)
    marked = [p for p, tag, attrs in read.find("span") if attrs.get("lang") == "en"]
    return {read.texts[place] for place in marked}


def test_question_is_asked_in_the_language_of_the_request(rosa: Response) -> None:
    answer = page(opened(rosa, "es"), rosa)

    assert "¿Usan la misma lista? TG2" in legends(answer)
    assert '<html lang="es">' in answer.content.decode()
    assert "En parte &lt;sí&gt;" in answer.content.decode()


def test_missing_texts_are_marked_with_their_language(rosa: Response) -> None:
    source = rosa.edition.instrument().question["TG2"]

    marked = in_english(page(opened(rosa, "es"), rosa))

    assert {source.help, source.why, source.options[1].text} <= marked
    assert not marked & {*SPANISH.values(), source.text, source.options[2].text}


def test_language_of_the_source_marks_nothing(rosa: Response) -> None:
    answer = page(opened(rosa, "en"), rosa)

    assert in_english(answer) == set()
    assert "TG2 ¿Usan la misma lista?" not in legends(answer)


@pytest.mark.no_cover
def test_name_of_the_section_is_translated_everywhere(rosa: Response) -> None:
    for name in ("tasks", "check", "own_paper"):
        html = page(opened(rosa, "es"), rosa, name).content.decode()

        assert "Focalización" in html
        assert '<span lang="en">' in html


def test_pages_without_a_translation_are_marked(client: Client, edition: Edition) -> None:
    def page_in_spanish(name: str) -> str:
        return client.get(reverse(name), headers={"accept-language": "es"}).content.decode()

    pages = ("glossary", "method", "paper", "begin")
    assert [name for name in pages if '<span lang="en">' not in page_in_spanish(name)] == []


@pytest.mark.no_cover
def test_two_languages_give_the_same_stored_value(translated: Edition) -> None:
    values = []
    for language in ("en", "es"):
        response = ResponseFactory(edition=translated)
        client = opened(response, language)
        data = form_data(page(client, response)) | {"TG2": "2"}
        client.post(reverse("page", args=[response.uuid, "tg"]), data)
        values.append(response.answers.get(code="TG2").value)

    assert values == [2, 2]


def test_report_speaks_the_language_of_the_request(rosa: Response) -> None:
    submit_response(response=answered(rosa, TG2=2), now=NOW)

    answer = page(opened(rosa, "es"), rosa, "annex", part="answers")

    source = rosa.edition.instrument()
    assert "¿Usan la misma lista?" in answer.content.decode()
    assert source.question["TG1"].text in in_english(answer)


def test_text_of_the_page_is_only_escaped() -> None:
    assert lang("a < b") == "a &lt; b"
