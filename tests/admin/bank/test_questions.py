from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assessment.models import Dimension, Edition, Finding, Option, Question
from tests.admin.form_data import admin_form_data, errors, undrawn


def address(question: Question) -> str:
    return reverse("admin:assessment_question_change", args=[question.pk])


@pytest.fixture
def question(draft: Edition) -> Question:
    return Question.objects.get(edition=draft, code="TG2")


def test_question_with_five_levels_is_added(maria: Client, draft: Edition) -> None:
    add = reverse("admin:assessment_question_add")
    data = admin_form_data(maria, add) | {
        "code": "TG9",
        "dimension": Dimension.objects.get(edition=draft, code="TG").pk,
        "kind": "level",
        "text": "How far is it agreed?",
        "tiers": ["national", "local"],
        "options-TOTAL_FORMS": 5,
    }
    for n in range(5):
        data |= {
            f"options-{n}-value": n,
            f"options-{n}-text": f"Level {n}.",
            f"options-{n}-points": n,
        }

    response = maria.post(add, data)

    assert response.status_code == 302, errors(response)
    added = Question.objects.get(code="TG9")
    assert added.edition == draft
    assert added.tiers == ["national", "local"]
    assert [(o.value, o.points) for o in added.options.all()] == [(str(n), n) for n in range(5)]


def test_new_question_stands_after_its_dimension(maria: Client, draft: Edition) -> None:
    add = reverse("admin:assessment_question_add")
    first = Dimension.objects.get(edition=draft, code="TG")
    Question.objects.filter(code="TG3").update(
        dimension=Dimension.objects.get(edition=draft, code="BI")
    )
    data = admin_form_data(maria, add) | {
        "code": "TG9",
        "dimension": first.pk,
        "kind": "text",
        "text": "What else?",
    }

    maria.post(add, data)

    codes = Question.objects.filter(edition=draft).values_list("code", "position")
    assert list(codes) == [("TG1", 0), ("TG2", 1), ("TG9", 2), ("TG3", 3)]


def test_wording_is_changed(maria: Client, question: Question) -> None:
    data = admin_form_data(maria, address(question)) | {"text": "How far do they share lists?"}

    response = maria.post(address(question), data)

    assert response.status_code == 302, errors(response)
    question.refresh_from_db()
    assert question.text == "How far do they share lists?"


def test_unchanged_page_saves_everything_as_it_was(maria: Client, question: Question) -> None:
    before = Question.objects.filter(pk=question.pk).values().get()
    options = list(question.options.values())

    maria.post(address(question), admin_form_data(maria, address(question)))

    assert Question.objects.filter(pk=question.pk).values().get() == before
    assert list(question.options.values()) == options


def test_fault_is_refused(maria: Client, question: Question) -> None:
    table: list[tuple[dict[str, Any], str]] = [
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
        (
            {"shown_if": "answer.TG1 >="},
            "Condition, character 14: This cannot be read as a condition such as level.PC >= 3.",
        ),
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
        ({"code": "TG"}, "“TG” is the code of a dimension: choose another one."),
        ({"weight": "11"}, "The field “Weight” must be from 1 to 10."),
        ({"kind": "poem"}, "Select a valid choice. poem is not one of the available choices."),
    ]

    form = admin_form_data(maria, address(question))

    def outcome(change: dict[str, Any]) -> object:
        with undrawn():
            return errors(maria.post(address(question), form | change))

    assert [outcome(change) for change, _ in table] == [[message] for _, message in table]


def test_html_in_a_text_is_refused_in_words(maria: Client, question: Question) -> None:
    table: list[str] = ["<b>Read</b> the law.", "One <br> two.", "x <!-- y -->"]

    form = admin_form_data(maria, address(question))

    def outcome(text: str) -> object:
        response = maria.post(address(question), form | {"help": text})
        return "Texts are plain, without HTML" in str(errors(response))

    assert {text: outcome(text) for text in table} == dict.fromkeys(table, True)


def test_signs_of_comparison_are_no_html(maria: Client, question: Question) -> None:
    text = "Fewer than 5 (< 5) or more (> 10)."

    maria.post(address(question), admin_form_data(maria, address(question)) | {"help": text})

    question.refresh_from_db()
    assert question.help == text


def test_refused_row_is_marked(maria: Client, question: Question) -> None:
    data = admin_form_data(maria, address(question)) | {"options-3-points": 1}

    formset = maria.post(address(question), data).context["inline_admin_formsets"][0].formset

    assert [list(form.errors) for form in formset.forms] == [[], [], [], ["points"], []]


