"""What a person does with a plan, by its pages and without them."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

from django.test import Client
from django.urls import reverse

from assessment.actions.plans.change import add_line
from assessment.actions.plans.values import LineValues
from assessment.models import PlanLine, Response
from tests.factories import NOW

ADVISED = re.compile(r'name="advice" value="([\w-]+)"')
JSON = {"headers": {"accept": "application/json"}}


def page(client: Client, response: Response, name: str = "plan", *parts: Any, **query: str) -> str:
    answer = client.get(reverse(name, args=[response.uuid, *parts]), query)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def take(client: Client, response: Response, *keys: str, **more: Any) -> Any:
    sent = {"advice": keys, **more.pop("data", {})}
    return client.post(reverse("plan_take", args=[response.uuid]), sent, **more)


def own(response: Response, **given: Any) -> PlanLine:
    values = LineValues(**({"what": "Invite the mayors"} | given))
    return add_line(round=response.round, uuid=uuid4(), values=values, now=NOW)


def line_address(response: Response, line: PlanLine) -> str:
    return reverse("plan_line", args=[response.uuid, line.uuid])
