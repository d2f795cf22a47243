"""The pages of roles and patterns, and who acts on a rule."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assessment.models import Edition, Finding, Package, Pattern, Question, Role, Rule
from tests.admin.form_data import admin_form_data, errors, undrawn
from tests.admin.small_bank import add_advice


@pytest.fixture(autouse=True)
def advice(draft: Edition) -> None:
    add_advice(draft)


def address(part: Any) -> str:
    return reverse(f"admin:assessment_{part._meta.model_name}_change", args=[part.pk])


def send(client: Client, part: Any, **change: Any) -> Any:
    with undrawn():
        return client.post(address(part), admin_form_data(client, address(part)) | change)


def choices(client: Client, part: Any, field: str) -> list[tuple[str, str]]:
    form = client.get(address(part)).context["adminform"].form
    return [(value, str(words)) for value, words in form.fields[field].choices]


def test_each_part_is_added(maria: Client, draft: Edition) -> None:
    table: dict[type[Any], dict[str, Any]] = {
        Role: {"code": "council", "name": "Council", "tier": "local", "sector": "agriculture"},
        Package: {"code": "money", "title": "Money", "text": "Who pays.", "rules": "R01"},
        Pattern: {
            "code": "paper",
            "title": "On paper",
            "text": "It is written. It is not done.",
            "when": 'direction.TG == "low"',
            "unless": "answer.TG1 >= 3",
            "alone": "on",
            "package": "decision",
            "case": "PE",
        },
    }

    for model, data in table.items():
        add = reverse(f"admin:assessment_{model._meta.model_name}_add")
        response = maria.post(add, admin_form_data(maria, add) | data)

        assert response.status_code == 302, errors(response)

    bank = draft.instrument()
    assert (bank.role["council"].sector, bank.package["money"].rules) == ("agriculture", ("R01",))
    paper = bank.pattern["paper"]
    assert (paper.when.source_text, paper.alone, paper.case) == (
        'direction.TG == "low"',
        True,
        "PE",
    )
    assert paper.unless is not None


def test_lists_show_what_a_part_is_about(maria: Client) -> None:
    table = {"role": "Planning unit", "package": "R01", "pattern": "level.TG &lt;= 1"}

    assert {
        name: table[name]
        for name in table
        if table[name] in maria.get(reverse(f"admin:assessment_{name}_changelist")).content.decode()
    } == table


def test_pattern_chooses_among_packages_and_cases_by_name(maria: Client) -> None:
    pattern = Pattern.objects.get()

    assert choices(maria, pattern, "package") == [("", "–"), ("decision", "decision Decide")]
    assert choices(maria, pattern, "case") == [("", "–"), ("PE", "PE Peru")]


def test_rule_chooses_who_acts_by_name(maria: Client) -> None:
    assert choices(maria, Rule.objects.get(), "role") == [
        ("", "–"),
        ("planning", "planning Planning unit"),
    ]


def test_somebody_acts_on_a_rule(maria: Client) -> None:
    empty = "The field “Who acts” is empty."
    table: list[tuple[str, str, list[str]]] = [
        ("planning", "", []),
        ("", "Both ministries", []),
        ("", "", [empty]),
    ]

    def outcome(role: str, actor: str) -> list[str]:
        response = send(maria, Rule.objects.get(), role=role, actor=actor)
        return [] if response.status_code == 302 else errors(response)

    assert [(role, actor, outcome(role, actor)) for role, actor, _ in table] == table


@pytest.mark.no_cover
def test_broken_condition_is_refused_wherever_it_stands(maria: Client) -> None:
    finding = Finding.objects.get(code="RS-1")
    table: list[tuple[Any, str]] = [
        (Rule.objects.get(), "unless"),
        *((Pattern.objects.get(), field) for field in ("when", "unless")),
        *((finding, field) for field in ("applies", "have", "seen", "partly")),
    ]

    assert [errors(send(maria, part, **{field: "level.NO >= 1"})) for part, field in table] == [
        ["Condition, character 1: level.NO does not exist in this edition."]
    ] * len(table)


def test_conditions_of_a_finding_are_kept(maria: Client) -> None:
    finding = Finding.objects.get(code="RS-1")
    change = {
        "citation": "Brief, page 3",
        "applies": "profile.programmes >= 2",
        "have": "level.TG >= 3",
        "seen": "answer.TG1 >= 3",
        "partly": 'direction.TG == "mixed"',
    }

    response = send(maria, finding, **change)

    assert response.status_code == 302, errors(response)
    assert Finding.objects.values(*change).get(pk=finding.pk) == change


def test_pattern_says_where_it_comes_from(maria: Client) -> None:
    pattern = Pattern.objects.get()
    pattern.findings.set(Finding.objects.filter(code="RS-1"))
    Pattern.objects.update(unless="answer.TG2 >= 3")

    evidence = maria.get(address(pattern)).context["evidence"]

    assert [one.finding.code for one in evidence.findings] == ["RS-1"]
    assert [[one.code for one in found] for found in (evidence.questions, evidence.dimensions)] == [
        ["TG2"],
        ["TG"],
    ]
    add = maria.get(reverse("admin:assessment_pattern_add"))
    assert "Where it comes from" not in add.content.decode()


def test_pattern_links_to_its_test(maria: Client, draft: Edition) -> None:
    bench = reverse("admin:assessment_rule_bench", args=[draft.pk])
    tools = maria.get(address(Pattern.objects.get())).context["tools"]

    assert (f"{bench}?sample=1#pattern-nobody", "Test this pattern") in tools


def test_steps_stand_where_the_kind_wants_them(maria: Client) -> None:
    table: dict[str, tuple[list[str], bool]] = {
        "level": (["step_low", "step_high"], False),
        "number": (["step_low"], False),
        "multi": ([], True),
        "text": ([], False),
        "unheard_of": ([], False),
    }
    question = Question.objects.get(code="TG2")

    def shown(kind: str) -> tuple[list[str], bool]:
        Question.objects.update(kind=kind)
        context = maria.get(address(question)).context
        names = [name for name in context["adminform"].form.fields if name.startswith("step_")]
        (options,) = context["inline_admin_formsets"]
        return names, "step" in options.formset.form.base_fields

    assert {kind: shown(kind) for kind in table} == table


def test_steps_stay_on_the_page_while_there_are_any(maria: Client) -> None:
    question = Question.objects.get(code="TG2")
    Question.objects.update(kind="text", step_high="Write the list.")
    question.options.filter(value="2").update(step="Name a person.")

    data = admin_form_data(maria, address(question))

    assert (data["step_high"], data["options-2-step"]) == ("Write the list.", "Name a person.")
    assert "step_low" not in data


def test_step_is_kept_with_the_kind_that_is_chosen_for_it(maria: Client) -> None:
    question = Question.objects.get(code="TG2")
    Question.objects.update(kind="text")

    response = send(maria, question, kind="level", step_low="Name a person.")

    assert response.status_code == 302, errors(response)
    assert Question.objects.get(code="TG2").step_low == "Name a person."


def test_new_question_offers_every_step(maria: Client) -> None:
    context = maria.get(reverse("admin:assessment_question_add")).context

    (options,) = context["inline_admin_formsets"]
    assert {"step_low", "step_high", "short", "core"} <= set(context["adminform"].form.fields)
    assert {"step", "label"} <= set(options.formset.form.base_fields)
