"""The way back to an older state of a draft, as a new change."""

from __future__ import annotations

from typing import Any

import pytest
from auditlog.models import LogEntry
from django.contrib.admin.models import LogEntry as AdminEntry
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse

from assessment.models import Dimension, Edition, EditionLanguage, Finding, Question, Rule
from tests.admin.history_page import change, history, said
from tests.admin.small_bank import freeze, make_dimension
from tests.factories import AnswerFactory, ResponseFactory
from tests.tables import undone


@pytest.fixture
def question(draft: Edition) -> Question:
    return Question.objects.get(code="TG2")


def restore(client: Client, row: Any, entry: LogEntry) -> Any:
    name = f"admin:assessment_{row._meta.model_name}_restore"
    return client.post(reverse(name, args=[row.pk, entry.pk]), follow=True)


def test_older_state_comes_back_as_a_new_change_that_can_be_undone(
    maria: Client, question: Question
) -> None:
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
    restore(maria, question, LogEntry.objects.latest("pk"))
    question.refresh_from_db()
    assert (question.text, question.help) == ("How far?", "Look.")


def newest(client: Client, row: Any) -> LogEntry:
    return LogEntry.objects.get(pk=history(client, row)[0].pk)


def options(question: Question) -> list[tuple[str, str, int]]:
    return list(question.options.order_by("value").values_list("value", "text", "points"))


def test_rows_lists_and_relations_come_back_with_their_question(
    maria: Client, question: Question
) -> None:
    def state() -> tuple[object, ...]:
        row = Question.objects.get(pk=question.pk)
        codes = set(row.findings.values_list("code", flat=True))
        return row.text, row.shown_if, row.dimension, codes, options(row)

    before = state()
    other = Finding.objects.get(code="RS-2")
    rows = {"options-1-text": "Some.", "options-2-DELETE": "on"}
    more = {"shown_if": "answer.TG1 >= 2", "dimension": "", "findings": [other.pk]}
    change(maria, question, text="How far?", **more, **rows)
    between = state()

    restore(maria, question, newest(maria, question))

    assert [one == another for one, another in zip(before, between, strict=True)] == [False] * 5
    assert state() == before
    change(maria, question, **{"options-1-text": "Few."})
    found = [bool(one.restore) for one in history(maria, question)]
    assert (found[:3], found[-1]) == ([True, True, True], False)  # all but the first save


def test_option_that_came_goes_again_unless_it_is_used(maria: Client, draft: Edition) -> None:
    unused, used = [Question.objects.get(code=code) for code in ("TG2", "TG1")]
    before = options(unused), [*options(used), ("9", "More.", 9)]
    AnswerFactory(response=ResponseFactory(edition=draft), code="TG1", value=9)

    def answer(question: Question) -> str:
        question.options.create(value="9", text="More.", points=9, position=9)
        page: str = restore(maria, question, LogEntry.objects.latest("pk")).content.decode()
        return page

    assert "The older state is back." in answer(unused)
    assert "Option 9 is used" in answer(used)
    assert (options(unused), options(used)) == before


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


def test_older_rule_comes_back_where_what_it_names_still_stands(
    maria: Client, draft: Edition
) -> None:
    """In its condition, or as its main dimension."""
    rule = Rule.objects.get()
    before = rule.when
    Rule.objects.update(dimension=make_dimension(draft, "NW", 5))
    entry = change(maria, rule, when="level.TG <= 1", dimension="")

    def restored() -> tuple[bool, str]:
        page = restore(maria, rule, entry).content.decode()
        rule.refresh_from_db()
        return "It cannot be put back: " in page, rule.when

    def restored_without(part: Any) -> tuple[bool, str]:
        with undone():
            part.delete()
            return restored()

    gone = (Question.objects.filter(code="TG1"), Dimension.objects.filter(code="NW"))
    assert [restored_without(part) for part in gone] == [(True, "level.TG <= 1")] * 2
    assert restored() == (False, before)


def test_older_scale_comes_back_where_it_is_whole_and_a_language_as_it_was(
    maria: Client, draft: Edition
) -> None:
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

    spanish = EditionLanguage.objects.create(edition=draft, language="es")
    restore(maria, spanish, change(maria, spanish, fallback_accepted="on"))
    spanish.refresh_from_db()
    assert spanish.fallback_accepted is False


@pytest.fixture
def reader(db: None) -> Client:
    rosa = User.objects.create_user("rosa", is_staff=True)
    rosa.groups.add(Group.objects.get(name="Auditor"))
    client = Client()
    client.force_login(rosa)
    return client


def test_what_may_not_be_put_back_shows_no_way_and_is_refused(
    maria: Client, reader: Client, question: Question
) -> None:
    draft = question.edition
    entry = change(maria, question, text="How far?")
    entries = LogEntry.objects.get_for_object(question)
    draft.state = Edition.State.RETIRED
    LogEntry.objects.log_create(draft, action=1, changes={"state": ["published", "draft"]})
    state = LogEntry.objects.get_for_object(draft).latest("pk")

    refused = {
        "state of an edition": (maria, draft, state),
        "by a reader": (reader, question, entry),
        "of another part": (maria, Question.objects.get(code="TG1"), entry),
        "before it came": (maria, question, entries.earliest("pk")),
    }

    assert {name: restore(*tried).status_code for name, tried in refused.items()} == dict.fromkeys(
        refused, 403
    )
    assert {one.restore for one in history(reader, question)} == {""}
    freeze(Edition.objects.get(pk=draft.pk))
    assert restore(maria, question, entry).status_code == 403
    assert {one.restore for one in history(maria, question)} == {""}
    assert Question.objects.get(pk=question.pk).text == "How far?"


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
