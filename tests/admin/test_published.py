"""What is published stays as it is, whatever is sent."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from assessment.models import CaseReading, Edition, Option, Question, Rule, RuleVariant
from assessment.models.bank import PART_MODELS
from tests.admin.edition_pages import person
from tests.admin.form_data import admin_form_data
from tests.admin.small_bank import make_edition
from tests.tables import raised

LIST = "/admin/assessment/question/"


def content() -> list[Any]:
    models: list[Any] = [Edition, *PART_MODELS, Option]
    return [list(model.objects.values()) for model in models]


@pytest.fixture
def question(published: Edition) -> Question:
    return Question.objects.get(edition=published, code="TG2")


@pytest.fixture
def twin(published: Edition) -> Question:
    """The same question in a draft, whose page can be sent to the published one's address."""
    return Question.objects.get(edition=make_edition("Draft"), code="TG2")


def address(question: Question, name: str = "change") -> str:
    return reverse(f"admin:assessment_question_{name}", args=[question.pk])


def test_page_shows_and_offers_a_new_draft(maria: Client, question: Question) -> None:
    """To who may start one: a reader is told why nothing can be changed."""
    response = maria.get(address(question))
    content, context = response.content.decode(), response.context

    (inline,) = context["inline_admin_formsets"]
    draft = reverse("admin:assessment_edition_draft", args=[question.edition_id])
    assert (context["has_change_permission"], inline.has_change_permission) == (False, False)
    names = [field["name"] for field in inline.fields()]
    assert names == ["value", "text", "label", "points", "exclusive", "help"]
    assert "move-begin" not in content
    assert content.count(f'href="{draft}"') == 2
    assert "This belongs to “1: First edition (published)”" in content
    reader = person("rosa", "view_question").get(address(question)).content.decode()
    assert "This belongs to “1: First edition (published)”" in reader
    assert "Start a new draft" not in reader


def shown(response: Any) -> dict[str, str]:
    """Label and content of each field that can only be read."""
    return {
        str(field.field["label"]): str(field.contents())
        for fieldset in response.context["adminform"]
        for line in fieldset
        for field in line
    }


def test_lists_of_a_part_stand_in_words_or_on_lines(maria: Client, question: Question) -> None:
    Question.objects.update(
        tiers=["national", "local"], sectors=["social_protection"], goalposts=[0, 100]
    )
    dimension = question.edition.dimension_set.all()[0]
    table: dict[str, dict[str, str]] = {
        address(question): {
            "tiers": "national, local",
            "only for sectors": "social protection",
            "goalposts": "0, 100",
            "protocol cells": "–",
        },
        reverse("admin:assessment_dimension_change", args=[dimension.pk]): {
            "advice for each level": "Nothing.<br>A little.<br>Half.<br>Most.<br>All."
        },
    }

    def found(page: str) -> dict[str, str]:
        every = shown(maria.get(page))
        return {name: every[name] for name in table[page]}

    assert {page: found(page) for page in table} == table


def test_page_of_a_draft_has_no_notice_and_rows_that_move(maria: Client, twin: Question) -> None:
    response = maria.get(address(twin))

    names = [field["name"] for field in response.context["inline_admin_formsets"][0].fields()]
    assert names[0] == "position"
    assert "move-begin" in response.content.decode()
    assert "This belongs to" not in response.content.decode()


def place_of(question: Question) -> dict[str, Any]:
    """What a list sends of the number that was typed beside a row."""
    row = {"form-0-id": question.pk, "form-0-position": 1}
    return row | {"form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 1, "_save": "Save"}


def statuses(client: Client, table: list[tuple[str, Any, int]]) -> list[tuple[str, Any, int]]:
    """Page, what is sent and what is answered; a text is sent as JSON."""

    def status(page: str, data: Any) -> int:
        sent = (data, "application/json") if isinstance(data, str) else (data,)
        return client.post(page, *sent).status_code

    return [(page, data, status(page, data)) for page, data, _ in table]


def test_list_and_edition_are_changed_by_nothing_that_is_sent(
    maria: Client, question: Question
) -> None:
    before = content()
    bulk = {"action": "delete_selected", "_selected_action": [question.pk], "post": "yes"}
    drag = json.dumps({"updatedItems": [[question.pk, 0]]})
    edition = reverse("admin:assessment_edition_change", args=[question.edition_id])
    of_published = ("", "?edition=all", "?edition__state__exact=published")
    table: list[tuple[str, Any, int]] = [
        (LIST, bulk, 403),
        (f"{LIST}adminsortable2_update/", drag, 403),
        *((LIST + query, place_of(question), 403) for query in of_published),
        (edition, {"name": "Other"}, 403),
    ]

    assert statuses(maria, table) == table
    assert content() == before


def test_what_a_draft_sends_changes_nothing(
    maria: Client, question: Question, twin: Question
) -> None:
    """To the page of the published question, or with a row of it."""
    before = content()
    form = admin_form_data(maria, address(twin))
    words = {"text": "Another wording?", "options-0-text": "Other."}
    foreign = {"options-0-id": question.options.get(value="0").pk, "options-0-text": "Other."}
    table: list[tuple[str, Any, int]] = [
        (address(question), form | words, 403),
        (address(twin), form | foreign, 200),
        (f"{LIST}?edition={twin.edition_id}", place_of(question), 200),
    ]

    assert statuses(maria, table) == table
    assert content() == before


def test_no_part_can_be_changed(maria: Client, published: Edition) -> None:
    def refused(part: Any) -> list[int]:
        row = part.objects.filter(edition=published).first()
        row = row or part.objects.create(edition=published, code="x")
        name = f"admin:assessment_{part._meta.model_name}"
        pages = [reverse(f"{name}_{page}", args=[row.pk]) for page in ("change", "delete")]
        return [maria.post(page).status_code for page in pages]

    assert [part for part in PART_MODELS if refused(part) != [403, 403]] == []


def test_row_below_a_part_is_cleaned_as_its_part(published: Edition) -> None:
    rule = Rule.objects.get(edition=published)
    variant = RuleVariant.objects.create(rule=rule, when="level.TG <= 1", text="Do it.")
    of_published: list[Any] = [Option.objects.first(), CaseReading.objects.first(), variant]
    of_nothing: list[Any] = [Option(), CaseReading(), RuleVariant()]

    def told(rows: list[Any], words: str) -> list[bool]:
        return [words in str(raised(ValidationError, row.full_clean)) for row in rows]

    assert told(of_published, "A published edition cannot be changed") == [True] * 3
    assert told(of_nothing, "cannot be null") == [True] * 3
