"""How many queries each list asks, for one who writes and one who reads, whatever stands in it."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessment.models import Dimension, Edition, EditionLanguage, Question, Rule, Source, Term
from tests.admin.small_bank import freeze, make_edition, profile_question
from tests.admin.test_groups import member
from tests.factories import ResponseFactory

pytestmark = pytest.mark.no_cover
MOST = 10
LISTS = [model for model in admin.site._registry if model._meta.app_label == "assessment"]
PARTS = [model for model in LISTS if "code" in {f.name for f in model._meta.fields}]
FILTERED = [{"missing": "all"}, {"missing": "es"}, {"used": "no"}, {"q": "a b"}]


def address(model: Any) -> str:
    return reverse(f"admin:assessment_{model._meta.model_name}_changelist")


@pytest.fixture(autouse=True)
def warmed(draft: Edition) -> None:
    """What a process keeps from its first request on is asked for before anything is counted."""
    client = Client()
    client.force_login(User.objects.create_superuser("ada"))
    for model in LISTS:
        client.get(address(model))


def asked(client: Client, where: str, **query: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        client.get(where, query)
    return len(queries)


def all_asked(client: Client) -> dict[str, int]:
    return {model.__name__: asked(client, address(model)) for model in LISTS}


def grow(edition: Edition, numbers: range) -> None:
    """One more row of each kind a number, each rule and question in a dimension of its own."""
    for n in numbers:
        own = Dimension.objects.create(edition=edition, code=f"D{n}", advice=[], position=n)
        Rule.objects.create(edition=edition, code=f"X{n}", priority=n + 1, dimension=own)
        Question.objects.create(edition=edition, code=f"Q{n}", dimension=own)
        Source.objects.create(edition=edition, code=f"S{n}")
        Term.objects.create(edition=edition, code=f"T{n}")
        EditionLanguage.objects.create(edition=edition, language=("es", "fr", "pt")[n])
        freeze(make_edition(f"Other {n}"), number=n + 1)
        profile_question(edition, ("arrangement", "programmes", "tier")[n])
        ResponseFactory.create(edition=edition)


def test_lists_ask_as_much_for_three_rows_as_for_one(draft: Edition) -> None:
    grow(draft, range(1))
    people = {group: member(group) for group in ("Content editor", "Auditor")}
    one = {group: all_asked(client) for group, client in people.items()}

    grow(draft, range(1, 3))

    assert {group: all_asked(client) for group, client in people.items()} == one
    assert [asked for asked in one.values() if max(asked.values()) > MOST] == []


def test_filtered_lists_ask_no_more(draft: Edition) -> None:
    EditionLanguage.objects.create(edition=draft, language="es")
    people = {group: member(group) for group in ("Content editor", "Auditor")}

    most = {
        (group, model.__name__, str(query)): asked(client, address(model), **query)
        for group, client in people.items()
        for model in PARTS
        for query in FILTERED
    }

    assert {place: number for place, number in most.items() if number > MOST} == {}


def test_list_of_a_thousand_asks_no_more(draft: Edition) -> None:
    own = draft.dimension_set.get(code="TG")
    EditionLanguage.objects.create(edition=draft, language="es")
    editor = member("Content editor")
    for model, more in ((Question, {}), (Rule, {"priority": 1})):
        many: Any = model
        many.objects.bulk_create(
            many(edition=draft, code=f"X{n}", position=n, dimension=own, **more)
            for n in range(1000)
        )

        assert asked(editor, address(model), missing="es") <= MOST
