"""Who changed which field, from what to what, on which rows."""

from __future__ import annotations

from typing import Any

import pytest
from auditlog.models import LogEntry
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse

from assessment.admin.history.words import differing_parts, plain_text
from assessment.models import (
    Case,
    Dimension,
    Edition,
    EditionLanguage,
    Finding,
    Question,
    Rule,
    RuleVariant,
    Term,
    Translation,
    TranslatorLanguage,
)
from tests.admin.edition_pages import person
from tests.admin.form_data import admin_form_data
from tests.admin.history_page import change, history, page, said
from tests.admin.small_bank import NOW
from tests.tables import undone


@pytest.fixture
def question(draft: Edition) -> Question:
    return Question.objects.get(code="TG2")


def test_history_says_who_changed_which_field_from_what_to_what(
    maria: Client, question: Question
) -> None:
    User.objects.update(first_name="María", last_name="Quispe")
    other = Finding.objects.get(code="RS-2")
    change(maria, question, text="How far?", essential="on", aspect="formal")
    change(maria, question, dimension="", tiers=["local"], findings=[other.pk])
    question.refresh_from_db()
    question.weight = 3
    question.save()

    assert [(one.who, said(one)) for one in history(maria, question)[:3]] == [
        ("a command", ["Weight: “1” → “3”"]),
        (
            "maria (María Quispe)",
            [
                "Dimension: “TG” → “–”",
                "Tiers: “national” → “local”",
                "Findings: removed RS-0",
                "Findings: added RS-2",
            ],
        ),
        (
            "maria (María Quispe)",
            [
                "Question: “How far does TG2 go?” → “How far?”",
                "Essential: “no” → “yes”",
                "Aspect: “–” → “formal”",
            ],
        ),
    ]


def test_change_outlives_its_person_its_column_and_the_row_it_named(
    maria: Client, question: Question
) -> None:
    rule, named = Rule.objects.get(), Dimension.objects.get(code="BI")
    change(maria, rule, dimension=named.pk)
    change(maria, rule, dimension="")
    named.delete()
    change(maria, question, text="How far?")
    newest = LogEntry.objects.latest("pk")
    LogEntry.objects.filter(pk=newest.pk).update(changes={"wording": ["a", "b"]})
    User.objects.get(username="maria").delete()
    ana = Client()
    ana.force_login(User.objects.create_superuser("ana"))

    of_question, of_rule = (history(ana, row)[0] for row in (question, rule))

    assert said(of_rule) == ["Main dimension: “something that is deleted” → “–”"]
    assert (of_question.who, said(of_question)) == (
        "somebody whose account is deleted",
        ["Wording: “a” → “b”"],
    )


def test_rows_of_a_row_stand_in_its_history_alone(maria: Client, question: Question) -> None:
    rule, case = Rule.objects.get(), Case.objects.get()
    RuleVariant.objects.create(rule=rule, when="level.TG <= 1", text="Alone.")
    reading = case.readings.get()
    reading.low = 0
    reading.save()
    change(maria, question, **{"options-1-text": "Some.", "options-2-DELETE": "on"})

    def lines(row: Any) -> list[tuple[str, bool, tuple[str, ...]]]:
        return [(line.heading, line.whole, line.sentences) for line in history(maria, row)[0].lines]

    gone = ("Value: “2”", "Text: “Half.”", "Points: “2”", "Excludes the others: “no”")
    assert lines(question) == [
        ("Option 1", False, ("Text: “A little.” → “Some.”",)),
        ("Option 2: deleted", True, gone),
    ]
    assert [heading for heading, *_ in lines(rule)] == ["Variant of a recommendation 0: added"]
    assert lines(case) == [("Case reading TG", False, ("Lowest level: “1” → “0”",))]
    other = history(maria, Question.objects.get(code="TG1"))
    assert {line.heading for one in other for line in one.lines} == {"", "Added"}


