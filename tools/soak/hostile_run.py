"""Hostile requests over the wire, as each role."""

from __future__ import annotations

import http.client
import time
from importlib import import_module
from random import Random
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import User
from django.utils import timezone

from assessment.actions.editions.start_draft import start_draft
from assessment.models import Edition, Response
from assessment.web.policy import OWNER, ROLES, STAFF, STRANGER, Role
from tools.hostile.addresses import (
    Address,
    admin_addresses,
    form_fields,
    is_for_staff,
    site_addresses,
)
from tools.hostile.attacks import Attack, draw_attack
from tools.hostile.faults import faults_of
from tools.reply import Reply
from tools.server import HOST
from tools.soak.output import MOST_LINES

if TYPE_CHECKING:
    from collections.abc import Mapping

ADMINISTRATOR = 7_000_001
TOKEN = "t" * 32


class Device:
    """Holds what its role holds before every request, whatever the last one ended."""

    def __init__(self, port: int, role: Role, responses: tuple[Response, ...]) -> None:
        self.port, self.role = port, role
        self.grants = {str(response.uuid): response.secret_hash for response in responses}
        self.session: Any = None

    def cookies(self) -> str:
        if self.role == STAFF or self.grants:
            return f"csrf={TOKEN}; session={self._session_key()}"
        return f"csrf={TOKEN}"

    def _session_key(self) -> str:
        if self.session is None or not self.session.exists(self.session.session_key):
            self.session = import_module(settings.SESSION_ENGINE).SessionStore()
            self.session["responses"] = self.grants
            if self.role == STAFF:
                user = restore_administrator()
                self.session[SESSION_KEY] = str(user.pk)
                self.session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
                self.session[HASH_SESSION_KEY] = user.get_session_auth_hash()
            self.session.create()
        return str(self.session.session_key)

    def send(self, attack: Attack) -> Reply:
        connection = http.client.HTTPConnection(HOST, self.port, timeout=60)
        target = f"{attack.path}?{attack.query}" if attack.query else attack.path
        own = {"Cookie": self.cookies(), "X-CSRFToken": TOKEN, "Content-Type": attack.content_type}
        began = time.perf_counter()
        try:
            connection.putrequest(attack.method, target, skip_host="Host" in attack.headers)
            for name, value in {**own, **attack.headers}.items():
                connection.putheader(name, value)
            connection.putheader("Content-Length", str(len(attack.body)))
            connection.endheaders(attack.body)
            answer = connection.getresponse()
            content = answer.read()
        finally:
            connection.close()
        seconds = time.perf_counter() - began
        return Reply(answer.status, dict(answer.getheaders()), content, seconds)


def restore_administrator() -> User:
    """As she was, whatever she was made to do to herself."""
    rights = {"username": "soak", "is_superuser": True, "is_staff": True, "is_active": True}
    return User.objects.update_or_create(pk=ADMINISTRATOR, defaults=rights)[0]


def hostile_run(port: int, responses: tuple[Response, Response], number: int, seed: int) -> int:
    """How many of `number` requests a role were answered as they must not be."""
    User.objects.create_superuser("first", pk=1)
    User.objects.create_superuser("last", pk=ADMINISTRATOR + 1)
    edition = Edition.objects.current()
    if edition is not None:
        start_draft(edition=edition, now=timezone.now())
    held = {OWNER: responses, STRANGER: tuple(Response.objects.filter(round__demo=True))}
    devices = {role: Device(port, role, held.get(role, ())) for role in ROLES}
    addresses = _addresses(devices, responses)
    random, count = Random(seed), 0
    for _ in range(number):
        for role in ROLES:
            restore_administrator()
            attack = draw_attack(random, random.choice(addresses))
            faults = faults_of(attack, devices[role].send(attack))
            count += len(faults)
            for fault in faults if count <= MOST_LINES else ():
                print(f"  {role.name} of {role.object}: {fault}")
    return count


def _addresses(
    devices: Mapping[Role, Device], responses: tuple[Response, Response]
) -> list[Address]:
    addresses = site_addresses(*(response.uuid for response in responses)) + admin_addresses()
    for address in addresses:
        role = STAFF if is_for_staff(address) else OWNER
        reply = devices[role].send(Attack(address.name, "GET", address.path))
        if reply.status == 200 and reply.headers.get("Content-Type", "").startswith("text/html"):
            address.fields = form_fields(reply)
    return addresses
