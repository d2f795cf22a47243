from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse

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


def question(edition: Edition) -> Question:
    return Question.objects.get(edition=edition, code="TG1")


def finding(edition: Edition) -> Finding:
    return Finding.objects.get(edition=edition, code="RS-0")


def test_used_part_is_not_deleted(maria: Client, draft: Edition) -> None:
    profile = profile_question(draft, "arrangement")
    uses: dict[str, Any] = {"when": 'profile.arrangement != "single"', "suppressed_by": "R01"}
    Rule.objects.create(edition=draft, code="R02", priority=1, **uses)
    table: list[tuple[Any, list[str]]] = [
        (question(draft), ["TG1: Rule R01: condition"]),
        (
            finding(draft),
            [
                "RS-0: Question TG1: findings",
                "RS-0: Question TG2: findings",
                "RS-0: Question TG3: findings",
                "RS-0: Case PE: finding",
                "RS-0: Case PE: finding of a reading",
            ],
        ),
        (Dimension.objects.get(edition=draft, code="TG"), ["TG: Rule R01: condition"]),
        (Region.objects.get(edition=draft), ["LA: Case PE: region"]),
        (profile, ["P-arrangement: Rule R02: condition"]),
        (Rule.objects.get(code="R01"), ["R01: Rule R02: suppressed by this one"]),
    ]

    def refused(row: Any, first: int) -> list[str]:
        protected = [str(entry) for entry in delete(maria, row).context["protected"]]
        assert type(row).objects.filter(pk=row.pk).exists()
        return protected[:first]

    assert [(row, refused(row, len(lines))) for row, lines in table] == table


def test_part_of_advice_that_is_named_is_not_deleted(maria: Client, draft: Edition) -> None:
    add_advice(draft)
    Finding.objects.filter(code="RS-2").update(seen='profile.region == "LA"')
    Rule.objects.create(
        edition=draft, code="R02", priority=1, contains=["R01"], with_roles=["planning"]
    )
    Package.objects.create(
        edition=draft, code="money", prerequisite_if=["R01"], prerequisite_of=["decision"]
    )
    pattern = Pattern.objects.get()
    pattern.findings.set(Finding.objects.filter(code="RS-1"))
    table: list[tuple[Any, list[str]]] = [
        (Role.objects.get(), ["Rule R01: who acts", "Rule R02: with whom"]),
        (
            Package.objects.get(code="decision"),
            ["Package money: comes before this one", "Pattern nobody: package"],
        ),
        (Case.objects.get(), ["Pattern nobody: case"]),
        (
            Rule.objects.get(code="R01"),
            [
                "Rule R02: contains this one",
                "Package decision: rules",
                "Package money: comes first where one is recommended",
            ],
        ),
        (Finding.objects.get(code="RS-1"), ["Rule R01: findings", "Pattern nobody: findings"]),
        (
            Dimension.objects.get(code="TG"),
            ["Rule R01: condition", "Pattern nobody: condition"],
        ),
        (Region.objects.get(), ["Finding RS-2: condition", "Case PE: region"]),
    ]

    def refused(row: Any) -> list[str]:
        return [
            str(entry).partition(": ")[2]
            for entry in delete(maria, row).context["protected"]
            if str(entry).startswith(f"{row.code}: ")
        ]

    assert [(row, refused(row)) for row, _ in table] == table
    assert delete(maria, pattern).status_code == 302


def test_question_answered_on_another_edition_is_not_deleted(
    maria: Client, published: Edition, draft: Edition
) -> None:
    AnswerFactory(response=ResponseFactory(edition=published), code="TG2")

    response = delete(maria, Question.objects.get(edition=draft, code="TG2"))

    assert response.context["protected"] == ["TG2: 1 answer"]


def test_source_of_findings_is_not_deleted(maria: Client, draft: Edition) -> None:
    response = delete(maria, Source.objects.get(edition=draft))

    assert len(response.context["protected"]) == 3


def test_deletion_says_in_words_what_goes(maria: Client, draft: Edition) -> None:
    unused = Question.objects.get(edition=draft, code="TG2")
    unused.options.exclude(value="0").delete()
    page = reverse("admin:assessment_question_delete", args=[unused.pk])

    context = maria.get(page).context

    change = reverse("admin:assessment_question_change", args=[unused.pk])
    assert context["deleted_objects"] == [
        f'Question: <a href="{change}">TG2</a>',
        ["Option: 0 – Nothing."],
    ]
    assert dict(context["model_count"]) == {"questions": 1, "options": 1}


def test_deletion_of_a_case_names_its_readings(maria: Client, draft: Edition) -> None:
    case = draft.case_set.get()
    page = reverse("admin:assessment_case_delete", args=[case.pk])

    context = maria.get(page).context

    assert context["deleted_objects"][1] == ["Case reading: TG – As told."]
    assert dict(context["model_count"]) == {"cases": 1, "case readings": 1}


def test_deletion_of_what_has_no_rows_names_it_alone(maria: Client, draft: Edition) -> None:
    unused = Finding.objects.get(edition=draft, code="RS-2")
    unused.dimensions.set(draft.dimension_set.all())
    page = reverse("admin:assessment_finding_delete", args=[unused.pk])

    context = maria.get(page).context

    assert len(context["deleted_objects"]) == 1
    assert dict(context["model_count"]) == {"findings": 1}


def test_queries_of_a_deletion_do_not_grow(draft: Edition, django_assert_num_queries: Any) -> None:
    for codes in (["TG2"], ["TG2", "TG3"]):
        questions = list(Question.objects.filter(code__in=codes))

        with django_assert_num_queries(1):
            list(deletion_lines(Question, questions))


def test_unused_question_is_deleted_with_its_options(maria: Client, draft: Edition) -> None:
    unused = Question.objects.get(edition=draft, code="TG2")

    assert delete(maria, unused).status_code == 302
    assert Option.objects.filter(question=unused.pk).count() == 0


def test_bulk_delete_of_used_questions_is_refused(maria: Client, draft: Edition) -> None:
    rows = list(Question.objects.filter(edition=draft).values_list("pk", flat=True))
    data = {"action": "delete_selected", "_selected_action": rows, "post": "yes"}

    response = maria.post("/admin/assessment/question/", data)

    assert response.context["protected"] == ["TG1: Rule R01: condition"]
    assert Question.objects.count() == 3


def test_bulk_delete_of_unused_questions(maria: Client, draft: Edition) -> None:
    rows = list(Question.objects.exclude(code="TG1").values_list("pk", flat=True))
    data = {"action": "delete_selected", "_selected_action": rows}
    page = maria.post("/admin/assessment/question/", data)

    maria.post("/admin/assessment/question/", data | {"post": "yes"})

    assert b"Are you sure" in page.content
    assert list(Question.objects.values_list("code", flat=True)) == ["TG1"]
