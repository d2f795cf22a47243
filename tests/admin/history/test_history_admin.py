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


def test_history_says_who_and_old_and_new(maria: Client, question: Question) -> None:
    change(maria, question, text="How far?", essential="on", aspect="formal")

    newest = history(maria, question)[0]

    assert (newest.who, said(newest)) == (
        "maria",
        [
            "Question: “How far does TG2 go?” → “How far?”",
            "Essential: “no” → “yes”",
            "Aspect: “–” → “formal”",
        ],
    )


def test_history_names_rows_and_lists(maria: Client, question: Question) -> None:
    other = Finding.objects.get(code="RS-2")
    change(maria, question, dimension="", tiers=["local"], findings=[other.pk])

    assert said(history(maria, question)[0]) == [
        "Dimension: “TG” → “–”",
        "Tiers: “national” → “local”",
        "Findings: removed RS-0",
        "Findings: added RS-2",
    ]


def test_row_that_was_named_and_is_gone_is_told(maria: Client, draft: Edition) -> None:
    rule = Rule.objects.get()
    gone = Dimension.objects.get(code="BI")
    change(maria, rule, dimension=gone.pk)
    change(maria, rule, dimension="")
    gone.delete()

    assert said(history(maria, rule)[0]) == ["Main dimension: “something that is deleted” → “–”"]


def test_options_stand_in_the_history_of_their_question(maria: Client, question: Question) -> None:
    change(maria, question, **{"options-1-text": "Some.", "options-2-DELETE": "on"})

    lines = history(maria, question)[0].lines

    gone = ("Value: “2”", "Text: “Half.”", "Points: “2”", "Excludes the others: “no”")
    assert [(line.heading, line.whole, line.sentences) for line in lines] == [
        ("Option 1", False, ("Text: “A little.” → “Some.”",)),
        ("Option 2: deleted", True, gone),
    ]


def test_rows_of_another_question_stay_there(maria: Client, question: Question) -> None:
    other = Question.objects.get(code="TG1")
    change(maria, question, **{"options-1-text": "Some.", "options-2-DELETE": "on"})

    assert {line.heading for one in history(maria, other) for line in one.lines} == {"", "Added"}


def test_variants_and_readings_stand_there_too(maria: Client, draft: Edition) -> None:
    rule, case = Rule.objects.get(), Case.objects.get()
    RuleVariant.objects.create(rule=rule, when="level.TG <= 1", text="Alone.")
    reading = case.readings.get()
    reading.low = 0
    reading.save()

    found = [history(maria, row)[0].lines[0] for row in (rule, case)]

    assert [line.heading for line in found] == [
        "Variant of a recommendation 0: added",
        "Case reading TG",
    ]
    assert found[1].sentences == ("Lowest level: “1” → “0”",)


def test_change_outside_the_administration_is_told(maria: Client, question: Question) -> None:
    question.text = "How far?"
    question.save()

    assert history(maria, question)[0].who == "a command"


def test_change_outlives_its_person(maria: Client, question: Question) -> None:
    change(maria, question, text="How far?")
    User.objects.create_superuser("ana")
    User.objects.get(username="maria").delete()
    ana = Client()
    ana.force_login(User.objects.get(username="ana"))

    assert history(ana, question)[0].who == "somebody whose account is deleted"


def test_person_is_told_with_the_name(maria: Client, question: Question) -> None:
    User.objects.update(first_name="María", last_name="Quispe")
    change(maria, question, text="How far?")

    assert history(maria, question)[0].who == "maria (María Quispe)"


def test_column_that_is_gone_is_told_by_its_name(maria: Client, question: Question) -> None:
    change(maria, question, text="How far?")
    newest = LogEntry.objects.latest("pk")
    LogEntry.objects.filter(pk=newest.pk).update(changes={"wording": ["a", "b"]})

    assert said(history(maria, question)[0]) == ["Wording: “a” → “b”"]


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


def test_history_of_nothing_says_so(maria: Client, question: Question) -> None:
    LogEntry.objects.all().delete()

    assert "Nothing has been changed here" in maria.get(page(question, "history")).content.decode()


def test_history_of_what_is_not_there_leads_away(maria: Client, question: Question) -> None:
    answer = maria.get("/admin/assessment/question/999999/history/")

    assert (answer.status_code, answer["Location"]) == (302, "/admin/")


def test_history_is_for_those_who_may_see_its_row(question: Question) -> None:
    address = reverse("admin:assessment_question_history", args=[question.pk])

    assert person("rosa").get(address).status_code == 403


def test_log_of_the_library_has_no_screen_of_its_own() -> None:
    assert not admin.site.is_registered(LogEntry)


# The edition


def test_edition_tells_which_of_its_parts_are_gone(maria: Client, draft: Edition) -> None:
    term = Term.objects.create(edition=draft, code="cash", term="cash", text="Money.")
    maria.post(page(term, "delete"), {"post": "yes"})

    line = history(maria, draft)[0].lines[0]

    assert (line.heading, line.sentences) == (
        "Glossary term cash: deleted",
        ("Code: “cash”", "Term: “cash”", "Text: “Money.”"),
    )