def test_history_is_read_page_by_page(
    maria: Client, question: Question, django_assert_max_num_queries: Any
) -> None:
    for number in range(120):
        question.weight = number % 2 + 1
        question.save()

    with django_assert_max_num_queries(10):
        first = maria.get(page(question, "history"))
    last = maria.get(page(question, "history") + "?p=9999")

    assert len(first.context["changes"]) == 100
    assert 'href="?p=2"' in first.content.decode()
    assert last.context["page"].number == 2


@pytest.mark.no_cover
def test_history_of_any_length_takes_as_many_queries(
    maria: Client, question: Question, django_assert_num_queries: Any
) -> None:
    dimensions = Dimension.objects.order_by("pk")
    for number in (1, 2, 3, 4):
        change(maria, question, dimension=dimensions[number % 2].pk, weight=number)
        history(maria, question)
        with django_assert_num_queries(7):
            history(maria, question)


def test_saving_grows_by_what_changed_only(
    maria: Client, question: Question, django_assert_num_queries: Any
) -> None:
    data = admin_form_data(maria, page(question))
    maria.post(page(question), data)
    before = LogEntry.objects.count()

    with django_assert_num_queries(42):
        maria.post(page(question), data)

    assert LogEntry.objects.count() == before


def test_history_of_nothing_says_so_of_no_row_leads_away_and_is_for_those_who_see_the_row(
    maria: Client, question: Question
) -> None:
    LogEntry.objects.all().delete()

    away = maria.get("/admin/assessment/question/999999/history/")

    assert "Nothing has been changed here" in maria.get(page(question, "history")).content.decode()
    assert (away.status_code, away["Location"]) == (302, "/admin/")
    assert person("rosa").get(page(question, "history")).status_code == 403
    assert not admin.site.is_registered(LogEntry)  # a screen of the library would show them all


# The edition


def test_edition_tells_which_of_its_parts_are_gone_and_what_differs_in_its_scale(
    maria: Client, draft: Edition
) -> None:
    term = Term.objects.create(edition=draft, code="cash", term="cash", text="Money.")
    maria.post(page(term, "delete"), {"post": "yes"})
    draft.scale |= {"essential_below": 41}
    draft.save()

    scale, gone = history(maria, draft)[:2]

    assert said(scale) == ["Scale and thresholds: “essential_below: 50” → “essential_below: 41”"]
    assert [(line.heading, line.sentences) for line in gone.lines] == [
        ("Glossary term cash: deleted", ("Code: “cash”", "Term: “cash”", "Text: “Money.”"))
    ]


def test_new_draft_is_one_change(maria: Client, published: Edition) -> None:
    maria.post(reverse("admin:assessment_edition_draft", args=[published.pk]))

    (only,) = history(maria, Edition.objects.latest("pk"))

    assert [line.heading for line in only.lines] == ["Added", ""]
    assert said(only)[-1] == "Started from another edition."
    assert "Made from: “1: First edition (published)”" in said(only)
    moment = said(history(maria, published)[0])[-1]
    assert moment.replace("“–” → ", "") == "Published: “22 November 2026, 09:00”"


def test_new_order_is_one_sentence_of_the_edition(maria: Client, draft: Edition) -> None:
    keys = list(Question.objects.order_by("position").values_list("pk", flat=True))
    address = reverse("admin:assessment_question_sortable_update")
    items = [[str(keys[1]), 1], [str(keys[0]), 2]]
    before = LogEntry.objects.count()

    maria.post(address, {"updatedItems": items}, content_type="application/json")
    maria.post(address, {"updatedItems": items}, content_type="application/json")

    assert said(history(maria, draft)[0]) == ["New order of questions: TG2 2 → 1, TG1 1 → 2."]
    assert LogEntry.objects.count() == before + 1


# Languages and people


@pytest.fixture
def spanish(draft: Edition) -> EditionLanguage:
    return EditionLanguage.objects.create(edition=draft, language="es")


