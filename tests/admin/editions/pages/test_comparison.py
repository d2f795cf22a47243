from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessment.actions.editions.start_draft import start_draft
from assessment.admin.editions.pages.difference_words import field_name, json_text, text_diff
from assessment.admin.editions.pages.differences import LISTED_LIMIT
from assessment.models import Edition, Option, Pattern, Question, Rule, Translation
from tests.admin.edition_pages import page, person
from tests.admin.small_bank import NOW, add_advice, freeze, make_edition, make_question


@pytest.fixture
def successor(published: Edition) -> Edition:
    """A draft made from the published edition, with one thing changed of each sort."""
    draft = start_draft(edition=published, now=NOW)
    here = Question.objects.filter(edition=draft)
    here.filter(code="TG1").update(text="How far does TG1 reach?", shown_if="answer.TG2 >= 2")
    Option.objects.filter(question__in=here.filter(code="TG2"), value="3").update(points=9)
    here.get(code="TG1").findings.set(draft.finding_set.filter(code="RS-2"))
    make_question(draft, "TG9", 9, here.get(code="TG1").dimension)
    here.filter(code="TG3").delete()
    return draft


def compared(client: Client, edition: Edition, **query: Any) -> Any:
    return client.get(page("compare", edition), query)


def block(response: Any, kind: str) -> Any:
    return next(found for found in response.context["blocks"] if found.kind == kind)


def text(pieces: Any) -> str:
    return "".join(piece for _changed, piece in pieces)


def test_draft_is_compared_with_what_it_was_made_from_in_html_and_json(
    maria: Client, published: Edition, successor: Edition
) -> None:
    response = compared(maria, successor)
    plain = compared(maria, successor, format="json").json()

    assert response.context["other"] == published
    found = block(response, "questions")
    # Each object leads to its page on its own side.
    assert [(one.code, one.address) for one in (*found.added, *found.removed)] == [
        ("TG9", address_of_question(successor, "TG9")),
        ("TG3", address_of_question(published, "TG3")),
    ]
    assert [(cell.code, cell.field, text(cell.old), text(cell.new)) for cell in found.cells] == [
        ("TG1", "question", "How far does TG1 go?", "How far does TG1 reach?"),
        ("TG1", "shown if", "", "answer.TG2 >= 2"),
        ("TG1", "findings", "RS-0", "RS-2"),
    ]
    assert {cell.address for cell in found.cells} == {address_of_question(successor, "TG1")}
    options = block(response, "options")
    assert [(cell.code, cell.field, text(cell.new)) for cell in options.cells] == [
        ("TG2/3", "points", "9")
    ]
    words = ("How far does TG1 <mark>go</mark>?", "How far does TG1 <mark>reach</mark>?")
    assert [one for one in words if one not in response.content.decode()] == []
    assert (plain["old"]["id"], plain["new"]["id"]) == (published.pk, successor.pk)
    assert (plain["differences"]["questions"]["added"], plain["same"]) == (["TG9"], False)


def address_of_question(edition: Edition, code: str) -> str:
    question = Question.objects.get(edition=edition, code=code)
    return reverse("admin:assessment_question_change", args=[question.pk])


def test_later_parts_and_fields_are_compared(maria: Client, published: Edition) -> None:
    draft = start_draft(edition=published, now=NOW)
    add_advice(draft)
    Option.objects.filter(question__edition=draft, question__code="TG2", value="3").update(
        label="Most", step="Meet."
    )
    Question.objects.filter(edition=draft, code="TG1").update(core=True, step_low="Ask.")

    response = compared(maria, draft)

    assert {
        kind: [one.code for one in block(response, kind).added]
        for kind in ("roles", "packages", "patterns")
    } == {"roles": ["planning"], "packages": ["decision"], "patterns": ["nobody"]}
    assert block(response, "patterns").added[0].address == reverse(
        "admin:assessment_pattern_change", args=[Pattern.objects.get(edition=draft).pk]
    )
    assert [
        (cell.code, cell.field, text(cell.new))
        for kind in ("questions", "options", "rules")
        for cell in block(response, kind).cells
    ] == [
        ("TG1", "in the short questionnaire", "yes"),
        ("TG1", "step from a low level", "Ask."),
        ("TG2/3", "label", "Most"),
        ("TG2/3", "step", "Meet."),
        ("R01", "who acts", "planning"),
    ]


def test_order_and_thresholds_are_compared(maria: Client, published: Edition) -> None:
    draft = start_draft(edition=published, now=NOW)
    Question.objects.filter(edition=draft, code="TG1").update(position=9)
    draft.scale |= {"essential_below": 40}
    draft.save()

    response = compared(maria, draft)

    moved = block(response, "questions").moved
    assert [(one.code, one.text) for one in moved] == [("TG1", "TG3")]
    cells = block(response, "scale").cells  # a threshold has no page of its own
    assert [(cell.field, text(cell.old), text(cell.new), cell.address) for cell in cells] == [
        ("essential below", "50", "40", "")
    ]


