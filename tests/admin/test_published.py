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

LIST = "/admin/assessment/question/"


def content() -> list[Any]:
    return [*(list(part.objects.values()) for part in PART_MODELS), list(Option.objects.values())]


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


def shown(response: Any) -> dict[str, str]:
    """Label and content of each field that can only be read."""
    return {
        str(field.field["label"]): str(field.contents())
        for fieldset in response.context["adminform"]
        for line in fieldset
        for field in line
    }


def test_page_offers_no_draft_to_a_reader(question: Question) -> None:
    content = person("rosa", "view_question").get(address(question)).content.decode()

    assert "This belongs to “1: First edition (published)”" in content
    assert "Start a new draft" not in content


def test_lists_of_a_question_stand_in_words(maria: Client, question: Question) -> None:
    Question.objects.update(
        tiers=["national", "local"], sectors=["social_protection"], goalposts=[0, 100]
    )

    found = shown(maria.get(address(question)))

    names = ("tiers", "only for sectors", "goalposts", "protocol cells")
    assert [found[name] for name in names] == [
        "national, local",
        "social protection",
        "0, 100",
        "–",
    ]


def test_lists_of_a_dimension_stand_on_lines(maria: Client, published: Edition) -> None:
    page = reverse("admin:assessment_dimension_change", args=[published.dimension_set.all()[0].pk])

    found = shown(maria.get(page))

    assert found["advice for each level"] == "Nothing.<br>A little.<br>Half.<br>Most.<br>All."


def test_page_of_a_draft_has_no_notice_and_rows_that_move(maria: Client, twin: Question) -> None:
    response = maria.get(address(twin))

    names = [field["name"] for field in response.context["inline_admin_formsets"][0].fields()]
    assert names[0] == "position"
    assert "move-begin" in response.content.decode()
    assert "This belongs to" not in response.content.decode()


def test_post_is_refused(maria: Client, question: Question, twin: Question) -> None:
    before = content()
    data = admin_form_data(maria, address(twin)) | {
        "text": "Another wording?",
        "options-0-text": "Other.",
    }

    response = maria.post(address(question), data)

    assert response.status_code == 403
    assert content() == before


def test_rows_of_published_question_cannot_be_sent_with_a_draft(
    maria: Client, question: Question, twin: Question
) -> None:
    foreign = question.options.get(value="0")
    data = admin_form_data(maria, address(twin))
    data |= {"options-0-id": foreign.pk, "options-0-text": "Other."}

    response = maria.post(address(twin), data)

    assert response.status_code == 200
    foreign.refresh_from_db()
    assert foreign.text == "Nothing."


def test_bulk_delete_is_refused(maria: Client, question: Question) -> None:
    before = content()
    data = {"action": "delete_selected", "_selected_action": [question.pk], "post": "yes"}

    response = maria.post(LIST, data)

    assert response.status_code == 403
    assert content() == before


def test_drag_is_refused(maria: Client, question: Question) -> None:
    before = content()
    body = json.dumps({"updatedItems": [[question.pk, 0]]})

    response = maria.post(f"{LIST}adminsortable2_update/", body, "application/json")

    assert response.status_code == 403
    assert content() == before


def test_typed_number_is_refused(maria: Client, question: Question) -> None:
    table = ["", "?edition=all", "?edition__state__exact=published"]
    before = content()
    data = {
        "form-TOTAL_FORMS": 1,
        "form-INITIAL_FORMS": 1,
        "form-0-id": question.pk,
        "form-0-position": 1,
        "_save": "Save",
    }

    assert {query: maria.post(LIST + query, data).status_code for query in table} == dict.fromkeys(
        table, 403
    )
    assert content() == before


def test_number_of_published_row_in_list_of_draft_is_refused(
    maria: Client, question: Question, twin: Question
) -> None:
    before = content()
    data = {
        "form-TOTAL_FORMS": 1,
        "form-INITIAL_FORMS": 1,
        "form-0-id": question.pk,
        "form-0-position": 1,
        "_save": "Save",
    }

    response = maria.post(f"{LIST}?edition={twin.edition_id}", data)

    assert response.status_code == 200
    assert content() == before


def test_name_of_edition_is_not_changed(maria: Client, published: Edition) -> None:
    page = reverse("admin:assessment_edition_change", args=[published.pk])

    assert maria.post(page, {"name": "Other"}).status_code == 403


def test_no_part_can_be_changed(maria: Client, published: Edition) -> None:
    def statuses(part: Any) -> list[int]:
        row = part.objects.filter(edition=published).first()
        row = row or part.objects.create(edition=published, code="x")
        name = f"admin:assessment_{part._meta.model_name}"
        pages = [reverse(f"{name}_{page}", args=[row.pk]) for page in ("change", "delete")]
        return [maria.post(page).status_code for page in pages]

    assert [part for part in PART_MODELS if statuses(part) != [403, 403]] == []


def test_clean_of_a_row_below_refuses(published: Edition) -> None:
    rule = Rule.objects.get(edition=published)
    variant = RuleVariant.objects.create(rule=rule, when="level.TG <= 1", text="Do it.")

    for row in (Option.objects.first(), CaseReading.objects.first(), variant):
        assert row is not None
        with pytest.raises(ValidationError, match="A published edition cannot be changed"):
            row.full_clean()


def test_clean_of_a_row_without_its_part_says_what_is_missing() -> None:
    for row in (Option(), CaseReading(), RuleVariant()):
        with pytest.raises(ValidationError, match="cannot be null"):
            row.full_clean()