def test_edition_tells_only_what_differs_in_its_scale(maria: Client, draft: Edition) -> None:
    draft.scale |= {"essential_below": 41}
    draft.save()

    assert said(history(maria, draft)[0]) == [
        "Scale and thresholds: “essential_below: 50” → “essential_below: 41”"
    ]


def test_new_draft_is_one_change(maria: Client, published: Edition) -> None:
    maria.post(reverse("admin:assessment_edition_draft", args=[published.pk]))

    (only,) = history(maria, Edition.objects.latest("pk"))

    assert [line.heading for line in only.lines] == ["Added", ""]
    assert said(only)[-1] == "Started from another edition."
    assert "Made from: “1: First edition (published)”" in said(only)


def test_moment_is_told_as_people_write_it(maria: Client, published: Edition) -> None:
    assert "Published: “22 November 2026, 09:00”" in said(history(maria, published)[0])[-1].replace(
        "“–” → ", ""
    )


def test_new_order_is_one_sentence_of_the_edition(maria: Client, draft: Edition) -> None:
    keys = list(Question.objects.order_by("position").values_list("pk", flat=True))
    address = reverse("admin:assessment_question_sortable_update")
    items = [[str(keys[1]), 1], [str(keys[0]), 2]]
    before = LogEntry.objects.count()

    maria.post(address, {"updatedItems": items}, content_type="application/json")
    maria.post(address, {"updatedItems": items}, content_type="application/json")

    assert said(history(maria, draft)[0]) == ["New order of questions: TG2 2 → 1, TG1 1 → 2."]
    assert LogEntry.objects.count() == before + 1


def test_draft_that_is_thrown_away_is_one_entry(maria: Client, draft: Edition) -> None:
    EditionLanguage.objects.create(edition=draft, language="es")
    before = LogEntry.objects.count()

    maria.post(page(draft, "delete"), {"number": draft.pk, "reason": "A trial."})

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


def test_language_tells_its_translations(maria: Client, spanish: EditionLanguage) -> None:
    row = translated(spanish.edition, "¿Hasta dónde?")
    row.text = "¿Cuánto?"
    row.save()

    newest = history(maria, spanish)[0]

    assert newest.lines[0].heading == "Translation es: TG2 text"
    assert said(newest) == ["Text: “¿Hasta dónde?” → “¿Cuánto?”"]
    assert said(history(maria, row)[0]) == said(newest)


def test_translation_that_is_taken_away_stays_told(maria: Client, spanish: EditionLanguage) -> None:
    translated(spanish.edition, "¿Hasta dónde?").delete()

    assert history(maria, spanish)[0].lines[0].heading == "Translation es: TG2 text: deleted"


def test_language_that_is_taken_away_is_one_entry(maria: Client, spanish: EditionLanguage) -> None:
    translated(spanish.edition, "¿Hasta dónde?")
    before = LogEntry.objects.count()

    maria.post(page(spanish, "delete"), {"post": "yes"})

    assert LogEntry.objects.count() == before + 1
    assert history(maria, spanish.edition)[0].lines[0].heading.endswith(": deleted")


def test_rights_and_languages_of_a_person_are_told(maria: Client, draft: Edition) -> None:
    user = User.objects.create_user("ana")
    TranslatorLanguage.objects.create(user=user, language="es")
    user.groups.add(Group.objects.get(name="Translator"))

    first, second = history(maria, user)[:2]

    assert said(first) == ["Groups: added Translator"]
    assert second.lines[0].heading == "Language of a translator es: added"


def test_new_password_is_told_and_not_kept(maria: Client, draft: Edition) -> None:
    user = User.objects.create_user("ana", password="a long password")
    words = {"password1": "seven green boats", "password2": "seven green boats"}

    maria.post(f"/admin/auth/user/{user.pk}/password/", {"usable_password": "true", **words})

    assert said(history(maria, user)[0]) == ["Changed the password."]


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


def test_value_is_shown_in_words() -> None:
    table: list[tuple[object, str]] = [
        (None, "–"),
        ("", "–"),
        ([], "–"),
        (False, "no"),
        (0, "0"),
        (["a", "b"], "a, b"),
        ({"bands": [20], "cap": {"low": True}}, "bands: 20; cap: low: yes"),
    ]

    assert [(value, plain_text(value)) for value, _ in table] == table


def test_only_what_differs_is_shown() -> None:
    table: list[tuple[Any, Any, Any]] = [
        ({"a": 1, "b": [1, 2]}, {"a": 1, "b": [1, 3]}, ({"b": [2]}, {"b": [3]})),
        ({"a": 1}, {"c": 2}, ({"a": 1, "c": None}, {"a": None, "c": 2})),
        (["a"], ["a", "b"], (["a"], ["a", "b"])),
        ("a", "b", ("a", "b")),
    ]

    assert [(old, new, differing_parts(old, new)) for old, new, _ in table] == table
