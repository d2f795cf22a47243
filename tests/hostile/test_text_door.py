"""Every door takes text in one form and refuses what would break a file: respondents' and ours."""

from __future__ import annotations

from urllib.parse import urlencode

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
def doors(edition: Edition, client: Client) -> tuple[str, str]:
    """The answer alone, and the form of its section."""
    response = ResponseFactory()
    granted(client, response)
    return f"/response/{response.uuid}/answer/TG2/", f"/response/{response.uuid}/tg/"


@pytest.fixture
def draft(edition: Edition, client: Client) -> Edition:
    client.force_login(User.objects.create_superuser("maria"))
    return start_draft(edition=edition, now=NOW)


def note(text: str) -> bytes:
    return urlencode({"TG2": "3", "TG2-note": text, "TG2-revision": "0"}).encode()


def test_note_is_kept_in_one_form_or_refused_by_name(
    client: Client, doors: tuple[str, str]
) -> None:
    """A lone surrogate is refused and not replaced."""
    refused = {note(odd): f"U+{ord(odd[1]):04X}" for odd in ODD}
    refused |= {SURROGATE: "", note("x" * 1_000_000): "995000 characters too long"}

    def outcome(door: str, sent: bytes) -> object:
        with undone():
            answer = client.post(door, sent, content_type=FORM)
            told = refused.get(sent, "") in answer.content.decode()
            notes = list(Answer.objects.values_list("note", flat=True))
            return (answer.status_code == 422 and told, notes)

    table: dict[tuple[str, bytes], object] = {
        (door, sent): (True, []) for door in doors for sent in refused
    }
    table |= {(door, note(TYPED)): (False, [KEPT]) for door in doors}
    found = {case: outcome(*case) for case in table}
    assert [case for case in table if found[case] != table[case]] == []


def test_odd_character_in_a_name_is_named(client: Client, edition: Edition) -> None:
    def outcome(odd: str) -> tuple[int, bool]:
        answer = client.post(reverse("begin"), {"name": odd})
        return answer.status_code, f"U+{ord(odd[1]):04X}" in answer.content.decode()

    assert {odd: outcome(odd) for odd in ODD} == dict.fromkeys(ODD, (422, True))
    assert not Scheme.objects.exists()


def test_text_of_the_bank_is_kept_in_one_form_or_refused_by_name(
    client: Client, draft: Edition
) -> None:
    question = Question.objects.get(edition=draft, code="TG2")
    address = reverse("admin:assessment_question_change", args=[question.pk])
    fields = admin_form_data(client, address)
    finding = Finding.objects.filter(edition=draft).first()
    assert finding is not None
    of_finding = reverse("admin:assessment_finding_change", args=[finding.pk])

    def named(odd: str) -> int:
        answer = client.post(address, fields | {"help": odd, "options-0-text": odd})
        return len([said for said in errors(answer) if f"U+{ord(odd[1]):04X}" in said])

    assert {odd: named(odd) for odd in ODD[1:]} == dict.fromkeys(ODD[1:], 2)
    null = client.post(of_finding, admin_form_data(client, of_finding) | {"text": ODD[0]})
    assert errors(null) == ["Null characters are not allowed."]
    kept = client.post(address, fields | {"help": TYPED})
    question.refresh_from_db()
    assert (kept.status_code, question.help) == (302, KEPT)
