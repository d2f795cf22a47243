from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assessment.models import (
    Case,
    CaseReading,
    Dimension,
    Edition,
    Finding,
    Region,
    Rule,
    RuleVariant,
    Source,
    Term,
)
from tests.admin.form_data import admin_form_data, errors, undrawn


def address(part: Any) -> str:
    return reverse(f"admin:assessment_{part._meta.model_name}_change", args=[part.pk])


def send(client: Client, part: Any, **change: Any) -> Any:
    with undrawn():
        return client.post(address(part), admin_form_data(client, address(part)) | change)


def row(prefix: str, number: int, **values: Any) -> dict[str, Any]:
    """What a page sends of a row below a part, which is its last one."""
    sent = {f"{prefix}-{number}-{name}": value for name, value in values.items()}
    return {f"{prefix}-TOTAL_FORMS": number + 1, **sent}


@pytest.fixture
def rule(draft: Edition) -> Rule:
    return Rule.objects.get(edition=draft)


@pytest.fixture
def case(draft: Edition) -> Case:
    return Case.objects.get(edition=draft)


def test_broken_condition_is_refused(maria: Client, rule: Rule) -> None:
    table: list[tuple[str, str]] = [
        (
            "level.TG <=",
            "Condition, character 12: This cannot be read as a condition such as level.PC >= 3.",
        ),
        (
            "level.TG <= 1 and level.NO >= 2",
            "Condition, character 19: level.NO does not exist in this edition.",
        ),
        (
            'answer.TG1 == "high"',
            "Condition, character 1: answer.TG1 is a number and cannot be compared with a text.",
        ),
        ("level.TG > 9", "Condition: This can never be true, whatever is answered."),
    ]
    beside_a_broken_one = (
        "This cannot be checked, because another condition of this edition is broken: "
        "Expected a comparison such as level.PC >= 3."
    )

    form = admin_form_data(maria, address(rule))

    def found(condition: str) -> list[str]:
        with undrawn():
            return errors(maria.post(address(rule), form | {"when": condition}))

    assert [(condition, found(condition)) for condition, _ in table] == [
        (condition, [message]) for condition, message in table
    ]
    Rule.objects.create(
        edition=rule.edition, code="R02", title="t", when="nonsense", priority=1, horizon="S"
    )

    assert found("level.BI <= 1") == [beside_a_broken_one]


def test_fault_of_a_part_is_refused_in_words(maria: Client, case: Case) -> None:
    dimension = Dimension.objects.get(code="TG")
    finding = Finding.objects.get(code="RS-0")
    again = {"dimension": dimension.pk, "text": "So it seems.", "findings": [finding.pk]}
    again |= {"low": 0, "high": 3, "certainty": "inferred"}
    table: list[tuple[Any, dict[str, Any], list[str]]] = [
        (
            case,
            {"readings-0-low": 3},
            ["The lowest level cannot be above the highest."],
        ),
        (
            case,
            row("readings", 1, **again),
            [
                "Please correct the duplicate values below.",
                "Please correct the duplicate data for dimension.",
            ],
        ),
        (
            Dimension.objects.get(code="BI"),
            {"code": "tg1"},
            ["“tg1” is the code of a question: choose another one."],
        ),
        (dimension, {"advice": "One.\n\nTwo."}, ["Write exactly 5 lines; there are 2."]),
        (
            Region.objects.get(),
            {"countries": "CO Peru"},
            ["PERU is not a country code of two letters."],
        ),
    ]

    assert [
        (part, change, errors(send(maria, part, **change))) for part, change, _ in table
    ] == table
    assert CaseReading.objects.count() == 1


def test_address_of_a_source_leads_to_the_web_or_is_empty(maria: Client, draft: Edition) -> None:
    source = Source.objects.get(edition=draft)
    sentence = "Leave it empty, or give an address that begins with http:// or https://."
    table: list[tuple[str, list[str]]] = [
        ("www.example.org", [sentence]),
        ("javascript:alert(1)", [sentence]),
    ]

    assert [(url, errors(send(maria, source, url=url))) for url, _ in table] == table
    assert [send(maria, source, url=url).status_code for url in ("", "http://a.org")] == [302] * 2


def test_what_is_changed_is_kept(maria: Client, rule: Rule) -> None:
    """Lists are typed as lines or in a row, and what is not sent stays."""
    dimension = Dimension.objects.get(code="TG")
    of_finding = {
        "citation": "Brief, page 3",
        "applies": "profile.programmes >= 2",
        "have": "level.TG >= 3",
        "seen": "answer.TG1 >= 3",
        "partly": 'direction.TG == "mixed"',
    }
    table: list[tuple[Any, dict[str, Any], dict[str, Any]]] = [
        (rule, {"when": "level.BI <= 1"}, {"when": "level.BI <= 1"}),
        (Finding.objects.get(code="RS-1"), of_finding, of_finding),
        (
            dimension,
            {"sub_dimensions": "first\n  second  \n"},
            {"sub_dimensions": ["first", "second"], "advice": dimension.advice},
        ),
        (Region.objects.get(), {"countries": "pe, co MX"}, {"countries": ["CO", "MX", "PE"]}),
        (
            Case.objects.get(),
            {"country": "co", "arrangement": "coincident", "intention": "yes"},
            {"country": "CO"},
        ),
    ]

    def kept(part: Any, change: dict[str, Any], names: dict[str, Any]) -> dict[str, Any]:
        response = send(maria, part, **change)
        assert response.status_code == 302, errors(response)
        return dict(type(part).objects.values(*names).get(pk=part.pk))

    assert [(part, change, kept(part, change, names)) for part, change, names in table] == table


def test_rows_are_added_below_a_rule_and_a_case(maria: Client, rule: Rule, case: Case) -> None:
    bi, finding = Dimension.objects.get(code="BI"), Finding.objects.get(code="RS-0")
    reading = {
        "dimension": bi.pk,
        "low": 0,
        "high": 3,
        "certainty": "inferred",
        "text": "It seems.",
    }

    responses = [
        send(maria, rule, **row("variants", 0, when="level.TG == 1", text="Do it.")),
        send(maria, case, **row("readings", 1, findings=[finding.pk], **reading)),
    ]

    assert [response.status_code for response in responses] == [302, 302]
    assert list(RuleVariant.objects.values_list("rule", "when")) == [(rule.pk, "level.TG == 1")]
    added = CaseReading.objects.get(dimension=bi)
    assert (added.low, added.high, list(added.findings.all())) == (0, 3, [finding])


def test_finding_and_term_are_added_to_the_draft(maria: Client, draft: Edition) -> None:
    table: dict[str, dict[str, Any]] = {
        "finding": {
            "code": "RS-9",
            "text": "New.",
            "kind": "fact",
            "region": "LA",
            "source": draft.source_set.get().pk,
            "section": "s",
            "place": "line 9",
        },
        "term": {"code": "tier", "term": "tier", "text": "A tier.", "forms": "tiers"},
    }

    for name, data in table.items():
        add = reverse(f"admin:assessment_{name}_add")
        response = maria.post(add, admin_form_data(maria, add) | data)
        assert response.status_code == 302, errors(response)

    assert Finding.objects.get(edition=draft, code="RS-9").position == 3
    assert Term.objects.get(edition=draft).forms == ["tiers"]
