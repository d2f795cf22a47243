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


USES: dict[tuple[type[Question | Finding], str], list[str]] = {
    (Question, "TG1"): [
        *("Rule R01: condition", "Question TG3: shown if"),
        *("1 answer", "Option 3: 1 answer"),
    ],
    (Question, "TG2"): ["1 answer", "Option 3: 1 answer"],
    (Question, "P-arrangement"): [
        *("Rule R01: condition", "1 answer"),
        *("Option single: Rule R01: condition", "Option single: 1 answer"),
        "Option coincident: Case PE: arrangement",
    ],
    (Finding, "RS-0"): [
        *(f"Question {code}: findings" for code in ("TG1", "TG2", "TG3")),
        *("Case PE: finding", "Case PE: finding of a reading"),
    ],
    (Finding, "RS-2"): [],
}


def test_page_names_what_uses_the_part_and_leads_there(
    maria: Client, published: Edition, draft: Edition
) -> None:
    """Answers on the edition that a draft came from use the draft too."""
    profile_question(draft, "arrangement")
    draft.question_set.filter(code="TG3").update(shown_if="answer.TG1 >= 2")
    draft.rule_set.update(when='answer.TG1 <= 1 and profile.arrangement != "single"')
    asked = ResponseFactory(edition=draft, round__profile={"arrangement": "single"})
    AnswerFactory(response=asked, code="TG1", value=3)
    of_before = ResponseFactory(edition=published, round__profile={})
    AnswerFactory(response=of_before, code="TG2", value=3)

    def told(model: type[Question | Finding], code: str) -> list[str]:
        part = model.objects.get(edition=draft, code=code)
        return [sentence for sentence, _ in shown(maria, part)]

    assert {part: told(*part) for part in USES} == USES
    rule, question = draft.rule_set.get(), draft.question_set.get(code="TG3")
    assert [address for _, address in shown(maria, draft.question_set.get(code="TG1"))] == [
        reverse("admin:assessment_rule_change", args=[rule.pk]),
        reverse("admin:assessment_question_change", args=[question.pk]),
        *("", ""),
    ]


def test_value_that_a_rule_asks_for_is_told_as_it_is(maria: Client, draft: Edition) -> None:
    table: list[str] = ["3", "%s", "100%", "%(code)s"]
    Question.objects.filter(code="TG1").update(kind="multi")
    question = Question.objects.get(code="TG1")

    def outcome(value: str) -> list[str]:
        with undone():
            question.options.filter(value="3").update(value=value)
            Rule.objects.update(when=f'"{value}" in answer.TG1')
            return [sentence for sentence, _ in shown(maria, question)]

    assert {value: outcome(value) for value in table} == {
        value: ["Rule R01: condition", f"Option {value}: Rule R01: condition"] for value in table
    }