def translated(draft: Edition, text: str) -> Translation:
    return Translation.objects.create(
        edition=draft,
        language="es",
        kind="questions",
        code="TG2",
        field="text",
        text=text,
        updated_at=NOW,
    )


def test_translations_are_told_of_their_language(maria: Client, spanish: EditionLanguage) -> None:
    row = translated(spanish.edition, "¿Hasta dónde?")
    row.text = "¿Cuánto?"
    row.save()
    of_row = said(history(maria, row)[0])
    row.delete()

    gone, changed = history(maria, spanish)[:2]

    assert of_row == said(changed) == ["Text: “¿Hasta dónde?” → “¿Cuánto?”"]
    assert [line.heading for one in (gone, changed) for line in one.lines] == [
        "Translation es: TG2 text: deleted",
        "Translation es: TG2 text",
    ]


def test_language_or_draft_that_is_thrown_away_is_one_entry(
    maria: Client, spanish: EditionLanguage
) -> None:
    draft = spanish.edition
    translated(draft, "¿Hasta dónde?")

    def entries_more(row: Any, **sent: Any) -> int:
        before: int = LogEntry.objects.count()
        maria.post(page(row, "delete"), sent)
        after: int = LogEntry.objects.count()
        return after - before

    assert entries_more(spanish, post="yes") == 1
    assert history(maria, draft)[0].lines[0].heading.endswith(": deleted")
    EditionLanguage.objects.create(edition=draft, language="es")
    assert entries_more(draft, number=draft.pk, reason="A trial.") == 1


def test_rights_languages_and_password_of_a_person_are_told(maria: Client, draft: Edition) -> None:
    user = User.objects.create_user("ana", password="a long password")
    TranslatorLanguage.objects.create(user=user, language="es")
    user.groups.add(Group.objects.get(name="Translator"))
    words = {"password1": "seven green boats", "password2": "seven green boats"}
    maria.post(f"/admin/auth/user/{user.pk}/password/", {"usable_password": "true", **words})

    password, group, language = history(maria, user)[:3]

    assert said(password) == ["Changed the password."]  # and nothing of it is kept
    assert said(group) == ["Groups: added Translator"]
    assert language.lines[0].heading == "Language of a translator es: added"


def test_person_may_delete_the_own_account(maria: Client, db: None) -> None:
    User.objects.create_superuser("ana")
    user = User.objects.get(username="maria")
    TranslatorLanguage.objects.create(user=user, language="es")
    chosen = {"action": "delete_selected", "_selected_action": [user.pk], "post": "yes"}

    with undone():
        maria.post(reverse("admin:auth_user_changelist"), chosen)
        assert not User.objects.filter(pk=user.pk).exists()
    maria.post(page(user, "delete"), {"post": "yes"})
    assert not User.objects.filter(pk=user.pk).exists()


# Words


def test_value_is_shown_in_words_and_of_two_only_what_differs() -> None:
    values: list[tuple[object, str]] = [
        (None, "–"),
        ("", "–"),
        ([], "–"),
        (False, "no"),
        (0, "0"),
        (["a", "b"], "a, b"),
        ({"bands": [20], "cap": {"low": True}}, "bands: 20; cap: low: yes"),
    ]

    pairs: list[tuple[Any, Any, Any]] = [
        ({"a": 1, "b": [1, 2]}, {"a": 1, "b": [1, 3]}, ({"b": [2]}, {"b": [3]})),
        ({"a": 1}, {"c": 2}, ({"a": 1, "c": None}, {"a": None, "c": 2})),
        (["a"], ["a", "b"], (["a"], ["a", "b"])),
        ("a", "b", ("a", "b")),
    ]

    assert [(value, plain_text(value)) for value, _ in values] == values
    assert [(old, new, differing_parts(old, new)) for old, new, _ in pairs] == pairs
