from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assessment.models import Edition, Finding, Question
from tests.admin.form_data import admin_form_data, context_of, errors, undrawn
from tests.admin.small_bank import freeze
from tests.tables import undone

ADD = reverse("admin:assessment_question_add")


def address(question: Question) -> str:
    return reverse("admin:assessment_question_change", args=[question.pk])


@pytest.fixture
def question(draft: Edition) -> Question:
    return Question.objects.get(edition=draft, code="TG2")


def marked(response: Any) -> dict[str, list[str]]:
    """The messages of a refused page by the name of the field at which each stands."""
    context = context_of(response)
    (options,) = context["inline_admin_formsets"]
    forms = [context["adminform"].form, *options.formset.forms]
    at_fields = {form.add_prefix(name): form.errors[name] for form in forms for name in form.errors}
    return at_fields | ({"options": found} if (found := options.formset.non_form_errors()) else {})


def test_new_question_with_five_levels_stands_after_its_dimension(
    maria: Client, draft: Edition
) -> None:
    first, second = draft.dimension_set.order_by("position")
    Question.objects.filter(code="TG3").update(dimension=second)
    data = admin_form_data(maria, ADD) | {
        "code": "TG9",
        "dimension": first.pk,
        "kind": "level",
        "text": "How far is it agreed?",
        "tiers": ["national", "local"],
        "options-TOTAL_FORMS": 5,
    }
    for n in range(5):
        row = {"value": n, "text": f"Level {n}.", "points": n}
        data |= {f"options-{n}-{name}": value for name, value in row.items()}

    response = maria.post(ADD, data)

    assert response.status_code == 302, errors(response)
    codes = Question.objects.filter(edition=draft).values_list("code", "position")
    assert list(codes) == [("TG1", 0), ("TG2", 1), ("TG9", 2), ("TG3", 3)]
    added = Question.objects.get(code="TG9")
    assert (added.edition, added.tiers) == (draft, ["national", "local"])
    assert [(o.value, o.points) for o in added.options.all()] == [(str(n), n) for n in range(5)]


def stored(question: Question) -> dict[str, Any]:
    columns = Question.objects.filter(pk=question.pk).values().get()
    return columns | {"options": list(question.options.values_list("value", flat=True))}


def test_what_is_changed_is_kept_and_the_rest_stays_as_it_was(
    maria: Client, question: Question
) -> None:
    of_number = {"kind": "number", "minimum": 0, "maximum": 10}
    table: list[tuple[dict[str, Any], dict[str, Any]]] = [
        ({}, {}),
        *(
            (change, change)
            for change in (
                {"text": "How far do they share lists?"},
                {"help": "Fewer than 5 (< 5) or more (> 10)."},
                {"code": "TG8"},
            )
        ),
        (of_number | {"goalposts": "0; 10"}, of_number | {"goalposts": [0, 10]}),
        (
            {"kind": "choice", "options-0-position": 9},
            {"kind": "choice", "options": ["1", "2", "3", "4", "0"]},
        ),
    ]
    form, before = admin_form_data(maria, address(question)), stored(question)
    rows = list(question.options.values())

    def changed(change: dict[str, Any]) -> dict[str, Any]:
        with undone(), undrawn():
            maria.post(address(question), form | change)
            now = stored(question)
            assert change or list(question.options.values()) == rows
            return {name: now[name] for name in now if now[name] != before[name]}

    assert [(change, changed(change)) for change, _ in table] == table


