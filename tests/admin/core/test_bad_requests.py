"""A request that no page of ours sends is refused and never fails."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assessment.models import Edition, Question
from tests.admin.form_data import admin_form_data

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


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("name", LISTS)
def test_list(maria: Client, draft: Edition, name: str, query: dict[str, str]) -> None:
    response = maria.get(f"/admin/assessment/{name}/", query)

    assert response.status_code in {200, 302, 400}


@pytest.mark.parametrize(
    "change",
    [
        {"_selected_action": "abc"},
        {"_selected_action": "9" * 40},
        {"_selected_action": "\0"},
        {"_selected_action": ["1", "-1"]},
        {"_selected_action": "²"},
        {"action": "no_such_action", "_selected_action": "1"},
        {"action": "", "_selected_action": "1", "index": "x"},
        {"action": "move_to_exact_page", "_selected_action": "1", "page": "x"},
    ],
)
def test_action(maria: Client, draft: Edition, change: dict[str, Any]) -> None:
    data = {"action": "delete_selected", "index": "0", "post": "yes"} | change

    response = maria.post("/admin/assessment/question/", data)

    assert response.status_code in {200, 302, 400}
    assert Question.objects.count() == 3


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"form-TOTAL_FORMS": "x", "form-INITIAL_FORMS": "x"},
        {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "99"},
        {"form-TOTAL_FORMS": "99", "form-INITIAL_FORMS": "99"},
        {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1", "form-0-id": "abc"},
        {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1", "form-0-id": "9" * 40},
        {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1", "form-0-position": "9" * 40},
        {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-position": "1"},
    ],
)
def test_numbers(maria: Client, draft: Edition, change: dict[str, str]) -> None:
    response = maria.post("/admin/assessment/question/", {"_save": "Save"} | change)

    assert response.status_code in {200, 302, 400}
    assert list(Question.objects.values_list("position", flat=True)) == [0, 1, 2]


@pytest.mark.parametrize(
    "change",
    [
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
    ],
)
def test_question(maria: Client, draft: Edition, change: dict[str, Any]) -> None:
    question = Question.objects.get(code="TG2")
    address = reverse("admin:assessment_question_change", args=[question.pk])
    before = list(question.options.values())

    response = maria.post(address, admin_form_data(maria, address) | change)

    assert response.status_code in {200, 302, 400}
    assert list(question.options.values()) == before


@pytest.mark.parametrize("key", ["abc", "9" * 40, "%00", "1%0A", "_5F"])
@pytest.mark.parametrize("page", ["change", "delete", "history"])
@pytest.mark.parametrize("name", ["question"])
def test_key(maria: Client, draft: Edition, name: str, page: str, key: str) -> None:
    response = maria.get(f"/admin/assessment/{name}/{key}/{page}/")

    assert response.status_code in {302, 400, 403, 404}


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"edition": "abc"},
        {"edition": "9" * 40},
        {"term": "\0"},
        {"page": "abc"},
        {"app_label": "auth", "model_name": "user", "field_name": "password"},
        {"field_name": "no"},
    ],
)
def test_completion(maria: Client, draft: Edition, query: dict[str, str]) -> None:
    usual = {"app_label": "assessment", "model_name": "question", "field_name": "findings"}

    response = maria.get("/admin/assessment/finding/complete/", usual | query if query else {})

    assert response.status_code in {200, 400, 403, 404}
