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

    form = admin_form_data(maria, address(rule))
    with undrawn():
        answers = [maria.post(address(rule), form | {"when": condition}) for condition, _ in table]

    assert [errors(answer) for answer in answers] == [[message] for _, message in table]


def test_condition_is_changed(maria: Client, rule: Rule) -> None:
    response = send(maria, rule, when="level.BI <= 1")

    assert response.status_code == 302, errors(response)
    rule.refresh_from_db()
    assert rule.when == "level.BI <= 1"


def test_condition_beside_a_broken_one_says_which(maria: Client, rule: Rule) -> None:
    Rule.objects.create(
        edition=rule.edition, code="R02", title="t", when="nonsense", priority=1, horizon="S"
    )

    (message,) = errors(send(maria, rule, when="level.BI <= 1"))

    assert message == (
        "This cannot be checked, because another condition of this edition is broken: "
        "Expected a comparison such as level.PC >= 3."
    )


def test_condition_of_variant_is_checked(maria: Client, rule: Rule) -> None:
    row = {"when": "level.NO == 1", "text": "Do it."}

    response = send(
        maria,
        rule,
        **{"variants-TOTAL_FORMS": 1},
        **{f"variants-0-{name}": value for name, value in row.items()},
    )

    assert errors(response) == ["Condition, character 1: level.NO does not exist in this edition."]


def test_variant_is_added(maria: Client, rule: Rule) -> None:
    row = {"when": "level.TG == 1", "text": "Do it."}

    response = send(
        maria,
        rule,
        **{"variants-TOTAL_FORMS": 1},
        **{f"variants-0-{name}": value for name, value in row.items()},
    )

    assert response.status_code == 302, errors(response)
    assert list(RuleVariant.objects.values_list("rule", "when")) == [(rule.pk, "level.TG == 1")]


def test_rule_chooses_among_regions_and_other_rules(maria: Client, rule: Rule) -> None:
    Rule.objects.create(
        edition=rule.edition, code="R02", title="t", when="level.BI <= 1", priority=1, horizon="S"
    )

    form = maria.get(address(rule)).context["adminform"].form

    assert [value for value, _ in form.fields["region"].choices] == ["ALL", "LA"]
    assert [value for value, _ in form.fields["suppressed_by"].choices] == ["", "R02"]


def test_reading_is_added(maria: Client, case: Case) -> None:
    bi = Dimension.objects.get(edition=case.edition, code="BI")
    finding = Finding.objects.filter(edition=case.edition).first()
    assert finding is not None
    row = {
        "dimension": bi.pk,
        "low": 0,
        "high": 3,
        "certainty": "inferred",
        "text": "So it seems.",
        "findings": [finding.pk],
    }

    response = send(
        maria,
        case,
        **{"readings-TOTAL_FORMS": 2},
        **{f"readings-1-{name}": value for name, value in row.items()},
    )

    assert response.status_code == 302, errors(response)
    reading = CaseReading.objects.get(dimension=bi)
    assert (reading.low, reading.high, list(reading.findings.all())) == (0, 3, [finding])


def test_reading_whose_levels_fall_is_refused(maria: Client, case: Case) -> None:
    response = send(maria, case, **{"readings-0-low": 3})

    assert "The lowest level cannot be above the highest." in errors(response)


def test_second_reading_of_a_dimension_is_refused(maria: Client, case: Case) -> None:
    data = admin_form_data(maria, address(case))
    again = {
        name.replace("-0-", "-1-"): value for name, value in data.items() if "readings-0-" in name
    }

    response = send(maria, case, **(again | {"readings-TOTAL_FORMS": 2, "readings-1-id": ""}))

    assert response.status_code == 200
    assert CaseReading.objects.count() == 1


def test_country_of_case_is_written_in_capitals(maria: Client, case: Case) -> None:
    send(maria, case, country="co", arrangement="coincident", intention="yes")

    case.refresh_from_db()
    assert case.country == "CO"


def test_finding_is_added_to_the_draft(maria: Client, draft: Edition) -> None:
    add = reverse("admin:assessment_finding_add")
    data = admin_form_data(maria, add) | {
        "code": "RS-9",
        "text": "New.",
        "kind": "fact",
        "region": "LA",
        "source": draft.source_set.get().pk,
        "section": "s",
        "place": "line 9",
    }

    response = maria.post(add, data)

    assert response.status_code == 302, errors(response)
    assert Finding.objects.get(code="RS-9").position == 3


def test_dimension_is_not_called_as_a_question(maria: Client, draft: Edition) -> None:
    dimension = Dimension.objects.get(edition=draft, code="BI")

    assert errors(send(maria, dimension, code="tg1")) == [
        "“tg1” is the code of a question: choose another one."
    ]


def test_address_of_a_source_leads_to_the_web_or_is_empty(maria: Client, draft: Edition) -> None:
    source = Source.objects.get(edition=draft)
    sentence = "Leave it empty, or give an address that begins with http:// or https://."
    table: list[tuple[str, list[str]]] = [
        ("www.example.org", [sentence]),
        ("javascript:alert(1)", [sentence]),
    ]

    assert [(url, errors(send(maria, source, url=url))) for url, _ in table] == table
    assert [send(maria, source, url=url).status_code for url in ("", "http://a.org")] == [302] * 2


def test_advice_needs_a_line_for_each_level(maria: Client, draft: Edition) -> None:
    dimension = Dimension.objects.get(edition=draft, code="TG")

    response = send(maria, dimension, advice="One.\n\nTwo.")

    assert errors(response) == ["Write exactly 5 lines; there are 2."]


def test_lines_are_kept(maria: Client, draft: Edition) -> None:
    dimension = Dimension.objects.get(edition=draft, code="TG")
    before = dimension.advice

    send(maria, dimension, sub_dimensions="first\n  second  \n")

    dimension.refresh_from_db()
    assert (dimension.sub_dimensions, dimension.advice) == (["first", "second"], before)


def test_countries_are_kept_in_order(maria: Client, draft: Edition) -> None:
    region = Region.objects.get(edition=draft)

    send(maria, region, countries="pe, co MX")

    region.refresh_from_db()
    assert region.countries == ["CO", "MX", "PE"]


def test_strange_country_is_refused(maria: Client, draft: Edition) -> None:
    region = Region.objects.get(edition=draft)

    assert errors(send(maria, region, countries="CO Peru")) == [
        "PERU is not a country code of two letters."
    ]


def test_term_with_forms_is_added(maria: Client, draft: Edition) -> None:
    add = reverse("admin:assessment_term_add")
    data = {"code": "tier", "term": "tier", "text": "A tier.", "forms": "tiers"}

    maria.post(add, admin_form_data(maria, add) | data)

    assert Term.objects.get(edition=draft).forms == ["tiers"]


def test_list_of_terms_shows_their_text(maria: Client, draft: Edition) -> None:
    Term.objects.create(edition=draft, code="tier", term="tier", text="A part of government.")

    assert b"A part of government." in maria.get("/admin/assessment/term/").content
