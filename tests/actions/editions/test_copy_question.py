from __future__ import annotations

from dataclasses import replace

import pytest

from assessment.actions.editions.copy_question import CodeTaken, copy_question, free_code
from assessment.actions.editions.start_draft import start_draft
from assessment.models import Edition, Question, Translation
from assessment.models.editions import NotADraft
from tests.actions.history_sentences import sentences_of
from tests.factories import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(edition: Edition) -> Edition:
    return start_draft(edition=edition, now=NOW)


def asked(edition: Edition, code: str) -> Question:
    return Question.objects.get(edition=edition, code=code)


@pytest.mark.no_cover
def test_copy_differs_only_in_its_code(draft: Edition) -> None:
    copy_question(question=asked(draft, "HC3"), code="HC99")

    bank = draft.instrument()
    original, copy = bank.question["HC3"], bank.question["HC99"]
    assert replace(copy, code="HC3") == original
    assert original.short
    assert any(option.step and option.label for option in copy.options)
    codes = [question.code for question in bank.questions]
    assert codes.index("HC99") == codes.index("HC3") + 1
    assert len(set(Question.objects.filter(edition=draft).values_list("position"))) == len(codes)


def test_copy_has_the_translations(draft: Edition) -> None:
    Translation.objects.create(
        edition=draft, language="es", kind="questions", code="HC3", field="text",
        text="¿Qué?", source_hash="a", updated_at=NOW,
    )  # fmt: skip

    copy_question(question=asked(draft, "HC3"), code="HC99")

    rows = Translation.objects.filter(edition=draft).values_list("code", "text")
    assert list(rows.order_by("code")) == [("HC3", "¿Qué?"), ("HC99", "¿Qué?")]


def test_free_code_is_the_next_number(draft: Edition) -> None:
    table: list[tuple[str, str]] = [("HC3", "HC10"), ("P1", "P9")]

    assert [(code, free_code(asked(draft, code))) for code, _ in table] == table


def test_free_code_of_a_question_without_a_number(draft: Edition) -> None:
    question = asked(draft, "HC3")
    question.code = "ALONE"
    question.save()

    assert free_code(question) == "ALONE2"


def test_code_that_is_taken_is_refused(draft: Edition) -> None:
    with pytest.raises(CodeTaken):
        copy_question(question=asked(draft, "HC3"), code="HC1")


def test_question_of_a_published_edition_is_not_duplicated(edition: Edition) -> None:
    with pytest.raises(NotADraft):
        copy_question(question=asked(edition, "HC3"), code="HC99")


def test_copy_says_where_it_comes_from(draft: Edition) -> None:
    copy = copy_question(question=asked(draft, "HC3"), code="HC99")

    assert sentences_of(copy) == ["Copied from HC3."]
