"""Two people have the same page open: the second to save sees both texts."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assessment.models import (
    CaseReading,
    Dimension,
    Edition,
    Finding,
    Option,
    Question,
    Rule,
    RuleVariant,
    Term,
)
from tests.admin.form_data import admin_form_data, errors

MEANWHILE = (
    'Somebody else saved meanwhile:<blockquote class="text">{}</blockquote>Yours, not saved yet:'
)
NOTHING_SAVED = "Nothing was saved yet, because somebody else saved this"
CAME = "Somebody else added this row while your page was open."
WENT = "Somebody else deleted this row while your page was open."


def address(part: Any) -> str:
    return reverse(f"admin:assessment_{part._meta.model_name}_change", args=[part.pk])


@pytest.fixture
def question(draft: Edition) -> Question:
    return Question.objects.get(edition=draft, code="TG2")


def shown_again(response: Any) -> dict[str, Any]:
    """What a browser would send from the page that shows both texts."""
    context = response.context
    forms = [context["adminform"].form]
    for inline in context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    data = {
        field.html_name: field.value()
        for form in forms
        for field in form
        if field.value() not in (None, False)
    }
    return data | {"_seen": context["seen"]}


def test_second_editor_sees_both_texts_and_nothing_is_saved(
    maria: Client, question: Question
) -> None:
    data = admin_form_data(maria, address(question)) | {"text": "Mine?"}
    Question.objects.update(text="Theirs <b>?")

    response = maria.post(address(question), data)

    form = response.context["adminform"].form
    assert form["text"].value() == "Mine?"
    assert list(form.errors["text"]) == [MEANWHILE.format("Theirs &lt;b&gt;?")]
    assert form.non_field_errors()[0].startswith(NOTHING_SAVED)
    assert MEANWHILE.format("Theirs &lt;b&gt;?") in response.content.decode()
    question.refresh_from_db()
    assert question.text == "Theirs <b>?"


def test_saving_again_is_a_decision(maria: Client, question: Question) -> None:
    data = admin_form_data(maria, address(question)) | {"text": "Mine?"}
    Question.objects.update(text="Theirs?")
    response = maria.post(address(question), data)

    again = maria.post(address(question), shown_again(response))

    assert again.status_code == 302, errors(again)
    question.refresh_from_db()
    assert question.text == "Mine?"


def test_third_change_is_shown_again(maria: Client, question: Question) -> None:
    data = admin_form_data(maria, address(question)) | {"text": "Mine?"}
    Question.objects.update(text="Theirs?")
    again = shown_again(maria.post(address(question), data))
    Question.objects.update(text="A third one?")

    form = maria.post(address(question), again).context["adminform"].form

    assert list(form.errors["text"]) == [MEANWHILE.format("A third one?")]


def test_only_what_the_other_changed_is_shown(maria: Client, question: Question) -> None:
    data = admin_form_data(maria, address(question)) | {"text": "Mine?", "why": "So."}
    Question.objects.filter(pk=question.pk).update(text="Theirs?", why="So.", help="")

    form = maria.post(address(question), data).context["adminform"].form

    assert set(form.errors) == {"text", "__all__"}


def test_text_that_was_taken_away_is_told(maria: Client, question: Question) -> None:
    Question.objects.update(help="Look.")
    data = admin_form_data(maria, address(question))
    Question.objects.update(help="")

    form = maria.post(address(question), data).context["adminform"].form

    assert list(form.errors["help"]) == [MEANWHILE.format("(nothing)")]


def test_order_of_the_list_is_no_conflict(maria: Client, question: Question) -> None:
    data = admin_form_data(maria, address(question)) | {"text": "Mine?"}
    Question.objects.filter(pk=question.pk).update(position=7)

    assert maria.post(address(question), data).status_code == 302


@pytest.mark.no_cover
def test_page_that_does_not_say_what_it_showed_is_shown_again(
    maria: Client, question: Question
) -> None:
    table = ["", "[]", "nonsense", "{", '{"a": 1}', '{"/1/text": []}']
    data = admin_form_data(maria, address(question)) | {"text": "Mine?"}

    assert {
        seen: maria.post(address(question), data | {"_seen": seen}).status_code for seen in table
    } == dict.fromkeys(table, 200)
    question.refresh_from_db()
    assert question.text != "Mine?"


def test_code_that_can_no_longer_be_typed_is_told(maria: Client, question: Question) -> None:
    data = admin_form_data(maria, address(question))
    Question.objects.filter(pk=question.pk).update(code="TG8")
    Rule.objects.update(when="answer.TG8 <= 1")

    form = maria.post(address(question), data).context["adminform"].form

    assert form.non_field_errors()[1] == "Code: TG8"


# Rows


def rows_of(response: Any) -> list[Any]:
    rows: list[Any] = response.context["inline_admin_formsets"][0].formset.forms
    return rows


def test_both_texts_of_an_option_stand_in_its_row(maria: Client, question: Question) -> None:
    data = admin_form_data(maria, address(question)) | {"options-1-text": "Mine."}
    question.options.filter(value="1").update(text="Theirs.")

    rows = rows_of(maria.post(address(question), data))

    assert [dict(row.errors) for row in rows] == [
        {},
        {"text": [MEANWHILE.format("Theirs.")]},
        {},
        {},
        {},
    ]


def test_option_that_came_is_shown_and_kept(maria: Client, question: Question) -> None:
    Question.objects.filter(pk=question.pk).update(kind="multi")
    data = admin_form_data(maria, address(question)) | {"text": "Mine?", "options-TOTAL_FORMS": 6}
    data |= {"options-5-value": "mine", "options-5-text": "Mine.", "options-5-points": 6}
    Option.objects.create(question=question, value="theirs", text="New.", exclusive=True, points=5)

    response = maria.post(address(question), data)
    again = maria.post(address(question), shown_again(response))

    told = [row.non_field_errors() for row in rows_of(response)]
    assert told == [[], [], [], [], [], [CAME], []]
    assert again.status_code == 302, errors(again)
    kept = question.options.order_by("pk").values_list("value", "exclusive")
    assert list(kept)[5:] == [("theirs", True), ("mine", False)]


def test_option_that_went_comes_back_only_if_saved_again(maria: Client, question: Question) -> None:
    Question.objects.filter(pk=question.pk).update(kind="multi")
    data = admin_form_data(maria, address(question)) | {"options-1-text": "Mine."}
    question.options.filter(value="1").delete()

    response = maria.post(address(question), data)

    told = [row.non_field_errors() for row in rows_of(response)]
    assert told[:4] == [[]] * 4
    assert told[4][0].startswith(WENT)
    assert question.options.count() == 4
    maria.post(address(question), shown_again(response))
    assert question.options.get(value="1").text == "Mine."


def test_option_that_both_deleted_stays_away(maria: Client, question: Question) -> None:
    data = admin_form_data(maria, address(question)) | {"options-1-DELETE": "on"}
    question.options.filter(value="1").delete()

    response = maria.post(address(question), data)

    assert [row.non_field_errors() for row in rows_of(response)] == [[]] * 4


def test_reading_that_came_is_sent_whole(maria: Client, draft: Edition) -> None:
    case = draft.case_set.get()
    data = admin_form_data(maria, address(case))
    other = Dimension.objects.get(edition=draft, code="BI")
    reading = CaseReading.objects.create(
        case=case, dimension=other, low=0, high=4, certainty="inferred", text="New."
    )
    reading.findings.set(Finding.objects.filter(edition=draft)[:2])

    response = maria.post(address(case), data)
    again = maria.post(address(case), shown_again(response))

    assert again.status_code == 302, errors(again)
    reading.refresh_from_db()
    assert (reading.high, reading.findings.count()) == (4, 2)


# Every part of the bank

Change = Callable[[Edition], Any]


def variant(draft: Edition) -> Any:
    rule = Rule.objects.get(edition=draft)
    RuleVariant.objects.get_or_create(
        rule=rule, defaults={"when": "level.TG <= 1", "text": "Do it."}
    )
    return rule


def term(draft: Edition) -> Any:
    return Term.objects.create(edition=draft, code="t", term="t", text="A.", forms=["old"])


@pytest.mark.no_cover
def test_every_part_shows_both(maria: Client, draft: Edition) -> None:
    table: list[tuple[Change, str, Any, Any, str]] = [
        (lambda e: e.source_set.get(), "title", "Mine", "Theirs", "Theirs"),
        (lambda e: e.finding_set.first(), "text", "Mine.", "Theirs.", "Theirs."),
        (lambda e: e.dimension_set.first(), "sub_dimensions", "Mine", ["a", "b"], "a\nb"),
        (lambda e: e.region_set.get(), "countries", "PE", ["CO", "MX"], "CO\nMX"),
        (lambda e: e.case_set.get(), "text", "Mine.", "Theirs.", "Theirs."),
        (lambda e: e.rule_set.get(), "priority", 2, 3, "3"),
        (lambda e: e.question_set.first(), "essential", "", True, "yes"),
        (term, "forms", "Mine", [], "(nothing)"),
        (lambda e: e, "name", "Mine", "Theirs", "Theirs"),
    ]

    def shown(part: Any, name: str, mine: Any, theirs: Any) -> list[str]:
        scale = {"scale": json.dumps(draft.scale)} if isinstance(part, Edition) else {}
        data = admin_form_data(maria, address(part)) | scale | {name: mine}
        type(part).objects.filter(pk=part.pk).update(**{name: theirs})
        form = maria.post(address(part), data).context["adminform"].form
        return list(form.errors[name])

    assert [
        shown(part_of(draft), name, mine, theirs) for part_of, name, mine, theirs, _ in table
    ] == [[MEANWHILE.format(told)] for *_, told in table]


def test_scale_shows_both(maria: Client, draft: Edition) -> None:
    mine, theirs = (draft.scale | {"labels": list(names)} for names in ("MNOPQ", "TUVWX"))
    data = admin_form_data(maria, address(draft)) | {"scale": json.dumps(mine)}
    Edition.objects.update(scale=theirs)

    form = maria.post(address(draft), data).context["adminform"].form

    assert "&quot;T&quot;" in form.errors["scale"][0]


def test_relations_show_both(maria: Client, draft: Edition) -> None:
    question = Question.objects.get(edition=draft, code="TG2")
    data = admin_form_data(maria, address(question))
    question.findings.set(Finding.objects.filter(code__in=["RS-1", "RS-2"]))
    Question.objects.update(dimension=Dimension.objects.get(code="BI"))

    errors = maria.post(address(question), data).context["adminform"].form.errors

    told = {"findings": "RS-1, RS-2", "dimension": "BI"}
    assert {relation: list(errors[relation]) for relation in told} == {
        relation: [MEANWHILE.format(words)] for relation, words in told.items()
    }


def test_rows_of_rules_and_cases_show_both(maria: Client, draft: Edition) -> None:
    def shown(part: Any, prefix: str) -> dict[str, list[str]]:
        data = admin_form_data(maria, address(part)) | {f"{prefix}-0-text": "Mine."}
        for model in (RuleVariant, CaseReading):
            model.objects.update(text="Theirs.")
        return dict(rows_of(maria.post(address(part), data))[0].errors)

    both = {"text": [MEANWHILE.format("Theirs.")]}
    assert shown(variant(draft), "variants") == both
    CaseReading.objects.update(text="As told.")
    assert shown(draft.case_set.get(), "readings") == both


def test_queries_do_not_grow_with_the_rows(
    maria: Client, draft: Edition, django_assert_max_num_queries: Any
) -> None:
    case = draft.case_set.get()
    maria.get(address(case))

    with django_assert_max_num_queries(26):
        maria.get(address(case))
