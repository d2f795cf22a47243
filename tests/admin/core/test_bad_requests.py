"""A request that no page of ours sends is refused and never fails."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assessment.models import Edition, Question
from tests.admin.form_data import admin_form_data
from tests.tables import undone

LISTS = ["question", "response"]
QUERIES: list[dict[str, str]] = [
    {"p": "abc"},
    {"p": "-1"},
    {"p": "9" * 40},
    {"o": "abc"},
    {"o": "99.-99.x"},
    {"q": "\0"},
    {"q": "x" * 5000},
    {"edition": "\0"},
    {"edition": "9" * 40},
    {"dimension": "\0"},
    {"kind": "\0"},
    {"edition__state__exact": "\0"},
    {"essential__exact": "maybe"},
    {"id__exact": "abc"},
    {"id__exact": "9" * 40},
    {"password": "x"},
    {"e": "1"},
    {"_popup": "\0"},
    {"_to_field": "secret_hash"},
    {"all": "\0", "p": "0"},
]


OF_USERS = [{"groups__id__exact": "abc"}, {"q": "\0"}, {"p": "x"}, {"o": "99"}]
KEYS = ("abc", "9" * 40, "%00", "1%0A", "_5F")
COMPLETIONS: list[dict[str, str]] = [
    {"edition": "abc"},
    {"edition": "9" * 40},
    {"term": "\0"},
    {"page": "abc"},
    {"app_label": "auth", "model_name": "user", "field_name": "password"},
    {"field_name": "no"},
]


def test_address(maria: Client, draft: Edition) -> None:
    completion = "/admin/assessment/finding/complete/"
    usual = {"app_label": "assessment", "model_name": "question", "field_name": "findings"}
    of_lists = [(f"/admin/assessment/{name}/", query) for name in LISTS for query in QUERIES]
    of_users = [("/admin/auth/user/", query) for query in OF_USERS]
    of_keys: list[tuple[str, dict[str, str]]] = [
        (f"/admin/assessment/question/{key}/{page}/", {})
        for key in KEYS
        for page in ("change", "delete", "history")
    ]
    of_completion = [(completion, {}), *((completion, usual | query) for query in COMPLETIONS)]

    def failing(rows: list[tuple[str, dict[str, str]]], *right: int) -> list[object]:
        return [row for row in rows if maria.get(*row).status_code not in right]

    assert failing([*of_lists, *of_users], 200, 302, 400) == []
    assert failing(of_keys, 302, 400, 403, 404) == []
    assert failing(of_completion, 200, 400, 403, 404) == []


ACTIONS: list[dict[str, Any]] = [
    {"_selected_action": "abc"},
    {"_selected_action": "9" * 40},
    {"_selected_action": "\0"},
    {"_selected_action": ["1", "-1"]},
    {"_selected_action": "²"},
    {"action": "no_such_action", "_selected_action": "1"},
    {"action": "", "_selected_action": "1", "index": "x"},
    {"action": "move_to_exact_page", "_selected_action": "1", "page": "x"},
]
NUMBERS: list[dict[str, str]] = [
    {},
    {"form-TOTAL_FORMS": "x", "form-INITIAL_FORMS": "x"},
    {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "99"},
    {"form-TOTAL_FORMS": "99", "form-INITIAL_FORMS": "99"},
    {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1", "form-0-id": "abc"},
    {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1", "form-0-id": "9" * 40},
    {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1", "form-0-position": "9" * 40},
    {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-position": "1"},
]


def test_what_a_list_sends(maria: Client, draft: Edition) -> None:
    action = {"action": "delete_selected", "index": "0", "post": "yes"}
    table = [*(action | change for change in ACTIONS), *({"_save": "Save"} | n for n in NUMBERS)]

    def outcome(data: dict[str, Any]) -> object:
        response = maria.post("/admin/assessment/question/", data)
        places = list(Question.objects.values_list("position", flat=True))
        return response.status_code in {200, 302, 400}, places

    assert [(data, outcome(data)) for data in table] == [
        (data, (True, [0, 1, 2])) for data in table
    ]


@pytest.mark.no_cover
def test_question(maria: Client, draft: Edition) -> None:
    table: list[dict[str, Any]] = [
        {"options-TOTAL_FORMS": "x"},
        {"options-INITIAL_FORMS": "99", "options-TOTAL_FORMS": "99"},
        {"options-0-id": "abc"},
        {"options-0-id": "9" * 40},
        {"options-0-question": "9" * 40},
        {"options-0-position": "9" * 40},
        {"options-0-points": "9" * 40},
        {"findings": ["abc"]},
        {"findings": ["9" * 40]},
        {"dimension": "\0"},
        {"tiers": ["moon"]},
        {"text": "\0"},
        {"weight": "9" * 40},
        {"_popup": "x", "_to_field": "secret"},
    ]
    question = Question.objects.get(code="TG2")
    address = reverse("admin:assessment_question_change", args=[question.pk])
    before = list(question.options.values())

    form = admin_form_data(maria, address)

    def outcome(change: dict[str, Any]) -> object:
        with undone():
            response = maria.post(address, form | change)
            return response.status_code in {200, 302, 400}, list(question.options.values())

    assert [outcome(change) for change in table] == [(True, before)] * len(table)