UNREAD = "This cannot be read as a condition such as level.PC >= 3."
FAULTS: list[tuple[dict[str, Any], str]] = [
    ({"options-3-points": 1}, "The points must rise from level to level: write more than 2."),
    ({"options-3-value": "1"}, "The value 1 stands in another row too."),
    (
        {"shown_if": "answer.NO >= 1"},
        "Condition, character 1: answer.NO does not exist in this edition.",
    ),
    (
        {"shown_if": "answer.TG1 >= 1 and level.TG >= 1"},
        "Condition, character 21: level.TG cannot be used here: only answers and the profile.",
    ),
    ({"shown_if": "answer.TG1 >="}, f"Condition, character 14: {UNREAD}"),
    (
        {"shown_if": "answer.TG1 > 3 and answer.TG1 < 2"},
        "Condition: This can never be true, whatever is answered.",
    ),
    ({"goalposts": "100, 0"}, "Write two whole numbers, the lower first, such as 0, 100."),
    (
        {"options-0-value": "dont_know"},
        "“dont_know” is a word that the site uses itself: choose another code.",
    ),
    (
        {"text": "How far does {name} go?"},
        (
            "{name} is no placeholder. There are {country}, {region} and {programmes}, and "
            "all other braces would be printed."
        ),
    ),
    (
        {"text": "How far does {country} go?"},
        "{country} is filled in the texts of rules only: everywhere else it would be printed.",
    ),
    ({"help": "<b>Read</b> the law."}, "Texts are plain, without HTML: take out <b>."),
    ({"help": "One <br> two."}, "Texts are plain, without HTML: take out <br>."),
    ({"help": "x <!-- y -->"}, "Texts are plain, without HTML: take out <!--."),
    ({"code": "TG"}, "“TG” is the code of a dimension: choose another one."),
    ({"code": "TG1"}, "The code TG1 is taken in this edition."),
    (
        {"code": "TG 1"},
        (
            "“TG 1” cannot be a code here: it begins with a letter from A to Z, has only these "
            "letters, digits and _, and at most 40 characters."
        ),
    ),
    ({"weight": "11"}, "The field “Weight” must be from 1 to 10."),
    ({"kind": "poem"}, "Select a valid choice. poem is not one of the available choices."),
]


def test_fault_is_refused_where_it_stands(maria: Client, question: Question) -> None:
    form, before = admin_form_data(maria, address(question)), stored(question)

    def outcome(change: dict[str, Any]) -> object:
        with undrawn():
            return marked(maria.post(address(question), form | change))

    assert [outcome(change) for change, _ in FAULTS] == [
        {place: [message] for place in change} for change, message in FAULTS
    ]
    assert stored(question) == before


def test_question_is_added_to_a_draft_only(
    maria: Client, draft: Edition, published: Edition
) -> None:
    form = maria.get(ADD).context["adminform"].form
    offered = list(form.fields["edition"].queryset)
    more = {"code": "TG9", "kind": "text", "text": "What else?"}

    maria.post(ADD, admin_form_data(maria, ADD) | more | {"edition": published.pk})
    freeze(draft, number=2)
    without_a_draft = maria.get(ADD)

    chosen = form.initial.get("edition", form.fields["edition"].initial)
    assert (offered, chosen) == ([draft], draft)
    assert not Question.objects.filter(code="TG9").exists()
    assert without_a_draft.status_code == 403


def test_finding_of_another_edition_is_neither_offered_nor_taken(
    maria: Client, question: Question, published: Edition
) -> None:
    complete = {
        "edition": str(question.edition_id),
        "term": "number 1",
        "app_label": "assessment",
        "model_name": "question",
        "field_name": "findings",
    }
    own, foreign = (
        Finding.objects.get(edition=edition, code="RS-1")
        for edition in (question.edition, published)
    )

    offered = maria.get(reverse("admin:assessment_finding_complete"), complete).json()
    data = admin_form_data(maria, address(question)) | {"findings": [foreign.pk]}
    response = maria.post(address(question), data)

    assert offered["results"] == [{"id": str(own.pk), "text": "RS-1 Finding number 1."}]
    assert errors(response) == [
        f"Select a valid choice. {foreign.pk} is not one of the available choices."
    ]


def test_queries_of_question_page(
    maria: Client, question: Question, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(24):
        maria.get(address(question))
