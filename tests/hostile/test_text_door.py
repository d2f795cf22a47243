"""Every door takes text in one form and refuses what would break a file: respondents' and ours."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from assessment.actions.editions.start_draft import start_draft
from assessment.models import Answer, Edition, Finding, Question, Scheme
from tests.admin.form_data import admin_form_data, errors
from tests.factories import NOW, ResponseFactory
from tests.tables import undone
from tests.web.conftest import granted

TYPED = "cafe\u0301\r\nand tea"
KEPT = "café\nand tea"
ODD = ["a\0b", "a\x07b", "a\x7fb", "a\ufffeb", "a\uffffb"]
SURROGATE = b"TG2=3&TG2-revision=0&TG2-note=a%ED%A0%80b"
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def answer_address(edition: Edition, client: Client) -> str:
    response = ResponseFactory()
    granted(client, response)
    return reverse("answer", args=[response.uuid, "TG2"])


@pytest.fixture
def doors(answer_address: str) -> tuple[str, str]:
    """The answer alone, and the form of its section."""
    return answer_address, answer_address.replace("answer/TG2/", "tg/")


@pytest.fixture
def draft(edition: Edition, client: Client) -> Edition:
    client.force_login(User.objects.create_superuser("maria"))
    return start_draft(edition=edition, now=NOW)


def note(text: str) -> dict[str, str]:
    return {"TG2": "3", "TG2-note": text, "TG2-revision": "0"}


def test_note_is_kept_in_one_form(client: Client, doors: tuple[str, str]) -> None:
    def kept(door: str) -> str:
        with undone():
            client.post(door, note(TYPED))
            return Answer.objects.get().note

    assert [kept(door) for door in doors] == [KEPT, KEPT]


def test_odd_character_in_a_note_is_named(client: Client, doors: tuple[str, str]) -> None:
    for door in doors:
        for odd in ODD:
            answer = client.post(door, note(odd))

            assert answer.status_code == 422
            assert f"U+{ord(odd[1]):04X}" in answer.content.decode()
    assert not Answer.objects.exists()


def test_lone_surrogate_is_refused_and_not_replaced(client: Client, doors: tuple[str, str]) -> None:
    for door in doors:
        with undone():
            answer = client.post(door, SURROGATE, content_type=FORM)

            assert (answer.status_code, Answer.objects.exists()) == (422, False)


def test_note_of_a_megabyte_is_refused_with_its_excess(client: Client, answer_address: str) -> None:
    answer = client.post(answer_address, note("x" * 1_000_000))

    assert answer.status_code == 422
    assert "995000 characters too long" in answer.content.decode()


def test_odd_character_in_a_name_is_named(client: Client, edition: Edition) -> None:
    for odd in ODD:
        answer = client.post(reverse("begin"), {"name": odd})

        assert answer.status_code == 422
        assert f"U+{ord(odd[1]):04X}" in answer.content.decode()
    assert not Scheme.objects.exists()


def test_text_of_the_bank_is_kept_in_one_form(client: Client, draft: Edition) -> None:
    question = Question.objects.get(edition=draft, code="TG2")
    address = reverse("admin:assessment_question_change", args=[question.pk])

    answer = client.post(address, admin_form_data(client, address) | {"help": TYPED})

    question.refresh_from_db()
    assert answer.status_code == 302
    assert question.help == KEPT


def test_odd_character_in_the_bank_is_named(client: Client, draft: Edition) -> None:
    question = Question.objects.get(edition=draft, code="TG2")
    address = reverse("admin:assessment_question_change", args=[question.pk])
    fields = admin_form_data(client, address)

    for odd in ODD[1:]:
        answer = client.post(address, fields | {"help": odd, "options-0-text": odd})

        assert answer.status_code == 200
        assert len([said for said in errors(answer) if f"U+{ord(odd[1]):04X}" in said]) == 2


def test_null_character_in_the_bank_is_refused(client: Client, draft: Edition) -> None:
    finding = Finding.objects.filter(edition=draft).first()
    assert finding is not None
    address = reverse("admin:assessment_finding_change", args=[finding.pk])

    answer = client.post(address, admin_form_data(client, address) | {"text": ODD[0]})

    assert answer.status_code == 200
    assert errors(answer) == ["Null characters are not allowed."]
