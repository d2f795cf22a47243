"""The pages of roles and patterns, and who acts on a rule."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assessment.models import Edition, Finding, Package, Pattern, Question, Role, Rule, Term
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


def test_lists_show_what_a_part_is_about_and_pages_lead_to_where_it_is_tried(
    maria: Client, draft: Edition
) -> None:
    Term.objects.create(edition=draft, code="tier", term="tier", text="A part of government.")
    table = {
        "role": "Planning unit",
        "package": "R01",
        "pattern": "level.TG &lt;= 1",
        "rule": '<td data-column="Horizon" class="field-horizon">within 6 months</td>',
        "term": "A part of government.",
    }

    assert {
        name: table[name]
        for name in table
        if table[name] in maria.get(reverse(f"admin:assessment_{name}_changelist")).content.decode()
    } == table

    bench = reverse("admin:assessment_rule_bench", args=[draft.pk])
    tools: dict[Any, tuple[str, str]] = {
        Rule.objects.get(): (f"{bench}?sample=1#R01", "Test this rule"),
        Pattern.objects.get(): (f"{bench}?sample=1#pattern-nobody", "Test this pattern"),
    }
    assert [
        part
        for part, tool in tools.items()
        if tool not in maria.get(address(part)).context["tools"]
    ] == []


def test_field_chooses_among_the_parts_of_the_edition_by_name(
    maria: Client, draft: Edition
) -> None:
    rule, pattern = Rule.objects.get(), Pattern.objects.get()
    Rule.objects.create(edition=draft, code="R02", title="t", when="level.BI <= 1", priority=1)
    table: list[tuple[Any, str, list[tuple[str, str]]]] = [
        (pattern, "package", [("", "–"), ("decision", "decision Decide")]),
        (pattern, "case", [("", "–"), ("PE", "PE Peru")]),
        (rule, "role", [("", "–"), ("planning", "planning Planning unit")]),
        (rule, "region", [("ALL", "everywhere"), ("LA", "Latin America")]),
        (rule, "suppressed_by", [("", "–"), ("R02", "R02 t")]),
    ]

    assert [(part, field, choices(maria, part, field)) for part, field, _ in table] == table


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
    finding, pattern, rule = (
        Finding.objects.get(code="RS-1"),
        Pattern.objects.get(),
        Rule.objects.get(),
    )
    variant = {"variants-TOTAL_FORMS": 1, "variants-0-text": "Do it."}
    table: list[tuple[Any, str, dict[str, Any]]] = [
        (rule, "unless", {}),
        (rule, "variants-0-when", variant),
        *((pattern, field, {}) for field in ("when", "unless")),
        *((finding, field, {}) for field in ("applies", "have", "seen", "partly")),
    ]

    def outcome(part: Any, field: str, more: dict[str, Any]) -> list[str]:
        return errors(send(maria, part, **more, **{field: "level.NO >= 1"}))

    assert [(row, outcome(*row)) for row in table] == [
        (row, ["Condition, character 1: level.NO does not exist in this edition."]) for row in table
    ]


def test_pattern_says_where_it_comes_from(maria: Client, draft: Edition) -> None:
    pattern = Pattern.objects.get()
    pattern.findings.set(Finding.objects.filter(code="RS-1"))
    Pattern.objects.update(unless="answer.TG2 >= 3")

    evidence = maria.get(address(pattern)).context["evidence"]
    new = maria.get(reverse("admin:assessment_pattern_add"))

    assert [one.finding.code for one in evidence.findings] == ["RS-1"]
    assert [[one.code for one in found] for found in (evidence.questions, evidence.dimensions)] == [
        ["TG2"],
        ["TG"],
    ]
    assert "Where it comes from" not in new.content.decode()


def test_step_is_asked_for_where_the_kind_wants_it(maria: Client) -> None:
    """A new question, whose kind is not known, is asked for all of them."""
    table: dict[str, tuple[list[str], bool]] = {
        "level": (["step_low", "step_high"], False),
        "number": (["step_low"], False),
        "multi": ([], True),
        "text": ([], False),
        "unheard_of": ([], False),
    }
    question = Question.objects.get(code="TG2")

    def fields(page: str) -> tuple[list[str], list[str]]:
        context = maria.get(page).context
        (options,) = context["inline_admin_formsets"]
        return list(context["adminform"].form.fields), list(options.formset.form.base_fields)

    def shown(kind: str) -> tuple[list[str], bool]:
        Question.objects.update(kind=kind)
        names, of_options = fields(address(question))
        return [name for name in names if name.startswith("step_")], "step" in of_options

    new, of_new_options = fields(reverse("admin:assessment_question_add"))
    assert {kind: shown(kind) for kind in table} == table
    assert {"step_low", "step_high", "short", "core"} <= set(new)
    assert {"step", "label"} <= set(of_new_options)


def test_step_that_is_written_outlives_a_change_of_the_kind(maria: Client) -> None:
    question = Question.objects.get(code="TG2")
    Question.objects.update(kind="text", step_high="Write the list.")
    question.options.filter(value="2").update(step="Name a person.")

    data = admin_form_data(maria, address(question))
    response = send(maria, question, kind="level", step_low="Name a person.")

    assert (data["step_high"], data["options-2-step"]) == ("Write the list.", "Name a person.")
    assert "step_low" not in data
    assert response.status_code == 302, errors(response)
    assert Question.objects.get(code="TG2").step_low == "Name a person."
