from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from assessment.models import Edition, Question


def address(question: Question, name: str = "duplicate") -> str:
    return reverse(f"admin:assessment_question_{name}", args=[question.pk])


@pytest.fixture
def question(draft: Edition) -> Question:
    return Question.objects.get(edition=draft, code="TG2")


def test_copy_of_a_question_opens_with_a_code_of_its_own(maria: Client, question: Question) -> None:
    page = maria.get(address(question, "change")).content.decode()
    form = maria.get(address(question)).context["form"]

    response = maria.post(address(question), {"code": "TG4"})

    assert f'href="{address(question)}"' in page
    assert form.initial == {"code": "TG4"}
    copy = Question.objects.get(code="TG4")
    assert response.headers["Location"] == address(copy, "change")
    assert copy.options.count() == 5
    assert [q.code for q in Question.objects.order_by("position")] == ["TG1", "TG2", "TG4", "TG3"]


def test_wrong_code_is_refused(maria: Client, question: Question, published: Edition) -> None:
    Question.objects.filter(edition=published, code="TG3").update(code="TG9")
    used = "This code is taken. A code is never used again, in any edition."
    table: dict[str, str] = {
        "TG1": used,
        "TG9": used,
        "1 a": "“1 a” cannot be a code here",
        "tg2": "“tg2” differs from “TG2” in capital letters only.",
        "": "This field is required.",
        "A" * 41: "at most 40 characters",
        "A\0": "Null characters are not allowed.",
    }
    before = Question.objects.count()

    def outcome(code: str, message: str) -> object:
        response = maria.post(address(question), {"code": code})
        return response.status_code, message in response.content.decode(), Question.objects.count()

    assert {code: outcome(code, table[code]) for code in table} == dict.fromkeys(
        table, (200, True, before)
    )


def test_published_question_is_not_copied(maria: Client, published: Edition) -> None:
    question = Question.objects.get(code="TG2")

    assert maria.post(address(question), {"code": "TG4"}).status_code == 403
    assert "Duplicate" not in maria.get(address(question, "change")).content.decode()
