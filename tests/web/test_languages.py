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


def test_question_is_asked_in_the_language_of_the_request_and_answered_alike(
    rosa: Response,
) -> None:
    """What is not translated is marked with its language; that of the source marks nothing."""
    source = rosa.edition.instrument().question["TG2"]
    phone = opened(rosa, "es")

    spanish, english = page(phone, rosa), page(opened(rosa, "en"), rosa)
    sent = form_data(spanish) | {"TG2": "2"}
    phone.post(reverse("page", args=[rosa.uuid, "tg"]), sent)

    asked = "¿Usan la misma lista? TG2"
    assert [asked in legends(answer) for answer in (spanish, english)] == [True, False]
    assert '<html lang="es">' in spanish.content.decode()
    assert "En parte &lt;sí&gt;" in spanish.content.decode()
    marked = in_english(spanish)
    assert {source.help, source.why, source.options[1].text} <= marked
    assert not marked & {*SPANISH.values(), source.text, source.options[2].text}
    assert in_english(english) == set()
    assert rosa.answers.get(code="TG2").value == 2


def test_pages_without_a_translation_are_marked(client: Client, edition: Edition) -> None:
    def page_in_spanish(name: str) -> str:
        return client.get(reverse(name), headers={"accept-language": "es"}).content.decode()

    pages = ("glossary", "method", "paper", "begin")
    assert [name for name in pages if '<span lang="en">' not in page_in_spanish(name)] == []


@pytest.mark.no_cover
def test_pages_around_the_questions_and_the_report_speak_the_language_too(rosa: Response) -> None:
    """What is not translated is marked on each."""
    names = ("tasks", "check", "own_paper")
    drawn = {name: page(opened(rosa, "es"), rosa, name) for name in names}
    submit_response(response=answered(rosa, TG2=2), now=NOW)

    report = page(opened(rosa, "es"), rosa, "annex", part="answers")

    speak = {name: "Focalización" in answer.content.decode() for name, answer in drawn.items()}
    mark = {name: bool(in_english(answer)) for name, answer in drawn.items()}
    assert speak == mark == dict.fromkeys(names, True)
    assert "¿Usan la misma lista?" in report.content.decode()
    assert rosa.edition.instrument().question["TG1"].text in in_english(report)
