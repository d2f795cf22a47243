from __future__ import annotations

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse

from assessment.instrument.texts import hash_of_text
from assessment.models import Correction, Edition, Question
from tests.admin.edition_pages import page, person
from tests.admin.small_bank import NOW, add_advice, freeze, make_edition


@pytest.fixture
def misspelt(db: None) -> Edition:
    """Its hash is its own: what is compiled is kept by it."""
    edition = make_edition("Misspelt")
    Question.objects.filter(code="TG1").update(text="How are particpants chosen?")
    freeze(edition)
    edition.content_hash = "e" * 64
    edition.save()
    return edition


def address(edition: Edition, field: str = "text", code: str = "TG1") -> str:
    return f"{page('correct', edition, 'questions', code)}?field={field}"


def send(client: Client, edition: Edition, field: str = "text", **changes: str) -> Any:
    form = client.get(address(edition, field)).context["form"]
    return client.post(address(edition, field), form.initial | {"reason": "A slip."} | changes)


def text_of(edition: Edition) -> str:
    edition.refresh_from_db()
    return edition.instrument().question["TG1"].text


def test_page_of_a_published_question_offers_the_correction(
    maria: Client, misspelt: Edition
) -> None:
    question = Question.objects.get(code="TG1")
    html = maria.get(
        reverse("admin:assessment_question_change", args=[question.pk])
    ).content.decode()

    assert f'href="{page("correct", misspelt, "questions", "TG1")}"' in html


def test_page_of_a_draft_question_does_not(maria: Client, draft: Edition) -> None:
    question = Question.objects.get(code="TG1")
    html = maria.get(
        reverse("admin:assessment_question_change", args=[question.pk])
    ).content.decode()

    assert "Correct a typing error" not in html


def test_texts_of_an_object_are_listed(maria: Client, misspelt: Edition) -> None:
    texts = maria.get(page("correct", misspelt, "questions", "TG1")).context["texts"]

    assert texts[:2] == [
        ("text", "question", "How are particpants chosen?"),
        ("options.0.text", "option 0, text", "Nothing."),
    ]


def test_typing_error_is_corrected_and_logged(maria: Client, misspelt: Edition) -> None:
    response = send(maria, misspelt, text="How are participants chosen?")

    assert response.headers["Location"] == page("corrections", misspelt)
    assert text_of(misspelt) == "How are participants chosen?"
    row = Correction.objects.get()
    assert (row.number, row.user, row.reason) == (1, "maria", "A slip.")
    assert LogEntry.objects.latest("pk").get_change_message().startswith("Correction 1 of TG1:")
    html = maria.get(page("corrections", misspelt)).content.decode()
    assert "<mark>particpants</mark>" in html
    assert "<mark>participants</mark>" in html


def test_texts_of_advice_are_corrected_too(maria: Client) -> None:
    edition = make_edition("Misspelt")
    add_advice(edition)
    freeze(edition)
    edition.content_hash = "d" * 64
    edition.save()
    place = page("correct", edition, "patterns", "nobody")
    form = maria.get(f"{place}?field=text").context["form"]

    texts = [text for _field, _label, text in maria.get(place).context["texts"]]
    answer = maria.post(
        f"{place}?field=text",
        form.initial | {"reason": "A slip.", "text": "Nobody has the say. So nothing is aggreed."},
    )

    assert texts == ["Nobody decides", "Nobody has the say. So nothing is agreed."]
    assert answer.status_code == 302
    edition.refresh_from_db()
    assert edition.instrument().pattern["nobody"].text.endswith("aggreed.")


def test_what_is_no_correction_is_refused(maria: Client, misspelt: Edition) -> None:
    table: list[tuple[dict[str, str], str]] = [
        ({"text": "Who pays for the water?"}, "This changes more than a typing error"),
        ({"text": "How often are particpants chosen?"}, "This changes more than a typing error"),
        ({"text": "How are participants chosen?", "reason": ""}, "This field is required."),
        ({"text": "How are participants chosen?", "seen": "x"}, "Somebody corrected this text"),
        ({"text": ""}, "This field is required."),
        ({"text": "a\0"}, "Null characters are not allowed."),
    ]

    def outcome(changes: dict[str, str], message: str) -> object:
        response = send(maria, misspelt, **changes)
        return response.status_code, message in response.content.decode(), text_of(misspelt)

    assert [outcome(changes, message) for changes, message in table] == [
        (200, True, "How are particpants chosen?")
    ] * len(table)