def test_equal_editions_say_so(maria: Client, published: Edition, draft: Edition) -> None:
    newest = freeze(make_edition("Newest"), number=2)
    table = {str(published.pk): published} | dict.fromkeys(("abc", "9" * 40, "\0", "-1"), newest)

    found = {other: compared(maria, draft, **{"with": other}) for other in table}

    assert {other: response.context["other"] for other, response in found.items()} == table
    assert "There is no difference" in found[str(published.pk)].content.decode()


def test_only_edition_has_nothing_to_compare_with(maria: Client, draft: Edition) -> None:
    assert "There is no other edition" in compared(maria, draft).content.decode()
    assert compared(maria, draft, format="json").status_code == 404


def test_broken_draft_leads_to_its_faults(
    maria: Client, published: Edition, draft: Edition
) -> None:
    Rule.objects.filter(edition=draft).update(when="level.TG >")

    response = compared(maria, draft)

    assert response.headers["Location"] == page("checks", draft)


def test_very_many_changes_are_counted_and_queries_do_not_grow(
    maria: Client, published: Edition, draft: Edition, django_assert_num_queries: Any
) -> None:
    compared(maria, draft)
    with CaptureQueriesContext(connection) as few:
        compared(maria, draft)
    for n in range(20):
        make_question(draft, f"TG{n + 10}", n + 10, None)
    with django_assert_num_queries(len(few)):
        compared(maria, draft)
    Question.objects.bulk_create(
        Question(edition=draft, code=f"X{n}", kind="text", text=f"Text {n}?", tiers=[], position=n)
        for n in range(LISTED_LIMIT - 20 + 3)
    )

    with django_assert_num_queries(len(few)):
        found = block(compared(maria, draft), "questions")

    assert (len(found.added), found.more) == (LISTED_LIMIT, 3)


def test_reader_may_compare(published: Edition, draft: Edition) -> None:
    reader, nobody = person("rosa", "view_edition"), person("ivo", "view_question")

    assert compared(reader, draft).status_code == 200
    assert compared(nobody, draft).status_code == 403


def test_values_and_fields_are_shown_in_words() -> None:
    values = [json_text(value) for value in (None, True, False, [0, 100], {"a": "é"}, 3)]
    places = [("dimensions", "advice.2"), ("scale", "essential_below"), ("terms", "nothing")]

    assert values == ["", "yes", "no", "0\n100", '{"a": "é"}', "3"]
    assert [field_name(*place) for place in places] == [
        "advice for each level, level 2",
        "essential below",
        "nothing",
    ]


def test_differences_that_nobody_sees_are_made_visible(
    maria: Client, published: Edition, successor: Edition
) -> None:
    here = Question.objects.filter(edition=successor)
    here.filter(code="TG1").update(text="How  far does\nTG1 go?", help="of\u200bten")

    response = compared(maria, successor)

    pieces = {
        cell.field: [piece for changed, piece in cell.new if changed]
        for cell in block(response, "questions").cells
        if cell.code == "TG1" and cell.field in {"question", "help"}
    }
    assert pieces == {"question": ["␣␣", "↵\n"], "help": ["of[U+200B]ten"]}
    assert "of[U+200B]ten" in response.content.decode()
    table: list[tuple[str, str, tuple[tuple[bool, str], ...]]] = [
        ("one two", "one  two", ((False, "one"), (True, "␣"), (False, "two"))),
        ("one\ntwo", "one two", ((False, "one"), (True, "↵\n"), (False, "two"))),
        ("one\u200b", "one", ((False, "one"), (True, "[U+200B]"))),
        ("x" * 3000, "y", ((True, "x" * 3000),)),  # long: not word by word
        ("", "y", ((False, ""),)),
    ]
    assert [(text, other, text_diff(text, other)) for text, other, _ in table] == table


def test_translations_are_compared(maria: Client, published: Edition, draft: Edition) -> None:
    place = {"kind": "questions", "code": "TG1", "field": "text", "updated_at": NOW}
    for edition, words in ((published, "¿Qué?"), (draft, "¿Cómo?")):
        Translation.objects.create(
            edition=edition, language="es", text=words, source_hash=words, **place
        )

    found = block(compared(maria, draft), "translations-es")
    plain = compared(maria, draft, format="json").json()["differences"]["translations-es"]

    assert found.name == "Translations: español"
    assert [(cell.code, cell.field, text(cell.new)) for cell in found.cells] == [
        ("questions/TG1/text", "text", "¿Cómo?"),
        ("questions/TG1/text", "source it was made from", "¿Cómo?"),
    ]
    assert found.cells[0].address.endswith(f"/{draft.question_set.get(code='TG1').pk}/change/")
    assert plain["changed"][0]["code"] == "questions/TG1/text"
