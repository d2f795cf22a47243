"""Who may not open a page cannot tell which rows there are: every page whose address has a key."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import URLResolver, reverse

from assessment.models import Edition, EditionLanguage, Translation
from assessment.models.bank import PART_MODELS
from tests.admin.small_bank import add_advice
from tests.admin.test_groups import GROUPS, OF_EDITION, member
from tests.factories import NOW, ResponseFactory, ResultFactory

if TYPE_CHECKING:
    from collections.abc import Iterator

KEY = re.compile(r"<(?:path:object_id|int:pk|id)>")
OTHER_PARTS = {
    "<int:entry>": "1",
    "<slug:kind>": "zip",
    "<path:code>": "TG1",
    "<uuid:key>": "00000000-0000-4000-8000-000000000000",
}
NO_ROW, NO_KEYS = "999999999", ("x", "9" * 40)


def routes(patterns: Any = None, before: str = "") -> Iterator[tuple[str, str]]:
    """Name and route of each page below /admin/ that takes the key of a row."""
    for pattern in admin.site.urls[0] if patterns is None else patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, route)
        elif KEY.search(route):
            yield str(pattern.name), route


def first_key(name: str, route: str) -> str:
    """Of the row whose page it is; the page that leads to any row is tried with an edition."""
    app, model = route.split("/")[:2]
    if name.endswith(OF_EDITION) or app == "r":
        return str(Edition.objects.order_by("pk")[0].pk)
    rows = ContentType.objects.get_by_natural_key(app, model).model_class()
    return str(rows._base_manager.order_by("pk")[0].pk)  # type: ignore[union-attr]


def address(route: str, key: str) -> str:
    content_type = str(ContentType.objects.get_for_model(Edition).pk)
    for part, value in OTHER_PARTS.items():
        route = route.replace(part, value)
    return reverse("admin:index") + KEY.sub(
        key, route.replace("<path:content_type_id>", content_type)
    )


def answer(client: Client, method: str, route: str, key: str) -> tuple[int, str]:
    """The status and where it leads to, as if the key were another one."""
    found = client.generic(method, address(route, key))
    return found.status_code, found.get("Location", "").replace(key, "KEY")


@pytest.fixture
def pages(draft: Edition) -> dict[str, str]:
    """A page and the key of a row that it has."""
    EditionLanguage.objects.create(edition=draft, language="es")
    Translation.objects.create(edition=draft, language="es", code="TG1", updated_at=NOW)
    add_advice(draft)
    for part in PART_MODELS:
        part.objects.exists() or part.objects.create(edition=draft, code="x")
    ResponseFactory(edition=draft)
    ResultFactory(edition=draft)
    User.objects.create_user("somebody")
    return {route: first_key(name, route) for name, route in routes()}


def without_rights() -> Client:
    client = Client()
    client.force_login(User.objects.create_user("nobody", is_staff=True))
    return client


def test_row_that_does_not_exist_is_refused_like_one_that_does(pages: dict[str, str]) -> None:
    people = {"nobody": without_rights()} | {group: member(group) for group in GROUPS}
    told = [
        (who, method, route, key)
        for who, client in people.items()
        for method in ("GET", "POST")
        for route, existing in pages.items()
        if (found := answer(client, method, route, existing))[0] >= 400
        for key in (NO_ROW, *(NO_KEYS if "<path:object_id>" in route else ()))
        if answer(client, method, route, key) != found
    ]

    models = {model for route in pages for model in route.split("/")[1:2]}
    assert models >= {model._meta.model_name for model in admin.site._registry}
    assert told == []
