"""The way back to an older state of a draft, as a new change."""

from __future__ import annotations

from typing import Any

import pytest
from auditlog.models import LogEntry
from django.contrib.admin.models import LogEntry as AdminEntry
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse

from assessment.models import Edition, EditionLanguage, Finding, Question, Rule
from tests.admin.history_page import change, history, said
from tests.admin.small_bank import freeze
from tests.factories import AnswerFactory, ResponseFactory


@pytest.fixture
def question(draft: Edition) -> Question:
    return Question.objects.get(code="TG2")


def restore(client: Client, row: Any, entry: LogEntry) -> Any:
    name = f"admin:assessment_{row._meta.model_name}_restore"
    return client.post(reverse(name, args=[row.pk, entry.pk]), follow=True)


def test_older_state_comes_back_as_a_new_change(maria: Client, question: Question) -> None:
    entry = change(maria, question, text="How far?", help="Look.")

    answer = restore(maria, question, entry)

    question.refresh_from_db()
    assert (question.text, question.help) == ("How far does TG2 go?", "")
    assert said(answer.context["changes"][0]) == [
        "Question: “How far?” → “How far does TG2 go?”",
        "Help: “Look.” → “–”",
    ]
    newest = AdminEntry.objects.latest("pk")
    assert newest.get_change_message() == "Changed Question and Help."


def test_restored_state_can_be_undone(maria: Client, question: Question) -> None:
    restore(maria, question, change(maria, question, text="How far?"))

    restore(maria, question, LogEntry.objects.latest("pk"))

    question.refresh_from_db()
    assert question.text == "How far?"


@pytest.mark.no_cover
def test_address_stands_beside_every_save_but_the_first(maria: Client, question: Question) -> None:
    change(maria, question, text="How far?", **{"options-1-text": "Some."})
    change(maria, question, **{"options-1-text": "Few."})
    change(maria, question, dimension="")

    found = [bool(one.restore) for one in history(maria, question)]

    assert (found[:3], found[-1]) == ([True, True, True], False)


def newest(client: Client, row: Any) -> LogEntry:
    return LogEntry.objects.get(pk=history(client, row)[0].pk)


def options(question: Question) -> list[tuple[str, str, int]]:
    return list(question.options.order_by("value").values_list("value", "text", "points"))


def test_options_come_back_with_their_question(maria: Client, question: Question) -> None:
    before = options(question)
    rows = {"options-1-text": "Some.", "options-2-DELETE": "on"}
    change(maria, question, text="How far?", **rows)

    restore(maria, question, newest(maria, question))

    question.refresh_from_db()
    assert (question.text, options(question)) == ("How far does TG2 go?", before)


def test_option_that_came_goes_again(maria: Client, question: Question) -> None:
    before = options(question)
    question.options.create(value="9", text="More.", points=9, position=9)

    answer = restore(maria, question, LogEntry.objects.latest("pk"))

    assert "The older state is back." in answer.content.decode()
    assert options(question) == before


def test_option_that_came_and_is_used_stays(maria: Client, draft: Edition) -> None:
    question = Question.objects.get(code="TG1")
    question.options.create(value="9", text="More.", points=9, position=9)
    entry = LogEntry.objects.latest("pk")
    response = ResponseFactory(edition=draft)
    AnswerFactory(response=response, code="TG1", value=9)

    answer = restore(maria, question, entry)

    assert "Option 9 is used" in answer.content.decode()
    assert question.options.filter(value="9").exists()


def test_option_that_is_gone_since_is_left_alone(maria: Client, question: Question) -> None:
    option = question.options.create(value="9", text="More.", points=9, position=9)
    option.text = "Some."
    option.save()
    changed = LogEntry.objects.latest("pk")
    came = LogEntry.objects.get_for_object(option).earliest("pk")
    option.delete()
    before = options(question)

    for entry in (changed, came):
        restore(maria, question, entry)

    assert options(question) == before


def test_lists_and_relations_come_back(maria: Client, question: Question) -> None:
    other = Finding.objects.get(code="RS-2")
    findings = set(question.findings.values_list("code", flat=True))
    change(maria, question, dimension="", findings=[other.pk])

    restore(maria, question, newest(maria, question))

    question.refresh_from_db()
    assert question.dimension is not None
    assert (question.dimension.code, findings) == (
        "TG",
        set(question.findings.values_list("code", flat=True)),
    )


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


def test_empty_condition_comes_back(maria: Client, question: Question) -> None:
    entry = change(maria, question, shown_if="answer.TG1 >= 2")

    restore(maria, question, entry)

    question.refresh_from_db()
    assert question.shown_if == ""


def test_older_scale_comes_back_where_it_is_whole(maria: Client, draft: Edition) -> None:
    whole = draft.scale
    for scale in ({"broken": True}, whole | {"essential_below": 41}):
        draft.scale = scale
        draft.save()
    to_broken, to_whole = LogEntry.objects.get_for_object(draft).order_by("-pk")[:2]

    refused = restore(maria, draft, to_broken)
    draft.refresh_from_db()
    kept = draft.scale
    restore(maria, draft, to_whole)

    draft.refresh_from_db()
    assert "It cannot be put back: " in refused.content.decode()
    assert (kept["essential_below"], draft.scale) == (41, whole)


def test_state_of_an_edition_is_never_put_back(maria: Client, draft: Edition) -> None:
    draft.state = Edition.State.RETIRED
    LogEntry.objects.log_create(draft, action=1, changes={"state": ["published", "draft"]})

    entry = LogEntry.objects.get_for_object(draft).latest("pk")

    assert restore(maria, draft, entry).status_code == 403


def test_language_of_an_edition_is_put_back(maria: Client, draft: Edition) -> None:
    spanish = EditionLanguage.objects.create(edition=draft, language="es")
    entry = change(maria, spanish, fallback_accepted="on")

    restore(maria, spanish, entry)

    spanish.refresh_from_db()
    assert spanish.fallback_accepted is False


def test_published_state_is_not_put_back(maria: Client, question: Question) -> None:
    entry = change(maria, question, text="How far?")
    freeze(question.edition)

    assert restore(maria, question, entry).status_code == 403
    assert {change.restore for change in history(maria, question)} == {""}


def test_reader_sees_the_history_and_puts_nothing_back(maria: Client, question: Question) -> None:
    entry = change(maria, question, text="How far?")
    reader = User.objects.create_user("rosa", is_staff=True)
    reader.groups.add(Group.objects.get(name="Auditor"))
    rosa = Client()
    rosa.force_login(reader)

    assert {change.restore for change in history(rosa, question)} == {""}
    assert restore(rosa, question, entry).status_code == 403


def test_change_of_another_part_is_not_put_back(maria: Client, question: Question) -> None:
    entry = change(maria, question, text="How far?")

    assert restore(maria, Question.objects.get(code="TG1"), entry).status_code == 403


def test_row_that_came_has_nothing_before_it(maria: Client, question: Question) -> None:
    entry = LogEntry.objects.get_for_object(question).get(action=LogEntry.Action.CREATE)

    assert restore(maria, question, entry).status_code == 403


def test_tampered_address_is_refused(maria: Client, question: Question) -> None:
    table: list[str] = ["0", "9" * 40]

    def outcome(key: str) -> object:
        found = [
            maria.post(f"/admin/assessment/question/{question.pk}/history/{key}/").status_code,
            maria.post(f"/admin/assessment/question/{key}/history/1/").status_code,
            maria.get(f"/admin/assessment/question/{question.pk}/history/1/").status_code,
        ]
        return set(found) <= {400, 403}

    assert {key: outcome(key) for key in table} == dict.fromkeys(table, True)
