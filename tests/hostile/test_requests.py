"""Hostile requests to an address of each name, and from each role to some that are drawn.

`manage.py soak --hostile` sends them to every address as each role.
"""

from __future__ import annotations

import time
import traceback
from functools import partial
from random import Random
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from assessment.actions.editions.start_draft import start_draft
from assessment.actions.responses.submit import submit_response
from assessment.web.policy import (
    HOLDER,
    LEADER,
    OWNER,
    STAFF,
    STRANGER,
    VISITOR,
    Role,
)
from tests.factories import NOW, ResponseFactory, SeatFactory, answered
from tests.print_report import print_report
from tests.short_form import drawn
from tests.tables import undone
from tests.web.conftest import granted
from tools.hostile.addresses import (
    Address,
    admin_addresses,
    form_fields,
    is_for_staff,
    site_addresses,
)
from tools.hostile.attacks import Attack, draw_attack, every_field_twice
from tools.hostile.faults import faults_of, leads_away, live_markup
from tools.reply import Reply
from tools.soak.hostile_members import Members
from tools.soak.hostile_run import OF_MEMBERS

if TYPE_CHECKING:
    from collections.abc import Callable

    from assessment.models import Edition, Response

SEED = 20261122
OUR_ADMINISTRATOR = 7_000_001
OTHERS, OF_THE_ADMINISTRATION = 10, 60
ATTACKING = (VISITOR, STRANGER, HOLDER, OWNER, STAFF, LEADER)


@pytest.fixture
def responses(edition: Edition) -> tuple[Response, Response]:
    """An open one and a submitted one, whose PDF is kept."""
    closed = answered(ResponseFactory(), TG2=2, PC1=3)
    submit_response(response=closed, now=NOW)
    closed.refresh_from_db()
    return answered(ResponseFactory(), TG2=2), closed


@pytest.fixture
def members(edition: Edition) -> Members:
    """Of an organisation with rounds; what a request changes of it is undone with the request."""
    return Members(edition)


@pytest.fixture
def devices(
    responses: tuple[Response, Response], members: Members
) -> dict[Role, Callable[[], Client]]:
    """By role, a device as it is before each request: what the last one ended begins again."""
    for pk, name in ((1, "bea"), (OUR_ADMINISTRATOR + 1, "carl")):
        User.objects.create_superuser(name, pk=pk)
    held: dict[Role, tuple[Response, ...]] = {
        OWNER: responses,
        HOLDER: (SeatFactory(),),
        STRANGER: (ResponseFactory(),),
    }

    def new(role: Role) -> Client:
        client = Client(raise_request_exception=False)
        if role == STAFF:
            client.force_login(administrator())
        if role == LEADER:
            client.force_login(members.users[LEADER])
        return granted(client, *held[role]) if role in held else client

    return {role: partial(new, role) for role in ATTACKING}


def administrator() -> User:
    """As she was, whatever she was made to do to herself."""
    rights = {"username": "ada", "is_superuser": True, "is_staff": True, "is_active": True}
    return User.objects.update_or_create(pk=OUR_ADMINISTRATOR, defaults=rights)[0]


@pytest.fixture
def addresses(
    edition: Edition,
    responses: tuple[Response, Response],
    devices: dict[Role, Callable[[], Client]],
    members: Members,
) -> list[Address]:
    """Of each name, and of some in the administration, one with the form that its page sends to
    the one who may see it."""
    start_draft(edition=edition, now=timezone.now())
    print_report(responses[1])
    uuids = [response.uuid for response in responses]
    every = site_addresses(uuids[0], uuids[1], members.secrets) + admin_addresses()
    Random(SEED).shuffle(every)
    one_of_each = list({address.name: address for address in every}.values())
    of_admin = [address for address in one_of_each if address.name.startswith("admin:")]
    taken = [address for address in one_of_each if address not in of_admin]
    taken += drawn(of_admin, OF_THE_ADMINISTRATION)
    for address in taken:
        address.fields = form_of(devices[role_for(address)](), address)
    return taken


def role_for(address: Address) -> Role:
    if is_for_staff(address):
        return STAFF
    return LEADER if address.name in OF_MEMBERS else OWNER


def form_of(client: Client, address: Address) -> dict[str, object]:
    answer = client.get(address.path)
    if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
        return {}
    return form_fields(answer)


def reply_to(client: Client, request: Attack) -> Reply:
    began = time.process_time()
    answer = client.generic(
        request.method,
        "/",
        request.body,
        request.content_type,
        headers=dict(request.headers),
        PATH_INFO=unquote_to_bytes(request.path).decode("latin-1"),
        QUERY_STRING=request.query,
    )
    raised = getattr(answer, "exc_info", None)
    trace = "".join(traceback.format_exception(*raised)) if raised else ""
    seconds = time.process_time() - began
    return Reply(answer.status_code, answer.headers, answer.getvalue(), seconds, trace)


def test_hostile_requests_are_refused(
    addresses: list[Address], devices: dict[Role, Callable[[], Client]]
) -> None:
    random = Random(SEED)
    targets = [(address, role_for(address)) for address in addresses]
    targets += [(random.choice(addresses), role) for role in ATTACKING for _ in range(OTHERS)]
    requests = [(draw_attack(random, address), role) for address, role in targets]
    requests += [
        (every_field_twice(address), OWNER)
        for address in addresses
        if address.fields and not is_for_staff(address)
    ]
    found = []
    for request, role in requests:
        with undone():
            found += faults_of(request, reply_to(devices[role](), request))

    assert found == []


def test_faults_are_seen_and_what_is_none_is_not_accused() -> None:
    """A redirect that leads away, and markup of a request that is live in its answer."""
    away = {
        **dict.fromkeys(("//evil.example/", "/\\evil.example", "https://evil.example/"), True),
        **dict.fromkeys(("\thttps:evil.example", "javascript:articula()"), True),
        **dict.fromkeys(("///evil.example", "http:///evil.example"), True),
        **dict.fromkeys(("", "/help/", "http://testserver/x", "?a=//evil.example"), False),
    }
    live: dict[bytes, bool] = {
        b"<p>&lt;script&gt;articula()&lt;/script&gt;</p>": False,
        b"<p title='articula()'>x</p>": False,
        b"<input value='javascript:articula()'>": False,
        b"<script>articula()</script>": True,
        b"<img src=x onerror='articula()'>": True,
        b"<a href=' JavaScript:articula()'>x</a>": True,
    }

    assert {location: leads_away(location) for location in away} == away
    assert {body: live_markup(body) for body in live} == live
