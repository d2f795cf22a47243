from __future__ import annotations

from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from assessment.actions.responses.submit import submit_response
from assessment.actions.rounds.close import close_round
from assessment.models import Answer, Edition, Response, Result, Round, Scheme
from assessment.web.policy import (
    ADMIN,
    HOLDER,
    OWNER,
    POLICY,
    ROLES,
    STAFF,
    STRANGER,
    VISITOR,
    Permission,
    Role,
    guarded,
)
from tests.factories import NOW, ResponseFactory, SeatFactory, answered
from tests.web.conftest import granted

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
PARTS = {"section": "tg", "code": "TG2", "secret": "x" * 32, "edition": 1}


def own_patterns() -> list[URLPattern]:
    found = get_resolver().url_patterns
    return [p for p in found if isinstance(p, URLPattern) and "admin" not in str(p.pattern)]


def address(name: str, response: Response) -> str:
    pattern = next(p for p in own_patterns() if p.name == name)
    known = {**PARTS, "uuid": response.uuid}
    return reverse(name, kwargs={part: known[part] for part in pattern.pattern.converters})


@pytest.fixture
def seat(edition: Edition) -> Response:
    """An open response of a round of several."""
    made: Response = SeatFactory()
    return made


@pytest.fixture
def device(response: Response, seat: Response) -> dict[Role, Client]:
    staff = Client()
    staff.force_login(User.objects.create_superuser("ada"))
    return {
        VISITOR: Client(),
        STRANGER: granted(Client(), ResponseFactory()),
        HOLDER: granted(Client(), seat),
        OWNER: granted(Client(), response),
        STAFF: staff,
    }


def objects(role: Role, response: Response, seat: Response) -> tuple[Response, ...]:
    """The responses that somebody of this role asks for: of one alone, of one among several."""
    return {OWNER: (response,), HOLDER: (seat,)}.get(role, (response, seat))


def test_every_address_has_a_rule() -> None:
    assert {p.name for p in own_patterns()} == set(POLICY)


def admin_lists() -> list[str]:
    pages = ("changelist", "add")
    names = [f"{m._meta.app_label}_{m._meta.model_name}" for m in admin.site._registry]
    return [reverse(f"admin:{name}_{page}") for name in names for page in pages]


@pytest.mark.parametrize("role", ROLES)
def test_admin_is_for_staff_only(role: Role, device: dict[Role, Client]) -> None:
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
def test_matrix(name: str, device: dict[Role, Client], response: Response, seat: Response) -> None:
    asked = [
        (role, method, address(name, one))
        for role in ROLES
        for one in objects(role, response, seat)
        for method in METHODS
    ]

    statuses = [(*row, device[row[0]].generic(*row[1:]).status_code) for row in asked]

    assert [row for row in statuses if is_wrong(POLICY[name], row[0], row[1], row[-1])] == []


def stored() -> list[list[dict[str, Any]]]:
    tables = (Response, Answer, Round, Result, Scheme, Edition)
    return [list(table.objects.order_by("pk").values()) for table in tables]


def test_reading_changes_nothing(device: dict[Role, Client], response: Response) -> None:
    before = stored()
    pages = [name for name, rule in POLICY.items() if "GET" in rule.methods]

    statuses = {device[OWNER].get(address(name, response)).status_code for name in pages}

    assert statuses <= {200, 302, 404}
    assert stored() == before


def is_wrong(rule: Permission, role: Role, method: str, status: int) -> bool:
    if method not in rule.methods:
        return status != 405
    return status in {405, 500} if role in rule.roles else status != 404


def test_no_role_does_what_only_others_may() -> None:
    assert {name for name, rule in POLICY.items() if rule.roles == {OWNER}} == {"profile", "reopen"}
    assert {name for name, rule in POLICY.items() if rule.roles == {STAFF}} == {"preview"}


@pytest.mark.parametrize("name", [name for name, rule in POLICY.items() if OWNER in rule.roles])
def test_json_is_answered_where_the_policy_says_so(
    name: str, client: Client, response: Response
) -> None:
    method = "POST" if "POST" in POLICY[name].methods else "GET"

    refused = client.generic(method, address(name, response))

    assert refused["Content-Type"].startswith("application/json") is POLICY[name].json


OF_RESPONSE = {name for name, rule in POLICY.items() if rule.roles == {HOLDER, OWNER}}
OPEN_ONLY = OF_RESPONSE - {"report", "report_pdf"}


@pytest.mark.parametrize("name", sorted(OPEN_ONLY))
def test_holder_is_let_in(
    name: str, device: dict[Role, Client], response: Response, seat: Response
) -> None:
    method = "GET" if "GET" in POLICY[name].methods else "POST"

    alone = device[OWNER].generic(method, address(name, response))
    among_several = device[HOLDER].generic(method, address(name, seat))

    assert {alone.status_code, among_several.status_code} <= {200, 302}


@pytest.mark.parametrize("name", [n for n, rule in POLICY.items() if rule.personal])
def test_personal_pages_are_never_stored(
    name: str, device: dict[Role, Client], response: Response
) -> None:
    method = "GET" if "GET" in POLICY[name].methods else "POST"

    answer = device[OWNER].generic(method, address(name, response))

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


def test_round_that_closed_before_somebody_submitted_says_so(
    device: dict[Role, Client], seat: Response
) -> None:
    close_round(round=seat.round, now=NOW)

    page = device[HOLDER].get(address("tasks", seat))
    sent = device[HOLDER].post(address("page", seat), {"TG2-note": "As agreed."})
    saved = device[HOLDER].post(address("answer", seat), {"TG2": "1"})

    assert (page.status_code, b"This round is closed" in page.content) == (410, True)
    assert (sent.status_code, b"As agreed." in sent.content) == (410, True)
    assert (saved.status_code, saved.json()["errors"]) == (
        410,
        ["This round takes no more answers."],
    )


def test_confirmation_among_several_offers_no_report_and_no_reopening(
    device: dict[Role, Client], seat: Response
) -> None:
    submit_response(response=answered(seat, TG2=1), now=NOW)

    html = device[HOLDER].get(address("confirmation", seat)).content.decode()

    assert [name for name in ("report", "reopen") if address(name, seat) in html] == []
    assert device[HOLDER].get(address("report", seat)).status_code == 404
