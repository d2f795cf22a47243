"""A content person's way: from a published edition over a draft to the next published edition."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assessment.actions.editions.load_seeds import load_seeds
from assessment.actions.editions.publish import publish
from assessment.models import Dimension, Edition, Question, Rule
from tests.admin.form_data import admin_form_data, errors
from tests.admin.small_bank import NOW
from tests.seeds_once import seeds

pytestmark = pytest.mark.no_cover


def at(name: str, *keys: object) -> str:
    return reverse(f"admin:assessment_{name}", args=keys)


def save(client: Client, address: str, **change: Any) -> Any:
    return client.post(address, admin_form_data(client, address) | change)


@pytest.fixture
def current(db: None) -> Edition:
    return publish(edition=load_seeds(instrument=seeds(), now=NOW).edition, now=NOW)


def test_work_on_a_draft(maria: Client, current: Edition) -> None:
    maria.post(at("edition_draft", current.pk))
    draft = Edition.objects.get(state=Edition.State.DRAFT)

    tg1 = Question.objects.get(edition=draft, code="TG1")
    save(maria, at("question_change", tg1.pk), text="How alike are the definitions of the people?")
    added = add_question(maria, draft)
    put_first(maria, draft, added)
    broken = break_condition(maria, draft)
    published = maria.post(at("edition_publish", draft.pk), follow=True)

    assert errors(broken) == [
        "Condition, character 11: This cannot be read as a condition such as level.PC >= 3."
    ]
    assert b"Edition 2 is published." in published.content
    assert maria.post(at("question_change", tg1.pk)).status_code == 403
    bank = Edition.objects.get(number=2).instrument()
    assert bank.question["TG1"].text == "How alike are the definitions of the people?"
    assert [question.code for question in bank.questions_of["TG"]][:2] == ["TG9", "TG1"]
    assert "TG9" not in current.instrument().question


def add_question(client: Client, draft: Edition) -> Question:
    dimension = Dimension.objects.get(edition=draft, code="TG")
    rows = {
        f"options-{n}-{name}": value
        for n, text in enumerate(["Never.", "Seldom.", "At times.", "Often.", "Always."])
        for name, value in {"value": n, "text": text, "points": n}.items()
    }
    response = save(
        client,
        at("question_add"),
        code="TG9",
        kind="level",
        dimension=dimension.pk,
        text="How often are the lists compared?",
        help="Think of the last year.",
        why="Lists that nobody compares grow apart.",
        tiers=["national", "regional", "local"],
        aspect="practice",
        indicator_type="process",
        findings=list(dimension.findings.values_list("pk", flat=True))
        or [draft.finding_set.all()[0].pk],
        **rows,
        **{"options-TOTAL_FORMS": 5},
    )
    assert response.status_code == 302, errors(response)
    return Question.objects.get(edition=draft, code="TG9")


def put_first(client: Client, draft: Edition, moved: Question) -> None:
    others = Question.objects.filter(edition=draft, dimension=moved.dimension).exclude(pk=moved.pk)
    keys = [moved.pk, *others.values_list("pk", flat=True)]
    items = [[str(key), place] for place, key in enumerate(keys)]
    body = json.dumps({"updatedItems": items})
    client.post(at("question_sortable_update"), body, "application/json")


def break_condition(client: Client, draft: Edition) -> Any:
    rule = Rule.objects.filter(edition=draft).first()
    assert rule is not None
    return save(client, at("rule_change", rule.pk), when="level.PC >")
