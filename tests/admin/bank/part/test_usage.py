"""Where a part is used stands on its page, with the way there."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from assessment.models import Edition, Finding, Question, Rule
from tests.admin.small_bank import profile_question
from tests.factories import AnswerFactory, ResponseFactory
from tests.tables import undone

pytestmark = pytest.mark.no_cover


def shown(maria: Client, part: Question | Finding) -> list[tuple[str, str]]:
    name = f"admin:assessment_{part._meta.model_name}_change"
    used: list[tuple[str, str]] = maria.get(reverse(name, args=[part.pk])).context["used"]
    return [(str(sentence), address) for sentence, address in used]


def test_question_names_rules_conditions_and_answers(maria: Client, draft: Edition) -> None:
    Question.objects.filter(code="TG3").update(shown_if="answer.TG1 >= 2")
    AnswerFactory(response=ResponseFactory(edition=draft), code="TG1", value=3)
    rule, question = Rule.objects.get(), Question.objects.get(code="TG3")

    assert shown(maria, Question.objects.get(code="TG1")) == [
        ("Rule R01: condition", reverse("admin:assessment_rule_change", args=[rule.pk])),
        (
            "Question TG3: shown if",
            reverse("admin:assessment_question_change", args=[question.pk]),
        ),
        ("1 answer", ""),
        ("Option 3: 1 answer", ""),
    ]


def test_option_names_the_rule_that_asks_for_it(maria: Client, draft: Edition) -> None:
    Question.objects.filter(code="TG1").update(kind="multi")
    Rule.objects.update(when='"3" in answer.TG1')

    sentences = [sentence for sentence, _ in shown(maria, Question.objects.get(code="TG1"))]

    assert sentences == ["Rule R01: condition", "Option 3: Rule R01: condition"]


def test_finding_names_what_cites_it(maria: Client, draft: Edition) -> None:
    sentences = [sentence for sentence, _ in shown(maria, Finding.objects.get(code="RS-0"))]

    assert sentences == [
        "Question TG1: findings",
        "Question TG2: findings",
        "Question TG3: findings",
        "Case PE: finding",
        "Case PE: finding of a reading",
    ]


def test_nothing_is_told_of_what_nothing_uses(maria: Client, draft: Edition) -> None:
    assert shown(maria, Finding.objects.get(code="RS-2")) == []


def test_signs_in_a_value_are_told_as_they_are(maria: Client, draft: Edition) -> None:
    table: list[str] = ["%s", "100%", "%(code)s"]

    question = Question.objects.get(code="TG1")

    def outcome(value: str) -> object:
        with undone():
            question.options.filter(value="3").update(value=value)
            Rule.objects.update(when=f'"{value}" in answer.TG1')
            return shown(maria, question)[-1][0]

    assert [outcome(value) for value in table] == [
        f"Option {value}: Rule R01: condition" for value in table
    ]


def test_profile_question_names_what_speaks_of_its_field(maria: Client, draft: Edition) -> None:
    question = profile_question(draft, "arrangement")
    Rule.objects.update(when='profile.arrangement != "single"')
    ResponseFactory(edition=draft, round__profile={"arrangement": "single"})

    assert [sentence for sentence, _ in shown(maria, question)] == [
        "Rule R01: condition",
        "1 answer",
        "Option single: Rule R01: condition",
        "Option single: 1 answer",
        "Option coincident: Case PE: arrangement",
    ]


def test_answers_on_the_edition_it_came_from_use_a_draft(
    maria: Client, published: Edition, draft: Edition
) -> None:
    AnswerFactory(response=ResponseFactory(edition=published), code="TG2", value=3)

    sentences = [sentence for sentence, _ in shown(maria, draft.question_set.get(code="TG2"))]

    assert sentences == ["1 answer", "Option 3: 1 answer"]
