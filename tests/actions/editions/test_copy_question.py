from __future__ import annotations

from dataclasses import replace

import pytest

from assessment.actions.editions.copy_question import CodeTaken, copy_question, free_code
from assessment.actions.editions.start_draft import start_draft
from assessment.models import Edition, Question, Translation
from assessment.models.editions import NotADraft
from tests.actions.history_sentences import sentences_of
from tests.factories import NOW
from tests.tables import raised

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(edition: Edition) -> Edition:
    return start_draft(edition=edition, now=NOW)


def asked(edition: Edition, code: str) -> Question:
    return Question.objects.get(edition=edition, code=code)


def test_copy_is_the_question_with_its_translations_under_another_code(draft: Edition) -> None:
    Translation.objects.create(
        edition=draft, language="es", kind="questions", code="HC3", field="text",
        text="¿Qué?", source_hash="a", updated_at=NOW,
    )  # fmt: skip

    made = copy_question(question=asked(draft, "HC3"), code="HC99")

    bank = draft.instrument()
    original, copy = bank.question["HC3"], bank.question["HC99"]
    assert replace(copy, code="HC3") == original
    assert original.short
    assert any(option.step and option.label for option in copy.options)
    rows_of_copy = [str(row) for row in made.options.order_by("position")]
    assert rows_of_copy == [f"{made.pk}/{option.value}" for option in copy.options]
    codes = [question.code for question in bank.questions]
    assert codes.index("HC99") == codes.index("HC3") + 1
    assert len(set(Question.objects.filter(edition=draft).values_list("position"))) == len(codes)
    rows = Translation.objects.filter(edition=draft).values_list("code", "text")
    assert list(rows.order_by("code")) == [("HC3", "¿Qué?"), ("HC99", "¿Qué?")]
    assert sentences_of(made) == ["Copied from HC3."]


def test_free_code_is_the_next_number(draft: Edition) -> None:
    table = {"HC3": "HC10", "P1": "P9", "ALONE": "ALONE2"}
    Question.objects.filter(edition=draft, code="HC4").update(code="ALONE")

    assert {code: free_code(asked(draft, code)) for code in table} == table


def test_code_that_is_taken_and_published_edition_are_refused(
    draft: Edition, edition: Edition
) -> None:
    raised(CodeTaken, copy_question, question=asked(draft, "HC3"), code="HC1")
    raised(NotADraft, copy_question, question=asked(edition, "HC3"), code="HC99")
