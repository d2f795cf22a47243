from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from assessment.models import Response
from assessment.web.policy import ADMIN, HOLDER, POLICY, ROLES, STAFF, STRANGER, VISITOR, guarded
from tests.factories import ResponseFactory
from tests.web.conftest import granted

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
PARTS = {"section": "tg", "code": "TG2", "secret": "x" * 32, "edition": 1}


def own_patterns() -> list[URLPattern]:
    found = get_resolver().url_patterns
    return [p for p in found if isinstance(p, URLPattern) and "admin" not in str(p.pattern)]


def combinations() -> Iterator[tuple[str, str, str]]:
    for name in POLICY:
        for role in ROLES:
            for method in METHODS:
                yield name, role, method


def address(name: str, response: Response) -> str:
    pattern = next(p for p in own_patterns() if p.name == name)
    known = {**PARTS, "uuid": response.uuid}
    return reverse(name, kwargs={part: known[part] for part in pattern.pattern.converters})


@pytest.fixture
def device(response: Response) -> dict[str, Client]:
    staff = Client()
    staff.force_login(User.objects.create_superuser("ada"))
    return {
        VISITOR: Client(),
        STRANGER: granted(Client(), ResponseFactory()),
        HOLDER: granted(Client(), response),
        STAFF: staff,
    }


def test_every_address_has_a_rule() -> None:
    assert {p.name for p in own_patterns()} == set(POLICY)


def admin_lists() -> list[str]:
    pages = ("changelist", "add")
    names = [f"{m._meta.app_label}_{m._meta.model_name}" for m in admin.site._registry]
    return [reverse(f"admin:{name}_{page}") for name in names for page in pages]


@pytest.mark.parametrize("role", ROLES)
def test_admin_is_for_staff_only(role: str, device: dict[str, Client]) -> None:
    let_in = {device[role].get(path).status_code in (200, 403) for path in admin_lists()}
    sent_away = {device[role].get(path).status_code == 302 for path in admin_lists()}

    assert let_in == {role in ADMIN.roles}
    assert sent_away == {role not in ADMIN.roles}


def test_language_is_set_and_leads_back(client: Client) -> None:
    answer = client.post(reverse("language"), {"language": "en", "next": "/help/"})

    assert answer["Location"] == "/help/"


def test_language_leads_nowhere_else(client: Client) -> None:
    form = {"language": "en", "next": "https://evil.example/"}

    assert client.post(reverse("language"), form)["Location"] == "/"


def test_address_without_rule_does_not_start() -> None:
    with pytest.raises(KeyError):
        guarded("unknown", own_patterns()[0].callback)


@pytest.mark.parametrize("name", list(POLICY))
def test_matrix(name: str, device: dict[str, Client], response: Response) -> None:
    rule, path = POLICY[name], address(name, response)
    wrong = []
    for role in ROLES:
        for method in METHODS:
            status = device[role].generic(method, path).status_code
            allowed = method in rule.methods
            inside = allowed and role in rule.roles
            if (status == 405) is allowed:
                wrong.append((role, method, status))
            if allowed and not inside and status != 404:
                wrong.append((role, method, status))
            if inside and status >= 500:
                wrong.append((role, method, status))
    assert wrong == []


OWN = [name for name, rule in POLICY.items() if rule.roles == {HOLDER}]
OPEN_ONLY = set(OWN) - {"report", "report_pdf", "reopen"}


@pytest.mark.parametrize("name", sorted(OPEN_ONLY))
def test_holder_is_let_in(name: str, device: dict[str, Client], response: Response) -> None:
    method = "GET" if "GET" in POLICY[name].methods else "POST"

    answer = device[HOLDER].generic(method, address(name, response))

    assert answer.status_code in (200, 302)


@pytest.mark.parametrize("name", [n for n, rule in POLICY.items() if rule.personal])
def test_personal_pages_are_never_stored(
    name: str, device: dict[str, Client], response: Response
) -> None:
    method = "GET" if "GET" in POLICY[name].methods else "POST"

    answer = device[HOLDER].generic(method, address(name, response))

    assert set(answer["Cache-Control"].split(", ")) == {"private", "no-store"}
    assert "Cookie" in answer["Vary"]


def test_response_that_was_deleted_is_not_there(holder: Client, response: Response) -> None:
    response.delete()

    assert holder.get(reverse("tasks", args=[response.uuid])).status_code == 404


def test_unknown_and_forbidden_answer_alike(client: Client, response: Response) -> None:
    forbidden = client.get(reverse("tasks", args=[response.uuid]))
    unknown = client.get(reverse("tasks", args=["00000000-0000-4000-8000-000000000000"]))

    assert forbidden.status_code == unknown.status_code == 404
    assert forbidden.content == unknown.content
