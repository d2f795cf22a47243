"""The plan's own page: empty, filtered, and after the answers were opened again."""

from __future__ import annotations

import re
from datetime import date

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from assessment.actions.responses.reopen import reopen_response
from assessment.actions.responses.submit import submit_response
from assessment.models import PlanLine, Response
from tests.factories import NOW
from tests.web.conftest import granted
from tests.web.plans.plan_steps import own, page, take
from tests.web.test_queries import Counted

pytestmark = pytest.mark.django_db


def test_empty_plan_says_what_it_will_show_and_a_full_one_asks_the_database_little(
    owner: Client, submitted: Response, advised: list[str]
) -> None:
    empty = page(owner, submitted)

    def statements() -> int:
        with Counted() as counted:
            page(owner, submitted)
        return len(counted.statements)

    take(owner, submitted, advised[0])
    few = statements()
    for at in range(9):
        own(submitted, what=f"Line {at}", due_date=date(2027, 2, 15))

    assert "The plan is empty." in empty
    assert f'href="{reverse("actions", args=[submitted.uuid])}"' in empty
    assert few == statements() <= 8


def test_plan_is_filtered_by_who_when_and_subject(owner: Client, submitted: Response) -> None:
    own(submitted, what="Late", who="Cabinet", due_date=date(2026, 11, 1))
    own(submitted, what="Done", due_date=date(2026, 11, 1), state="done")
    own(submitted, what="Soon", who="Cabinet", due_date=date(2027, 1, 1), subject="TG")
    own(submitted, what="Later", due_date=date(2027, 6, 1), subject="LC")
    own(submitted, what="Undated", subject="TG")

    def shown(**query: str) -> list[str]:
        with time_machine.travel(NOW, tick=False):
            html = page(owner, submitted, **query)
        return re.findall(r'class="rank">\d+\.</span> (\w+)', html)

    every = ["Late", "Done", "Soon", "Later", "Undated"]
    table: list[tuple[dict[str, str], list[str]]] = [
        ({}, every),
        ({"who": "Cabinet"}, ["Late", "Soon"]),
        ({"when": "overdue"}, ["Late"]),
        ({"when": "soon"}, ["Soon"]),
        ({"when": "later"}, ["Later"]),
        ({"when": "none"}, ["Undated"]),
        ({"subject": "TG"}, ["Soon", "Undated"]),
        ({"who": "Cabinet", "subject": "TG"}, ["Soon"]),
        ({"who": "odd", "when": "odd", "subject": "odd"}, every),
    ]
    assert [query for query, lines in table if shown(**query) != lines] == []


def test_plan_survives_reopening_and_says_what_holds_no_more(
    owner: Client, submitted: Response, advised: list[str]
) -> None:
    take(owner, submitted, *advised)
    newer = reopen_response(response=submitted, reason="New facts", now=NOW)
    holder = granted(Client(), newer)
    before = page(holder, newer)
    newer.answers.update(value=4)
    submit_response(response=newer, now=NOW)
    after = page(holder, newer)

    assert [before.count("do not lead"), PlanLine.objects.count()] == [0, len(advised)]
    assert after.count("do not lead to this advice any more") >= 1
    assert "In the plan</strong>" not in page(holder, submitted, "actions")
