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

from assessment.actions.drafts import start_draft
from assessment.models import Edition, Response
from assessment.web.policy import HOLDER, ROLES, STAFF, STRANGER
from tools.hostile.addresses import Place, admin_places, form_fields, is_for_staff, site_places
from tools.hostile.attacks import Attack, attack
from tools.hostile.faults import Reply, faults
from tools.server import HOST
from tools.soak.visitor import Told

if TYPE_CHECKING:
    from collections.abc import Mapping

ADMINISTRATOR = 7_000_001
TOKEN = "t" * 32
MOST_TOLD = 20


class Device:
    """Holds what its role holds before every request, whatever the last one ended."""

    def __init__(self, port: int, role: str, held: Mapping[str, tuple[Response, ...]]) -> None:
        self.port, self.role = port, role
        self.held = {str(made.uuid): made.secret_hash for made in held.get(role, ())}
        self.session: Any = None

    def cookies(self) -> str:
        if self.role == STAFF or self.held:
            return f"csrf={TOKEN}; session={self._session_key()}"
        return f"csrf={TOKEN}"

    def _session_key(self) -> str:
        if self.session is None or not self.session.exists(self.session.session_key):
            self.session = import_module(settings.SESSION_ENGINE).SessionStore()
            self.session["responses"] = self.held
            if self.role == STAFF:
                user = administrator()
                self.session[SESSION_KEY] = str(user.pk)
                self.session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
                self.session[HASH_SESSION_KEY] = user.get_session_auth_hash()
            self.session.create()
        return str(self.session.session_key)

    def send(self, request: Attack) -> Reply:
        connection = http.client.HTTPConnection(HOST, self.port, timeout=60)
        target = f"{request.path}?{request.query}" if request.query else request.path
        own = {"Cookie": self.cookies(), "X-CSRFToken": TOKEN, "Content-Type": request.content_type}
        began = time.perf_counter()
        try:
            connection.putrequest(request.method, target, skip_host="Host" in request.headers)
            for name, value in {**own, **request.headers}.items():
                connection.putheader(name, value)
            connection.putheader("Content-Length", str(len(request.body)))
            connection.endheaders(request.body)
            answer = connection.getresponse()
            body = answer.read()
        finally:
            connection.close()
        return Reply(answer.status, dict(answer.getheaders()), body, time.perf_counter() - began)


def administrator() -> User:
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
    demo = Response.objects.filter(demo=True)
    held = {HOLDER: responses, STRANGER: tuple(demo)}
    devices = {role: Device(port, role, held) for role in ROLES}
    places = _places(devices, responses)
    random, found = Random(seed), 0
    for _ in range(number):
        for role in ROLES:
            administrator()
            request = attack(random, random.choice(places))
            told = faults(request, devices[role].send(request))
            found += len(told)
            for line in told if found <= MOST_TOLD else ():
                print(f"  {role}: {line}")  # noqa: T201 -- the command speaks by it
    return found


def _places(devices: Mapping[str, Device], responses: tuple[Response, Response]) -> list[Place]:
    places = site_places(*(response.uuid for response in responses)) + admin_places()
    for place in places:
        role = STAFF if is_for_staff(place) else HOLDER
        reply = devices[role].send(Attack(place.name, "GET", place.path))
        if reply.status == 200 and reply.headers.get("Content-Type", "").startswith("text/html"):
            place.fields = form_fields(Told(reply.status, {}, reply.body))
    return places
