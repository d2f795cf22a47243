"""Hostile requests over the wire, as each role."""

from __future__ import annotations

import http.client
import time
from collections import Counter
from importlib import import_module
from random import Random
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import User
from django.urls import reverse

from assessment.models import Counter as Counted
from assessment.web.policy import (
    HOLDER,
    HOLDERS,
    OF_ORGANISATIONS,
    OWNER,
    POLICY,
    ROLES,
    STAFF,
    Role,
)
from tools.hostile.addresses import (
    Address,
    admin_addresses,
    form_fields,
    site_addresses,
)
from tools.hostile.attacks import Attack, draw_attack
from tools.hostile.faults import faults_of
from tools.reply import Reply
from tools.server import HOST
from tools.soak.hostile_people import (
    ADMINISTRATOR,
    People,
    published_edition,
    restore_administrator,
)
from tools.soak.output import MOST_LINES, print_figure

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from assessment.models import Response

TOKEN = "t" * 32
ATTACKING = tuple(role for role in ROLES if role not in OF_ORGANISATIONS)
LOOK_ANEW = 1000
"""After so many requests as each role: which rows staff left, and whether all are let in still."""
NO_ANSWER = 599
OF_RESPONSES = {name for name, rule in POLICY.items() if rule.roles <= HOLDERS}


class Device:
    """Holds what its role holds before every request, whatever the last one ended."""

    def __init__(self, port: int, role: Role, responses: tuple[Response, ...]) -> None:
        self.port, self.role, self.responses = port, role, responses
        self.grants = {str(response.uuid): response.secret_hash for response in responses}
        self.session: Any = None

    def cookies(self) -> str:
        if self.role == STAFF or self.grants:
            return f"csrf={TOKEN}; session={self._session_key()}"
        return f"csrf={TOKEN}"

    def _session_key(self) -> str:
        """Of a session that holds all of it: requests take accounts and grants out of one."""
        held = self.session and type(self.session)(self.session.session_key)
        if not held or held.get("responses") != self.grants or self._signed_out(held):
            self.session = import_module(settings.SESSION_ENGINE).SessionStore()
            self.session["responses"] = self.grants
            if self.role == STAFF:
                user = restore_administrator()
                self.session["account_authentication_methods_user"] = str(user.pk)
                self.session["account_authentication_methods"] = [{"method": "mfa", "at": 0}]
                self.session[SESSION_KEY] = str(user.pk)
                self.session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
                self.session[HASH_SESSION_KEY] = user.get_session_auth_hash()
            self.session.create()
        return str(self.session.session_key)

    def _signed_out(self, held: Any) -> bool:
        return self.role == STAFF and SESSION_KEY not in held

    def send(self, attack: Attack) -> Reply:
        """With status 599 where the connection ended without an answer."""
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
        except (OSError, http.client.HTTPException) as error:
            return Reply(NO_ANSWER, {}, b"", time.perf_counter() - began, repr(error))
        finally:
            connection.close()
        seconds = time.perf_counter() - began
        return Reply(answer.status, dict(answer.getheaders()), content, seconds)

    def is_let_in(self) -> bool:
        """Its own page is there for it, as for nobody who holds less."""
        paths = [reverse("tasks", args=[one.uuid]) for one in self.responses[:1]]
        path = reverse("admin:index") if self.role == STAFF else (paths or ["/"])[0]
        return self.send(Attack("own page", "GET", path)).status == 200


class HostileRun:
    """`faults` counts what was answered as it must not be, `seen` the answers by role and class."""

    def __init__(self, port: int, seed: int) -> None:
        self.random, self.faults, self.seen = Random(seed), 0, Counter[tuple[str, int]]()
        self.people = People()
        self.devices = {
            role: Device(port, role, self.people.held.get(role, ())) for role in ATTACKING
        }

    def send(self, number: int) -> None:
        for done in range(number):
            if done % LOOK_ANEW == 0:
                pages = self._look_anew()
                print_figure("hostile requests so far, wrong", f"{done}, {self.faults}")
            for role in ATTACKING:
                self._attack(role, pages)
        self._look_anew()

    def _look_anew(self) -> Mapping[Role, Sequence[Address]]:
        """What each role may reach, every address with its form."""
        self._make_ready()
        for role, device in self.devices.items():
            if not device.is_let_in():
                self._tell(role, "does not reach its own page")
        seat, *_ = self.people.held[HOLDER]
        site = self._with_forms(OWNER, site_addresses(*self._uuids(OWNER)))
        own = self._with_forms(HOLDER, site_addresses(seat.uuid, seat.uuid))
        admin = self._with_forms(STAFF, admin_addresses())
        for_all = [one for one in site if one.name not in OF_RESPONSES]
        others = dict.fromkeys(ROLES, site)
        return {**others, HOLDER: [*own, *for_all], STAFF: [*admin, *for_all]}

    def _uuids(self, role: Role) -> list[UUID]:
        return [response.uuid for response in self.people.held[role]]

    def _with_forms(self, role: Role, addresses: list[Address]) -> list[Address]:
        for address in addresses:
            reply = self.devices[role].send(Attack(address.name, "GET", address.path))
            kind = reply.headers.get("Content-Type", "")
            if reply.status == 200 and kind.startswith("text/html"):
                address.fields = form_fields(reply)
        return addresses

    def _make_ready(self) -> None:
        """Limits are shown elsewhere; here every request meets the page and not a limit."""
        Counted.objects.all().delete()
        restore_administrator()
        published_edition()
        self.people.put_back()

    def _attack(self, role: Role, pages: Mapping[Role, Sequence[Address]]) -> None:
        """Mostly where the role may go, one time in ten where another may."""
        whose = role if self.random.random() < 0.9 else self.random.choice(ATTACKING)
        attack = draw_attack(self.random, self.random.choice(pages[whose]))
        reply = self.devices[role].send(attack)
        self.seen[f"{role.name} of {role.object}", reply.status // 100] += 1
        for fault in faults_of(attack, reply):
            self._tell(role, fault)
        if attack.method not in {"GET", "HEAD"} and reply.status < 400:
            self._make_ready()

    def _tell(self, role: Role, fault: str) -> None:
        self.faults += 1
        if self.faults <= MOST_LINES:
            print(f"  {role.name} of {role.object}: {fault}")


def hostile_run(port: int, number: int, seed: int) -> int:
    """How many of `number` requests a role were answered as they must not be."""
    User.objects.create_superuser("first", pk=1)
    User.objects.create_superuser("last", pk=ADMINISTRATOR + 1)
    run = HostileRun(port, seed)
    run.send(number)
    for (role, hundred), answers in sorted(run.seen.items()):
        print_figure(f"{role}: {hundred}xx", answers)
    return run.faults
