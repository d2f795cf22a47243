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
from tests.tables import undone

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


def test_second_editor_sees_both_texts_until_saving_again_is_a_decision(
    maria: Client, question: Question
) -> None:
    """What both left as it was is not shown, and a third change is shown again."""
    data = admin_form_data(maria, address(question)) | {"text": "Mine?", "why": "So."}
    Question.objects.update(text="Theirs <b>?", why="So.", help="")
    first = maria.post(address(question), data)
    form = first.context["adminform"].form
    assert form["text"].value() == "Mine?"
    assert set(form.errors) == {"text", "__all__"}
    assert list(form.errors["text"]) == [MEANWHILE.format("Theirs &lt;b&gt;?")]
    assert form.non_field_errors()[0].startswith(NOTHING_SAVED)
    assert MEANWHILE.format("Theirs &lt;b&gt;?") in first.content.decode()

    Question.objects.update(text="A third one?")
    second = maria.post(address(question), shown_again(first))
    errors_of_second = second.context["adminform"].form.errors
    assert list(errors_of_second["text"]) == [MEANWHILE.format("A third one?")]
    question.refresh_from_db()
    assert question.text == "A third one?"

    last = maria.post(address(question), shown_again(second))
    question.refresh_from_db()
    assert (last.status_code, question.text) == (302, "Mine?")


def test_only_what_a_person_types_is_a_conflict(maria: Client, question: Question) -> None:
    """A text that was taken away is told, and a code that can no longer be typed; the place in
    the list is not."""
    Question.objects.update(help="Look.")
    Rule.objects.update(when="answer.TG8 <= 1")
    data = admin_form_data(maria, address(question)) | {"text": "Mine?"}
    table: list[tuple[dict[str, Any], int, dict[str, list[str]]]] = [
        ({"help": ""}, 200, {"help": [MEANWHILE.format("(nothing)")], "__all__": []}),
        ({"code": "TG8"}, 200, {"__all__": ["Code: TG8"]}),
        ({"position": 7}, 302, {}),
    ]

    def told(theirs: dict[str, Any]) -> tuple[int, dict[str, list[str]]]:
        with undone():
            Question.objects.filter(pk=question.pk).update(**theirs)
            response = maria.post(address(question), data)
            if response.status_code == 302:
                return 302, {}
            form = response.context["adminform"].form
            found = {name: list(form.errors[name]) for name in form.errors}
            return 200, found | {"__all__": found["__all__"][1:]}

    assert [(theirs, *told(theirs)) for theirs, *_ in table] == table


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


# Rows


def rows_of(response: Any) -> list[Any]:
    rows: list[Any] = response.context["inline_admin_formsets"][0].formset.forms
    return rows


def test_both_texts_of_a_row_stand_in_it(maria: Client, draft: Edition) -> None:
    table: list[tuple[Any, str, int, int]] = [
        (Question.objects.get(code="TG2"), "options", 1, 5),
        (variant(draft), "variants", 0, 1),
        (draft.case_set.get(), "readings", 0, 1),
    ]

    def shown(part: Any, prefix: str, number: int) -> list[dict[str, list[str]]]:
        with undone():
            data = admin_form_data(maria, address(part)) | {f"{prefix}-{number}-text": "Mine."}
            for rows in (
                Option.objects.filter(value="1"),
                RuleVariant.objects,
                CaseReading.objects,
            ):
                rows.update(text="Theirs.")
            return [dict(row.errors) for row in rows_of(maria.post(address(part), data))]

    both = {"text": [MEANWHILE.format("Theirs.")]}
    assert [shown(part, prefix, number) for part, prefix, number, _ in table] == [
        [both if at == number else {} for at in range(rows)] for *_, number, rows in table
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
    """And not at all where both deleted it."""
    Question.objects.filter(pk=question.pk).update(kind="multi")
    data = admin_form_data(maria, address(question))
    question.options.filter(value="1").delete()

    away = maria.post(address(question), data | {"options-1-DELETE": "on"})
    response = maria.post(address(question), data | {"options-1-text": "Mine."})

    assert [row.non_field_errors() for row in rows_of(away)] == [[]] * 4
    *stayed, told = [row.non_field_errors() for row in rows_of(response)][:5]
    assert (stayed, told[0].startswith(WENT)) == ([[]] * 4, True)
    assert question.options.count() == 4
    maria.post(address(question), shown_again(response))
    assert question.options.get(value="1").text == "Mine."


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


def test_scale_and_relations_show_both(maria: Client, draft: Edition) -> None:
    question = Question.objects.get(edition=draft, code="TG2")
    mine, theirs = (draft.scale | {"labels": list(names)} for names in ("MNOPQ", "TUVWX"))
    of_edition = admin_form_data(maria, address(draft)) | {"scale": json.dumps(mine)}
    of_question = admin_form_data(maria, address(question))
    question.findings.set(Finding.objects.filter(code__in=["RS-1", "RS-2"]))
    Question.objects.update(dimension=Dimension.objects.get(code="BI"))
    Edition.objects.update(scale=theirs)

    scale, relations = (
        maria.post(address(part), data).context["adminform"].form.errors
        for part, data in ((draft, of_edition), (question, of_question))
    )

    assert "&quot;T&quot;" in scale["scale"][0]
    told = {"findings": "RS-1, RS-2", "dimension": "BI"}
    assert {relation: list(relations[relation]) for relation in told} == {
        relation: [MEANWHILE.format(words)] for relation, words in told.items()
    }


def test_queries_do_not_grow_with_the_rows(
    maria: Client, draft: Edition, django_assert_max_num_queries: Any
) -> None:
    case = draft.case_set.get()
    maria.get(address(case))

    with django_assert_max_num_queries(26):
        maria.get(address(case))