def test_words_of_the_scale_are_listed(maria: Client, misspelt: Edition) -> None:
    response = maria.get(page("correct", misspelt, "scale", "scale"))

    assert response.context["texts"][0][:2] == ("labels.0", "labels, level 0")


def test_object_without_texts_leads_back(maria: Client, misspelt: Edition) -> None:
    response = maria.get(page("correct", misspelt, "questions", "NO1"))

    assert response.headers["Location"] == page("change", misspelt)


def test_unknown_field_shows_the_list(maria: Client, misspelt: Edition) -> None:
    table: list[str] = ["code", "\0", "points", "options.9.text"]

    def outcome(field: str) -> object:
        response = maria.post(
            address(misspelt, "") + field, {"text": "x", "reason": "x", "seen": "x"}
        )
        return "Which text of TG1" in response.content.decode()

    assert {field: outcome(field) for field in table} == dict.fromkeys(table, True)


@pytest.fixture
def spanish(misspelt: Edition) -> Edition:
    misspelt.editionlanguage_set.create(language="es")
    given = {"kind": "questions", "code": "TG1", "field": "text", "text": "¿Quien participa?"}
    source = hash_of_text("How are particpants chosen?")
    misspelt.translation_set.create(language="es", source_hash=source, updated_at=NOW, **given)
    misspelt.content_hash = "c" * 64
    misspelt.save()
    return misspelt


def test_translation_is_corrected_on_the_same_pages(maria: Client, spanish: Edition) -> None:
    listed = maria.get(page("correct", spanish, "questions", "TG1"))
    assert listed.context["languages"] == [("es", "español")]

    target = f"{address(spanish)}&language=es"
    form = maria.get(target).context["form"]
    maria.post(target, form.initial | {"reason": "A slip.", "text": "¿Quién participa?"})

    row = Correction.objects.get()
    assert (row.language, row.new) == ("es", "¿Quién participa?")
    assert "español" in maria.get(page("corrections", spanish)).content.decode()
    assert text_of(spanish) == "How are particpants chosen?"


def test_only_what_is_translated_is_offered(maria: Client, spanish: Edition) -> None:
    def offered(code: str, language: str) -> list[str]:
        target = f"{page('correct', spanish, 'questions', code)}?language={language}"
        return [field for field, _name, _text in maria.get(target).context["texts"]]

    assert offered("TG1", "es") == ["text"]
    assert offered("TG2", "es") == []
    assert len(offered("TG2", "xx")) == len(offered("TG2", "")) > 1


def test_words_of_a_country_are_corrected_on_the_same_pages(
    maria: Client, spanish: Edition
) -> None:
    row = spanish.translation_set.get()
    row.pk, row.language, row.text = None, "es-co", "¿Quien hace parte?"
    row.save()
    Edition.objects.filter(pk=spanish.pk).update(content_hash="b" * 64)
    listed = maria.get(page("correct", spanish, "questions", "TG1"), {"language": "es-co"})
    target = f"{address(spanish)}&language=es-co"

    maria.post(
        target,
        maria.get(target).context["form"].initial
        | {"reason": "A slip.", "text": "¿Quién hace parte?"},
    )

    made = Correction.objects.get()
    assert ("es", "español") in listed.context["languages"]
    assert [field for field, _name, _text in listed.context["texts"]] == ["text"]
    assert (made.language, made.old, made.new) == (
        "es-co",
        "¿Quien hace parte?",
        "¿Quién hace parte?",
    )
    assert "español (Colombia)" in maria.get(page("corrections", spanish)).content.decode()


def test_edition_without_corrections_says_so(maria: Client, misspelt: Edition) -> None:
    assert (
        "None is yet: one is corrected from"
        in maria.get(page("corrections", misspelt)).content.decode()
    )


def test_draft_and_reader_do_not_correct(maria: Client, misspelt: Edition) -> None:
    reader = person("rosa", "view_edition")

    assert reader.get(address(misspelt)).status_code == 403
    assert reader.get(page("corrections", misspelt)).status_code == 200
    assert maria.get(address(make_edition("Draft"))).status_code == 403
