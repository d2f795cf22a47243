"""Who changed which field, from what to what, and the way back."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse

from assessment.admin.history import plain
from assessment.models import Edition, Question, Rule
from tests.admin.bank import freeze
from tests.admin.filling_in import filled


@pytest.fixture
def question(draft: Edition) -> Question:
    return Question.objects.get(code="TG2")


def page(part: Question | Rule, name: str = "change") -> str:
    return reverse(f"admin:assessment_{part._meta.model_name}_{name}", args=[part.pk])


def change(maria: Client, part: Question | Rule, **values: Any) -> LogEntry:
    response = maria.post(page(part), filled(maria, page(part)) | values)
    assert response.status_code == 302
    return LogEntry.objects.order_by("pk").last() or LogEntry()


def restore(maria: Client, part: Question | Rule, entry: LogEntry) -> Any:
    address = reverse("admin:assessment_question_restore", args=[part.pk, entry.pk])
    return maria.post(address.replace("question", str(part._meta.model_name)), follow=True)


def test_history_says_old_and_new(maria: Client, question: Question) -> None:
    change(maria, question, text="How far?", essential="on")

    content = maria.get(page(question, "history")).content.decode()

    assert "Question: “How far does TG2 go?” → “How far?”" in content
    assert "Essential: “no” → “yes”" in content
    assert "maria" in content


def test_history_names_rows_and_lists(maria: Client, question: Question) -> None:
    entry = change(maria, question, dimension="", tiers=["local"], findings=[])

    assert str(entry.get_change_message()) == (
        "Changed Dimension: “TG” → “–”, Tiers: “national” → “local” and Findings: “RS-0” → “–”."
    )


def test_history_says_what_changed_in_an_option(maria: Client, question: Question) -> None:
    entry = change(maria, question, **{"options-1-text": "Some."})

    assert "Text: “A little.” → “Some.”" in str(entry.get_change_message())
    assert maria.get(page(question, "history")).context["restores"] == []


def test_older_state_comes_back_as_a_new_change(maria: Client, question: Question) -> None:
    entry = change(maria, question, text="How far?", help="Look.")

    answer = restore(maria, question, entry)

    question.refresh_from_db()
    assert (question.text, question.help) == ("How far does TG2 go?", "")
    assert "Question: “How far?” → “How far does TG2 go?”" in answer.content.decode()


def test_restored_state_can_be_undone(maria: Client, question: Question) -> None:
    restore(maria, question, change(maria, question, text="How far?"))
    latest = LogEntry.objects.order_by("-pk")[0]

    restore(maria, question, latest)

    question.refresh_from_db()
    assert question.text == "How far?"


def test_state_that_is_no_longer_valid_stays_away(maria: Client, draft: Edition) -> None:
    rule = Rule.objects.get()
    entry = change(maria, rule, when="level.TG <= 1")
    Question.objects.filter(code="TG1").delete()

    answer = restore(maria, rule, entry)

    rule.refresh_from_db()
    assert rule.when == "level.TG <= 1"
    assert "It cannot be put back: " in answer.content.decode()


def test_older_condition_that_still_holds_comes_back(maria: Client, draft: Edition) -> None:
    rule = Rule.objects.get()
    before = rule.when
    entry = change(maria, rule, when="level.TG <= 2")

    restore(maria, rule, entry)

    rule.refresh_from_db()
    assert rule.when == before


def test_mapping_is_shown_as_text() -> None:
    assert plain({"bands": [20]}) == '{"bands": [20]}'


def test_published_state_is_not_put_back(maria: Client, question: Question) -> None:
    entry = change(maria, question, text="How far?")
    freeze(question.edition)

    assert restore(maria, question, entry).status_code == 403
    assert maria.get(page(question, "history")).context["restores"] == []


def test_change_of_another_part_is_not_put_back(maria: Client, question: Question) -> None:
    entry = change(maria, question, text="How far?")
    other = Question.objects.get(code="TG1")

    assert restore(maria, other, entry).status_code == 403


@pytest.mark.parametrize("message", ["", "Plain words.", "[]", '[{"added": {}}]'])
def test_entry_without_old_values_offers_nothing(
    maria: Client, question: Question, message: str
) -> None:
    entry = change(maria, question, text="How far?")
    LogEntry.objects.filter(pk=entry.pk).update(change_message=message)

    assert restore(maria, question, entry).status_code == 403


@pytest.mark.parametrize("key", ["0", "9" * 40])
def test_tampered_address_is_refused(maria: Client, question: Question, key: str) -> None:
    found = [
        maria.post(f"/admin/assessment/question/{question.pk}/history/{key}/").status_code,
        maria.post(f"/admin/assessment/question/{key}/history/1/").status_code,
        maria.get(f"/admin/assessment/question/{question.pk}/history/1/").status_code,
    ]

    assert set(found) <= {400, 403}
