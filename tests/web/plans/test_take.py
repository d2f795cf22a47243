"""Advice is taken into the plan where it stands, with scripts and without."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from assessment.actions.plans import lock
from assessment.models import PlanLine, Response
from tests.web.plans.plan_steps import ADVISED, JSON, line_address, page, take

pytestmark = pytest.mark.django_db


def test_what_was_taken_says_so_where_it_stands(
    owner: Client, submitted: Response, advised: list[str]
) -> None:
    """Every page of the report offers its advice, with a script or without."""
    places = (("brief",), ("actions",), ("subject", "bi"))
    offered = [ADVISED.findall(page(owner, submitted, *place)) for place in places]
    reply = take(owner, submitted, advised[0], **JSON).json()
    line = PlanLine.objects.get()
    here = reverse("actions", args=[submitted.uuid]) + f"#take-{advised[0]}"
    answer = take(owner, submitted, *advised, data={"next": here})
    html = page(owner, submitted, "actions")

    origins = [{key.partition("-")[0] for key in keys} for keys in offered]
    assert origins == [{"rule"}, {"rule"}, {"step"}]
    opens = f"{reverse('plan', args=[submitted.uuid])}#line-{line.uuid}"
    taken = reply["lines"][advised[0]]
    assert reply["count"] == 1
    assert (taken["change"], taken["open"]) == (line_address(submitted, line), opens)
    assert [one["open"] for one in reply["plan"]] == [opens]
    assert answer["Location"] == here
    assert ADVISED.findall(html) == []
    assert html.count("In the plan</strong>") == len(advised) + 1  # and the template of the script
    assert "https" not in take(owner, submitted, data={"next": "https://evil.example/"})["Location"]


def test_plan_stands_beside_the_pages_whose_advice_it_takes(
    owner: Client, submitted: Response, advised: list[str]
) -> None:
    def beside(*name: str) -> str:
        html = owner.get(reverse(name[0], args=[submitted.uuid, *name[1:]])).content.decode()
        return html.partition('<aside class="plan-beside"')[2].partition("</aside>")[0]

    empty = beside("actions")
    take(owner, submitted, advised[0])
    line = PlanLine.objects.get()
    filled = beside("actions")

    open_it = f'href="{reverse("plan", args=[submitted.uuid])}#line-{line.uuid}"'
    assert ("data-nothing-yet>" in empty, open_it in empty, "plan.xlsx" in empty) == (
        True,
        False,
        False,
    )
    assert ("data-nothing-yet hidden>" in filled, open_it in filled) == (True, True)
    assert ("plan.xlsx" in filled, "plan.ics" in filled) == (True, False)
    PlanLine.objects.update(due_date=date(2027, 2, 15), revision=2)
    assert "plan.ics" in beside("subject", "tg")
    assert beside("brief") == beside("meeting") == ""


def test_what_cannot_be_taken_is_said(
    owner: Client, submitted: Response, advised: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def said(key: str) -> str:
        return owner.get(take(owner, submitted, key)["Location"]).content.decode()

    assert "do not lead to this advice" in said("rule-R99")
    monkeypatch.setattr(lock, "MOST_LINES", 0)
    assert "A plan holds 200 lines" in said(advised[0])
    assert PlanLine.objects.count() == 0
