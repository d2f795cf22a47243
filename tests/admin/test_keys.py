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

from assessment.models import (
    Edition,
    EditionLanguage,
    Logo,
    OfferedLanguage,
    Organisation,
    OutgoingMail,
    RecordEntry,
    Site,
    Translation,
)
from assessment.models.bank import PART_MODELS
from tests.admin.form_data import undrawn
from tests.admin.small_bank import add_advice
from tests.admin.test_groups import GROUPS, OF_EDITION, member
from tests.factories import NOW, ResponseFactory, ResultFactory
from tests.short_form import drawn

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
    Site.objects.create(pk=1)
    OfferedLanguage.objects.create(language="qu", interface="en")
    Organisation.objects.create(name="Institute", created_at=NOW)
    OutgoingMail.objects.create(created_at=NOW, due_at=NOW)
    RecordEntry.objects.create(at=NOW, act="signed_in", target_kind="user", target_key="1")
    Logo.objects.create(position=1, content=b"", digest="0" * 64, width=1, height=1)
    return {route: first_key(name, route) for name, route in routes()}


def without_rights() -> Client:
    client = Client()
    client.force_login(User.objects.create_user("nobody", is_staff=True))
    return client


def told_apart(
    client: Client, method: str, route: str, existing: str, *keys: str
) -> list[str] | None:
    """The keys of no row that are answered otherwise than a row is; None if its page opens."""
    refused = answer(client, method, route, existing)
    if refused[0] < 400:
        return None
    return [key for key in keys if answer(client, method, route, key) != refused]


@pytest.mark.no_cover
def test_row_that_does_not_exist_is_refused_like_one_that_does(pages: dict[str, str]) -> None:
    """To one who may open no page at all, and to the first of the groups that may not open it."""
    nobody, groups = without_rights(), [member(group) for group in GROUPS]
    every = [(method, route, pages[route]) for method in ("GET", "POST") for route in pages]
    tried = drawn(every, 100)
    told: dict[tuple[str, ...], list[str] | None] = {}
    with undrawn():
        for method, route, existing in tried:
            keys = (NO_ROW, *(NO_KEYS if method == "GET" and "<path:object_id>" in route else ()))
            told[method, route] = told_apart(nobody, method, route, existing, *keys)
            found = (told_apart(client, method, route, existing, NO_ROW) for client in groups)
            told[method, route, "group"] = next((keys for keys in found if keys is not None), None)

    models = {model for route in pages for model in route.split("/")[1:2]}
    assert models >= {model._meta.model_name for model in admin.site._registry}
    assert {place: keys for place, keys in told.items() if keys} == {}
