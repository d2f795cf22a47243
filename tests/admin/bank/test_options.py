"""Codes and values of options are lasting: never renamed, never used again."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assessment.models import Edition, Option, Question, Rule
from tests.admin.form_data import admin_form_data, errors, undrawn
from tests.admin.small_bank import profile_question
from tests.factories import AnswerFactory, ResponseFactory

RENAMED = "The value 2 was published or is used: it stays. Add another option instead."


def address(question: Question) -> str:
    return reverse("admin:assessment_question_change", args=[question.pk])


@pytest.fixture
def question(draft: Edition) -> Question:
    return Question.objects.get(edition=draft, code="TG2")


def rename(maria: Client, question: Question, row: int = 2) -> Any:
    data = admin_form_data(maria, address(question)) | {f"options-{row}-value": "renamed"}
    with undrawn():
        return maria.post(address(question), data)


def test_code_of_a_deleted_question_is_not_used_again(
    maria: Client, published: Edition, question: Question
) -> None:
    question.delete()
    add = reverse("admin:assessment_question_add")
    data = admin_form_data(maria, add) | {"code": "TG2", "kind": "text", "text": "Something else?"}

    assert errors(maria.post(add, data)) == [
        "The code TG2 stands in “1: First edition (published)”. A code is never used again."
    ]


def test_question_is_not_given_a_code_of_another_edition(
    maria: Client, published: Edition, question: Question
) -> None:
    Question.objects.filter(pk=question.pk).update(code="TG7")
    data = admin_form_data(maria, address(question)) | {"code": "TG2"}

    assert errors(maria.post(address(question), data)) == [
        "The code TG2 stands in “1: First edition (published)”. A code is never used again."
    ]


def test_part_that_two_drafts_share_keeps_its_code(maria: Client, question: Question) -> None:
    other = Edition.objects.create(
        name="Third", scale=question.edition.scale, created_at=question.edition.created_at
    )
    Question.objects.create(edition=other, code="TG2", kind="text", text="The same?")

    response = maria.post(
        address(question), admin_form_data(maria, address(question)) | {"help": "Look."}
    )

    assert response.status_code == 302, errors(response)


def test_value_that_was_published_is_not_renamed(
    maria: Client, published: Edition, question: Question
) -> None:
    assert errors(rename(maria, question)) == [RENAMED]


def test_value_that_a_rule_names_is_not_renamed(maria: Client, question: Question) -> None:
    Question.objects.filter(pk=question.pk).update(kind="multi")
    Rule.objects.update(when='"2" in answer.TG2')

    assert errors(rename(maria, question)) == [RENAMED]


def test_value_that_was_answered_is_not_renamed(maria: Client, question: Question) -> None:
    AnswerFactory(response=ResponseFactory(edition=question.edition), code="TG2", value=2)

    assert errors(rename(maria, question)) == [RENAMED]


def test_value_of_the_profile_that_a_case_holds_is_not_renamed(
    maria: Client, draft: Edition
) -> None:
    question = profile_question(draft, "arrangement")

    assert errors(rename(maria, question, row=1)) == [RENAMED.replace(" 2 ", " coincident ")]


def test_lasting_value_cannot_be_typed_over(maria: Client, draft: Edition) -> None:
    question = profile_question(draft, "arrangement")

    formset = maria.get(address(question)).context["inline_admin_formsets"][0].formset

    fixed = [form.fields["value"].widget.attrs.get("readonly") for form in formset]
    assert fixed == [None, True]


def test_value_that_nothing_knows_is_renamed(maria: Client, question: Question) -> None:
    assert rename(maria, question).status_code == 302

    assert Option.objects.filter(question=question, value="renamed").count() == 1
