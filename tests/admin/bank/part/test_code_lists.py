"""Lists of parts that are named by their codes: one a line, in the order that was given."""

from __future__ import annotations

import json
from typing import Any

import pytest
from auditlog.models import LogEntry
from django.test import Client
from django.urls import reverse

from assessment.models import Edition, Package, Role, Rule
from tests.admin.form_data import admin_form_data, errors, undrawn
from tests.admin.small_bank import add_advice, freeze

CREATED = LogEntry.Action.CREATE


@pytest.fixture
def package(draft: Edition) -> Package:
    add_advice(draft)
    for code in ("R02", "R03"):
        words = {"title": f"Title of {code}", "when": "level.TG <= 1"}
        Rule.objects.create(edition=draft, code=code, priority=1, **words)
    return Package.objects.get()


def address(part: Any) -> str:
    return reverse(f"admin:assessment_{part._meta.model_name}_change", args=[part.pk])


def send(client: Client, part: Any, **change: Any) -> Any:
    with undrawn():
        return client.post(address(part), admin_form_data(client, address(part)) | change)


@pytest.mark.no_cover
def test_codes_are_kept_in_the_order_of_the_lines(maria: Client, package: Package) -> None:
    rule = Rule.objects.get(code="R01")
    Role.objects.create(edition=rule.edition, code="council", name="Council")
    table: list[tuple[Any, dict[str, str], dict[str, list[str]]]] = [
        (package, {"rules": "R02 Title of R02\r\nR01 Agree"}, {"rules": ["R02", "R01"]}),
        (package, {"rules": "R03\n\n  R01 any words R02\n"}, {"rules": ["R03", "R01"]}),
        (package, {"rules": "R03, R01; R02"}, {"rules": ["R03", "R01", "R02"]}),
        (
            rule,
            {"contains": "R03\nR02", "with_roles": "council\nplanning"},
            {"contains": ["R03", "R02"], "with_roles": ["council", "planning"]},
        ),
    ]

    def kept(part: Any, typed: dict[str, str]) -> dict[str, Any]:
        response = send(maria, part, **typed)
        assert response.status_code == 302, errors(response)
        return dict(type(part).objects.values(*typed).get(pk=part.pk))

    assert [(part, typed, kept(part, typed)) for part, typed, _ in table] == table


def test_code_that_cannot_stand_there_is_named(maria: Client, package: Package) -> None:
    table: list[tuple[str, str, str]] = [
        ("rules", "R01\nR99 Gone", "R99 is no code that can stand here."),
        ("rules", "R01\nR02\nR01", "R01 stands in two lines: take one out."),
        ("rules", "planning", "planning is no code that can stand here."),
        ("rules", "", "This field is required."),
        ("prerequisite_of", "decision", "decision is no code that can stand here."),
    ]

    assert [
        (field, typed, errors(send(maria, package, **{field: typed}))[0])
        for field, typed, _ in table
    ] == table
    itself = send(maria, Rule.objects.get(code="R01"), contains="R01")
    assert errors(itself) == ["R01 is no code that can stand here."]


def test_page_offers_codes_by_name_and_lists_them_once_published(
    maria: Client, package: Package
) -> None:
    Package.objects.create(
        edition=package.edition, code="money", title="Money", text="Who pays.", rules=["R02"]
    )
    form = maria.get(address(package)).context["adminform"].form

    offered = {
        name: [words for _code, words in json.loads(form.fields[name].widget.attrs["data-names"])]
        for name in ("rules", "prerequisite_of")
    }
    assert ">\nR01 Agree</textarea>" in str(form["rules"])
    assert offered == {
        "rules": ["R01 Agree", "R02 Title of R02", "R03 Title of R03"],
        "prerequisite_of": ["money Money"],
    }
    Package.objects.filter(pk=package.pk).update(rules=["R02", "R01"])
    freeze(package.edition)
    assert "R02<br>R01" in maria.get(address(package)).content.decode()


def test_page_that_is_saved_as_it_was_changes_nothing(maria: Client, package: Package) -> None:
    maria.post(address(package), admin_form_data(maria, address(package)) | {"rules": "R01 Agree"})

    assert LogEntry.objects.get_for_object(package).exclude(action=CREATED).exists() is False
    data = admin_form_data(maria, address(package)) | {"title": "", "rules": "R01"}
    form = maria.post(address(package), data).context["adminform"].form
    assert form.changed_data == ["title"]