def test_options_are_reordered_by_number(maria: Client, question: Question) -> None:
    question.kind = "choice"
    question.save()
    data = admin_form_data(maria, address(question))
    data |= {"options-0-position": 9}

    maria.post(address(question), data)

    assert [o.value for o in question.options.all()] == ["1", "2", "3", "4", "0"]


def test_finding_of_another_edition_is_refused(
    maria: Client, question: Question, published: Edition
) -> None:
    foreign = Finding.objects.filter(edition=published).first()
    assert foreign is not None

    data = admin_form_data(maria, address(question)) | {"findings": [foreign.pk]}
    response = maria.post(address(question), data)

    assert errors(response) == [
        f"Select a valid choice. {foreign.pk} is not one of the available choices."
    ]


def test_taken_code_is_refused(maria: Client, draft: Edition) -> None:
    add = reverse("admin:assessment_question_add")
    data = admin_form_data(maria, add) | {"code": "TG1", "kind": "text", "text": "What else?"}

    assert errors(maria.post(add, data)) == ["The code TG1 is taken in this edition."]


def test_strange_code_is_refused(maria: Client, draft: Edition) -> None:
    add = reverse("admin:assessment_question_add")
    data = admin_form_data(maria, add) | {"code": "TG 1", "kind": "text", "text": "What else?"}

    sentence = (
        "“TG 1” cannot be a code here: it begins with a letter from A to Z, has only these "
        "letters, digits and _, and at most 40 characters."
    )
    assert errors(maria.post(add, data)) == [sentence]


def test_used_question_keeps_its_code(maria: Client, draft: Edition) -> None:
    used = Question.objects.get(edition=draft, code="TG1")

    form = maria.get(address(used)).context["adminform"].form

    assert "code" not in form.fields


def test_unused_question_of_draft_may_change_its_code(maria: Client, question: Question) -> None:
    maria.post(address(question), admin_form_data(maria, address(question)) | {"code": "TG8"})

    question.refresh_from_db()
    assert question.code == "TG8"


def test_used_option_is_not_deleted(maria: Client, draft: Edition, question: Question) -> None:
    Question.objects.filter(code="TG1").update(kind="choice")
    Question.objects.filter(code="TG3").update(shown_if='"2" in answer.TG2')
    Question.objects.filter(code="TG2").update(kind="multi")
    data = admin_form_data(maria, address(question)) | {"options-2-DELETE": "on"}

    response = maria.post(address(question), data)

    assert errors(response) == [
        "The option 2 cannot be deleted, because it is used: Question TG3: shown if."
    ]
    assert Option.objects.filter(question=question).count() == 5


def test_add_page_offers_drafts_only(maria: Client, draft: Edition, published: Edition) -> None:
    form = maria.get(reverse("admin:assessment_question_add")).context["adminform"].form

    assert list(form.fields["edition"].queryset) == [draft]
    assert form.initial.get("edition", form.fields["edition"].initial) == draft


def test_question_is_not_added_to_published_edition(
    maria: Client, draft: Edition, published: Edition
) -> None:
    add = reverse("admin:assessment_question_add")
    data = admin_form_data(maria, add) | {
        "edition": published.pk,
        "code": "TG9",
        "kind": "text",
        "text": "What else?",
    }

    maria.post(add, data)

    assert not Question.objects.filter(code="TG9").exists()


def test_nothing_is_added_without_a_draft(maria: Client, published: Edition) -> None:
    assert maria.get(reverse("admin:assessment_question_add")).status_code == 403


def test_autocomplete_offers_the_edition_only(
    maria: Client, draft: Edition, published: Edition
) -> None:
    offered = maria.get(
        reverse("admin:assessment_finding_complete"),
        {
            "edition": str(draft.pk),
            "term": "number 1",
            "app_label": "assessment",
            "model_name": "question",
            "field_name": "findings",
        },
    ).json()

    finding = Finding.objects.get(edition=draft, code="RS-1")
    assert offered["results"] == [{"id": str(finding.pk), "text": "RS-1 Finding number 1."}]


def test_queries_of_question_page(
    maria: Client, question: Question, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(24):
        maria.get(address(question))


def test_numbers_of_number_question_are_kept(maria: Client, question: Question) -> None:
    change = {"kind": "number", "minimum": 0, "maximum": 10, "goalposts": "0; 10"}

    maria.post(address(question), admin_form_data(maria, address(question)) | change)

    question.refresh_from_db()
    assert (question.minimum, question.maximum, question.goalposts) == (0, 10, [0, 10])
