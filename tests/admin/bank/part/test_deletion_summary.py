from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from assessment.admin.bank.part.deletion_summary import deletion_lines
from assessment.models import (
    Case,
    Dimension,
    Edition,
    Finding,
    Option,
    Package,
    Pattern,
    Question,
    Region,
    Role,
    Rule,
    Source,
)
from tests.admin.small_bank import add_advice, profile_question
from tests.factories import AnswerFactory, ResponseFactory


def delete(client: Client, part: Any) -> Any:
    name = f"admin:assessment_{part._meta.model_name}_delete"
    return client.post(reverse(name, args=[part.pk]), {"post": "yes"})


def delete_together(client: Client, *codes: str, **more: str) -> Any:
    rows = list(Question.objects.filter(code__in=codes).values_list("pk", flat=True))
    data = {"action": "delete_selected", "_selected_action": rows, **more}
    return client.post("/admin/assessment/question/", data)


USES: dict[tuple[type[Any], str], list[str]] = {
    (Question, "TG1"): ["Rule R01: condition"],
    (Question, "TG2"): ["1 answer"],
    (Question, "P-arrangement"): ["Rule R02: condition", "1 answer"],
    (Finding, "RS-0"): [
        *(f"Question {code}: findings" for code in ("TG1", "TG2", "TG3")),
        "Case PE: finding",
        "Case PE: finding of a reading",
    ],
    (Finding, "RS-1"): ["Rule R01: findings", "Pattern nobody: findings"],
    (Dimension, "TG"): ["Rule R01: condition", "Pattern nobody: condition"],
    (Region, "LA"): ["Finding RS-2: condition", "Case PE: region"],
    (Role, "planning"): ["Rule R01: who acts", "Rule R02: with whom"],
    (Package, "decision"): ["Package money: comes before this one", "Pattern nobody: package"],
    (Case, "PE"): ["Pattern nobody: case"],
    (Rule, "R01"): [
        "Rule R02: suppressed by this one",
        "Rule R02: contains this one",
        "Package decision: rules",
        "Package money: comes first where one is recommended",
    ],
}


@pytest.fixture
def used(published: Edition, draft: Edition) -> Edition:
    """A draft whose parts speak of one another, and an answer on the edition before it."""
    add_advice(draft)
    profile_question(draft, "arrangement")
    Finding.objects.filter(edition=draft, code="RS-2").update(seen='profile.region == "LA"')
    Rule.objects.create(
        edition=draft,
        code="R02",
        when='profile.arrangement != "single"',
        suppressed_by="R01",
        priority=1,
        contains=["R01"],
        with_roles=["planning"],
    )
    Package.objects.create(
        edition=draft, code="money", prerequisite_if=["R01"], prerequisite_of=["decision"]
    )
    Pattern.objects.get().findings.set(Finding.objects.filter(edition=draft, code="RS-1"))
    AnswerFactory(response=ResponseFactory(edition=published), code="TG2")
    return draft


def test_part_that_is_used_is_not_deleted(maria: Client, used: Edition) -> None:
    def refused(model: Any, code: str) -> list[str]:
        part = model.objects.get(edition=used, code=code)
        lines = [str(line) for line in delete(maria, part).context["protected"]]
        assert model.objects.filter(pk=part.pk).exists()
        return [line.removeprefix(f"{code}: ") for line in lines if line.startswith(f"{code}: ")]

    assert {part: refused(*part) for part in USES} == USES
    findings = delete(maria, Source.objects.get(edition=used)).context["protected"]
    assert [strip_tags(line) for line in findings] == [f"Finding: RS-{n}" for n in range(3)]
    assert delete(maria, Pattern.objects.get()).status_code == 302


def test_deletion_says_in_words_what_goes(maria: Client, draft: Edition) -> None:
    Option.objects.filter(question__code="TG2").exclude(value="0").delete()
    Finding.objects.get(code="RS-2").dimensions.set(draft.dimension_set.all())
    table: list[tuple[Any, list[list[str]], dict[str, int]]] = [
        (
            Question.objects.get(code="TG2"),
            [["Option: 0 – Nothing."]],
            {"questions": 1, "options": 1},
        ),
        (Case.objects.get(), [["Case reading: TG – As told."]], {"cases": 1, "case readings": 1}),
        (Finding.objects.get(code="RS-2"), [], {"findings": 1}),
    ]

    def told(part: Any) -> tuple[list[list[str]], dict[str, int]]:
        name = f"admin:assessment_{part._meta.model_name}"
        context = maria.get(reverse(f"{name}_delete", args=[part.pk])).context
        first, *below = context["deleted_objects"]
        page = reverse(f"{name}_change", args=[part.pk])
        assert first == f'{type(part).__name__}: <a href="{page}">{part}</a>'
        return below, dict(context["model_count"])

    assert [(part, *told(part)) for part, *_ in table] == table


def test_queries_of_a_deletion_do_not_grow(draft: Edition, django_assert_num_queries: Any) -> None:
    for codes in (["TG2"], ["TG2", "TG3"]):
        questions = list(Question.objects.filter(code__in=codes))

        with django_assert_num_queries(1):
            list(deletion_lines(Question, questions))


def test_questions_are_deleted_alone_or_together_unless_one_is_used(
    maria: Client, draft: Edition
) -> None:
    refused = delete_together(maria, "TG1", "TG2", "TG3", post="yes")
    assert refused.context["protected"] == ["TG1: Rule R01: condition"]

    alone = delete(maria, Question.objects.get(code="TG2"))
    page = delete_together(maria, "TG3")
    assert (alone.status_code, b"Are you sure" in page.content) == (302, True)
    assert list(Question.objects.values_list("code", flat=True)) == ["TG1", "TG3"]

    delete_together(maria, "TG3", post="yes")
    assert list(Question.objects.values_list("code", flat=True)) == ["TG1"]
    assert list(Option.objects.exclude(question__code="TG1")) == []
