"""Codes and values of options are lasting: never renamed, never used again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assessment.models import Edition, Option, Question, Rule
from tests.admin.form_data import admin_form_data, errors, undrawn
from tests.admin.small_bank import freeze, make_edition, profile_question
from tests.factories import AnswerFactory, ResponseFactory
from tests.tables import undone

RENAMED = "The value 2 was published or is used: it stays. Add another option instead."


def address(question: Question) -> str:
    return reverse("admin:assessment_question_change", args=[question.pk])


@pytest.fixture
def question(draft: Edition) -> Question:
    return Question.objects.get(edition=draft, code="TG2")


def sent(maria: Client, page: str, **change: Any) -> Any:
    data = admin_form_data(maria, page) | change
    with undrawn():
        return maria.post(page, data)


def rename(maria: Client, question: Question, row: int = 2) -> Any:
    return sent(maria, address(question), **{f"options-{row}-value": "renamed"})


def test_code_of_another_edition_is_not_used_again(
    maria: Client, published: Edition, question: Question
) -> None:
    """Neither for a new question nor for an old one; the same one in two drafts keeps it."""
    add = reverse("admin:assessment_question_add")

    Question.objects.filter(pk=question.pk).update(code="TG7")
    Question.objects.filter(edition=make_edition("Third"), code="TG2").update(code="TG7")
    kept = sent(maria, address(question), help="Look.")
    added = sent(maria, add, code="TG2", kind="text", text="Something else?")
    changed = sent(maria, address(question), code="TG2")

    assert kept.status_code == 302, errors(kept)
    told = ["The code TG2 stands in “1: First edition (published)”. A code is never used again."]
    assert [errors(added), errors(changed)] == [told, told]


def leave_it() -> None:
    """Nothing knows it."""


def publish_the_same() -> None:
    freeze(make_edition("First edition"))


def name_it_in_a_rule() -> None:
    Question.objects.filter(code="TG2").update(kind="multi")
    Rule.objects.update(when='"2" in answer.TG2')


def answer_it() -> None:
    AnswerFactory(response=ResponseFactory(edition=Edition.objects.get()), code="TG2", value=2)


def test_value_is_renamed_only_while_nothing_knows_it(maria: Client, question: Question) -> None:
    table: dict[Callable[[], None], list[str]] = {
        leave_it: [],
        publish_the_same: [RENAMED],
        name_it_in_a_rule: [RENAMED],
        answer_it: [RENAMED],
    }

    def outcome(arrange: Callable[[], None]) -> object:
        with undone():
            arrange()
            response = rename(maria, question)
            found = errors(response) if response.status_code == 200 else []
            return found, Option.objects.filter(question=question, value="renamed").count()

    assert {arrange: outcome(arrange) for arrange in table} == {
        arrange: (messages, 0 if messages else 1) for arrange, messages in table.items()
    }


def test_value_of_the_profile_that_a_case_holds_cannot_be_typed_over(
    maria: Client, draft: Edition
) -> None:
    question = profile_question(draft, "arrangement")

    formset = maria.get(address(question)).context["inline_admin_formsets"][0].formset

    fixed = [form.fields["value"].widget.attrs.get("readonly") for form in formset]
    assert fixed == [None, True]
    assert errors(rename(maria, question, row=1)) == [RENAMED.replace(" 2 ", " coincident ")]


def test_what_a_condition_speaks_of_is_not_taken_away(maria: Client, question: Question) -> None:
    """The code of a question cannot be typed, its option not be deleted."""
    used = Question.objects.get(code="TG1")
    Question.objects.filter(code="TG3").update(shown_if='"2" in answer.TG2')
    Question.objects.filter(code="TG2").update(kind="multi")

    response = sent(maria, address(question), **{"options-2-DELETE": "on"})

    assert "code" not in maria.get(address(used)).context["adminform"].form.fields
    assert errors(response) == [
        "The option 2 cannot be deleted, because it is used: Question TG3: shown if."
    ]
    assert question.options.count() == 5
