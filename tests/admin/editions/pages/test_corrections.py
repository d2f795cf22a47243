from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse

from assessment.actions.editions.correct_text import texts_to_correct
from assessment.instrument.texts import TextKey, hash_of_text
from assessment.models import Correction, Edition, Question
from tests.admin.edition_pages import page, person
from tests.admin.small_bank import NOW, add_advice, freeze, make_edition


@pytest.fixture
def misspelt(db: None) -> Edition:
    """Its hash is its own: what is compiled is kept by it."""
    edition = make_edition("Misspelt")
    Question.objects.filter(code="TG1").update(text="How are particpants chosen?")
    freeze(edition)
    edition.content_hash = uuid4().hex * 2
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


def test_correction_is_offered_of_a_published_question_alone_and_is_for_no_reader(
    maria: Client, misspelt: Edition
) -> None:
    draft, reader = make_edition("Draft"), person("rosa", "view_edition")
    target = page("correct", misspelt, "questions", "TG1")

    def offered(question: Question) -> tuple[bool, bool]:
        change = reverse("admin:assessment_question_change", args=[question.pk])
        html = maria.get(change).content.decode()
        return f'href="{target}"' in html, "Correct a typing error" in html

    questions = Question.objects.filter(code="TG1").select_related("edition")
    assert {one.edition.state: offered(one) for one in questions} == {
        "published": (True, True),
        "draft": (False, False),
    }
    assert maria.get(address(draft)).status_code == 403
    assert reader.get(address(misspelt)).status_code == 403
    assert reader.get(page("corrections", misspelt)).status_code == 200


def test_texts_of_an_object_are_listed_for_an_unknown_field_too(
    maria: Client, misspelt: Edition
) -> None:
    fields = ("code", "\0", "points", "options.9.text")
    sent = {"text": "x", "reason": "x", "seen": "x"}

    def listed(kind: str, code: str) -> Any:
        return maria.get(page("correct", misspelt, kind, code)).context["texts"]

    assert listed("questions", "TG1")[:2] == [
        ("text", "question", "How are particpants chosen?"),
        ("options.0.text", "option 0, text", "Nothing."),
    ]
    assert listed("scale", "scale")[0][:2] == ("labels.0", "labels, level 0")
    without = maria.get(page("correct", misspelt, "questions", "NO1"))
    assert without.headers["Location"] == page("change", misspelt)
    assert {
        field: "Which text of TG1"
        in maria.post(address(misspelt, "") + field, sent).content.decode()
        for field in fields
    } == dict.fromkeys(fields, True)


def test_typing_error_is_corrected_and_logged(maria: Client, misspelt: Edition) -> None:
    none = maria.get(page("corrections", misspelt)).content.decode()

    response = send(maria, misspelt, text="How are participants chosen?")

    assert "None is yet: one is corrected from" in none
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
    edition.content_hash = uuid4().hex * 2
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
    more, required = "This changes more than a typing error", "This field is required."
    right = "How are participants chosen?"
    table: list[tuple[dict[str, str], str]] = [
        ({"text": "Who pays for the water?"}, more),
        ({"text": "How often are particpants chosen?"}, more),
        ({"text": right, "reason": ""}, required),
        ({"text": right, "seen": "x"}, "Somebody corrected this text"),
        ({"text": ""}, required),
        ({"text": "a\0"}, "Null characters are not allowed."),
    ]
    messages = {message for _changes, message in table}

    def outcome(changes: dict[str, str]) -> tuple[int, set[str]]:
        response = send(maria, misspelt, **changes)
        html = response.content.decode()
        return response.status_code, {message for message in messages if message in html}

    assert [outcome(changes) for changes, _ in table] == [(200, {told}) for _, told in table]
    assert text_of(misspelt) == "How are particpants chosen?"


@pytest.fixture
def spanish(misspelt: Edition) -> Edition:
    misspelt.editionlanguage_set.create(language="es")
    given = {"kind": "questions", "code": "TG1", "field": "text", "text": "¿Quien participa?"}
    source = hash_of_text("How are particpants chosen?")
    misspelt.translation_set.create(language="es", source_hash=source, updated_at=NOW, **given)
    misspelt.content_hash = uuid4().hex * 2
    misspelt.save()
    return misspelt


def correct(client: Client, edition: Edition, language: str, text: str) -> str:
    """The correction as the edition lists it, after it was sent as the page offers it."""
    target = f"{address(edition)}&language={language}"
    form = client.get(target).context["form"]
    client.post(target, form.initial | {"reason": "A slip.", "text": text})
    return client.get(page("corrections", edition)).content.decode()


def test_translation_is_corrected_on_the_same_pages_that_offer_only_what_is_translated(
    maria: Client, spanish: Edition
) -> None:
    def offered(code: str, language: str) -> list[str]:
        target = f"{page('correct', spanish, 'questions', code)}?language={language}"
        return [field for field, _name, _text in maria.get(target).context["texts"]]

    assert [offered("TG1", "es"), offered("TG2", "es")] == [["text"], []]
    assert len(offered("TG2", "xx")) == len(offered("TG2", "")) > 1
    listed = maria.get(page("correct", spanish, "questions", "TG1"))
    correct(maria, spanish, "es", "¿Nadie participa?")  # more than a typing error in Spanish too
    assert not Correction.objects.exists()

    html = correct(maria, spanish, "es", "¿Quién participa?")

    row = Correction.objects.get()
    assert listed.context["languages"] == [("es", "español")]
    assert (row.language, row.old, row.new) == ("es", "¿Quien participa?", "¿Quién participa?")
    assert "español" in html
    assert text_of(spanish) == "How are particpants chosen?"
    assert spanish.instrument("es").question["TG1"].text == "¿Quién participa?"


def test_words_of_a_country_are_corrected_on_the_same_pages(
    maria: Client, spanish: Edition
) -> None:
    row = spanish.translation_set.get()
    row.pk, row.language, row.text = None, "es-co", "¿Quien hace parte?"
    row.save()
    row.pk, row.language, row.field, row.text = None, "es", "options.0.text", "Nada."
    row.save()  # which the country says as the others do
    Edition.objects.filter(pk=spanish.pk).update(content_hash=uuid4().hex * 2)
    correct(maria, spanish, "es", "¿Quién participa?")
    target = page("correct", spanish, "questions", "TG1")
    listed = maria.get(target, {"language": "es-co"}).context

    html = correct(maria, spanish, "es-co", "¿Quién hace parte?")

    made = Correction.objects.latest("number")
    assert ("es", "español") in listed["languages"]
    assert [field for field, _name, _text in listed["texts"]] == ["text"]
    assert (made.language, made.old, made.new) == (
        "es-co",
        "¿Quien hace parte?",
        "¿Quién hace parte?",
    )
    assert "español (Colombia)" in html
    spanish.refresh_from_db()
    place = TextKey("questions", "TG1", "text")
    assert texts_to_correct(spanish, "es-co") == {place: "¿Quién hace parte?"}
    shown = [spanish.instrument("es", country=country) for country in ("", "CO")]
    assert [bank.question["TG1"].text for bank in shown] == [
        "¿Quién participa?",
        "¿Quién hace parte?",
    ]
