"""Beside a condition: the codes of its edition, and what it means or what is wrong with it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assessment.models import Edition, Option, Question, Rule


def meaning(edition: Edition, **query: str) -> str:
    return reverse("admin:assessment_question_condition", args=[edition.pk], query=query or None)


def codes(edition: Edition, **query: str) -> str:
    return reverse("admin:assessment_question_codes", args=[edition.pk], query=query or None)


def offered(maria: Client, edition: Edition, **query: str) -> dict[str, list[str]]:
    groups = maria.get(codes(edition, **query)).context["groups"]
    return {group.title: [code.text for code in group.codes] for group in groups}


@pytest.fixture
def profile_bank(draft: Edition) -> Edition:
    """TG1 has several answers, TG2 asks for the stage, TG3 for the number of programmes."""
    Question.objects.filter(code="TG1").update(kind="multi")
    Question.objects.filter(code="TG2").update(kind="choice", profile="stage", dimension=None)
    Question.objects.filter(code="TG3").update(kind="number", profile="programmes", dimension=None)
    Option.objects.filter(question__code="TG3").delete()
    return draft


WORDS = "This is true where the level of Dimension TG is at most “Initial”."
UNREAD = "This cannot be read as a condition such as level.PC >= 3."
OF_ANSWERS = "level.TG cannot be used here: only answers and the profile."
MEANINGS: list[tuple[dict[str, str], str, list[str]]] = [
    ({"text": "level.TG <= 1"}, WORDS, []),
    (
        {"text": "level.TG <= 1", "for": "question"},
        "",
        [f"Condition, character 1: {OF_ANSWERS}"],
    ),
    ({"text": "level.TG >"}, "", [f"Condition, character 11: {UNREAD}"]),
    (
        {"text": "level.XX > 1"},
        "",
        ["Condition, character 1: level.XX does not exist in this edition."],
    ),
    (
        {"text": "level.TG > 4"},
        "",
        ["Condition: This can never be true, whatever is answered."],
    ),
    ({"text": ""}, "", []),
    ({"text": "\0"}, "", [f"Condition, character 2: {UNREAD}"]),
    (
        {"text": "x" * 9999},
        "",
        ["Condition, character 501: A condition has at most 500 characters."],
    ),
]


def test_condition_is_told_in_words_or_what_is_wrong_with_it_or_with_another(
    maria: Client, draft: Edition
) -> None:
    assert [(query, maria.get(meaning(draft, **query)).json()) for query, *_ in MEANINGS] == [
        (query, {"faults": faults, "words": words}) for query, words, faults in MEANINGS
    ]

    Rule.objects.update(when="answer.TG1 >")
    page = maria.get(codes(draft))
    answer = maria.get(meaning(draft, text="level.TG <= 1")).json()
    assert "another condition" in page.content.decode()
    assert (answer["words"], len(answer["faults"])) == ("", 1)


def test_rule_is_offered_all_codes_and_a_question_fewer(maria: Client, draft: Edition) -> None:
    """Every one is a name or a condition."""
    found = offered(maria, draft)

    assert list(found) == ["Dimensions", "Profile", "Dimension TG", "Dimension BI"]
    assert {"level.TG", "gap.tiers.BI", "unknown.any"} <= set(found["Dimensions"])
    assert found["Profile"] == ['profile.region == "LA"']
    assert found["Dimension TG"][:2] == ["answer.TG1", "answer.TG1 == 0"]
    assert list(offered(maria, draft, **{"for": "question"})) == [
        *("Profile", "Dimension TG", "Dimension BI")
    ]
    every = [code for group in found.values() for code in group]
    texts = {code: code if " " in code else f"{code} >= 1" for code in every}
    faults = {code: maria.get(meaning(draft, text=texts[code])).json()["faults"] for code in every}
    assert {code: found for code, found in faults.items() if found} == {}


def test_codes_of_a_question_are_those_of_its_kind(maria: Client, profile_bank: Edition) -> None:
    """One that has no options yet can be spoken of, one that is written in words cannot."""
    found = offered(maria, profile_bank)

    assert found["Profile"][:3] == [
        'profile.region == "LA"',
        'profile.stage == "0"',
        'profile.stage == "1"',
    ]
    assert found["Profile"][-1] == "profile.programmes"
    assert found["Dimension TG"][:2] == ["points.TG1", '"0" in answer.TG1']
    Question.objects.filter(code="TG1").update(kind="level")
    Option.objects.filter(question__code="TG1").delete()
    assert offered(maria, profile_bank)["Dimension TG"] == ["answer.TG1"]
    assert maria.get(meaning(profile_bank, text="answer.TG1 >= 4")).json()["faults"] == []
    Question.objects.filter(dimension__code="TG").update(kind="text")
    assert offered(maria, profile_bank)["Dimension TG"] == []


def test_field_knows_its_addresses(maria: Client, draft: Edition) -> None:
    page = maria.get(reverse("admin:assessment_rule_change", args=[Rule.objects.get().pk]))

    field: Any = page.context["adminform"].form.fields["when"]
    assert field.widget.attrs["data-condition"] == meaning(draft, **{"for": "rule"})
    assert field.widget.attrs["data-codes"] == codes(draft, **{"for": "rule"})
    assert "Codes of this edition</a>" in field.help_text
