"""Hostile requests over the wire, as each role."""

from __future__ import annotations

import http.client
import time
from collections import Counter
from functools import partial
from importlib import import_module
from random import Random
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import User
from django.urls import reverse

from assessment.models import Counter as Counted
from assessment.web.policy import (
    ACCOUNT,
    FACILITATOR,
    HOLDER,
    HOLDERS,
    LEADER,
    MEMBERS,
    OWNER,
    POLICY,
    ROLES,
    STAFF,
    VIEWER,
    Role,
)
from tools.hostile.addresses import (
    ORGANISATION,
    Address,
    admin_addresses,
    form_fields,
    site_addresses,
)
from tools.hostile.attacks import Attack, draw_attack
from tools.hostile.faults import faults_of
from tools.reply import Reply
from tools.server import HOST
from tools.soak.hostile_members import Members
from tools.soak.hostile_people import (
    ADMINISTRATOR,
    People,
    published_edition,
    restore_administrator,
)
from tools.soak.output import MOST_LINES, print_figure

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from uuid import UUID

    from assessment.models import Response
    from tools.server import Server

TOKEN = "t" * 32
LOOK_ANEW = 1000
"""After so many requests as each role: which rows staff left, and whether all are let in still."""
NO_ANSWER, LONGEST_WAIT = 599, 60
OF_RESPONSES = {name for name, rule in POLICY.items() if rule.roles and rule.roles <= HOLDERS}
OF_MEMBERS = {name for name, rule in POLICY.items() if rule.roles and rule.roles <= MEMBERS}
OF_ACCOUNTS = {name for name, rule in POLICY.items() if rule.sign_in}


class Device:
    """Holds what its role holds before every request, whatever the last one ended."""

    def __init__(
        self,
        server: Server,
        role: Role,
        responses: tuple[Response, ...],
        user: Callable[[], User] | None,
    ) -> None:
        self.server, self.role, self.responses, self.user = server, role, responses, user
        self.grants = {str(response.uuid): response.secret_hash for response in responses}
        self.session: Any = None

    def cookies(self) -> str:
        if self.user or self.grants:
            return f"csrf={TOKEN}; session={self._session_key()}"
        return f"csrf={TOKEN}"

    def _session_key(self) -> str:
        """Of a session that holds all of it: requests take accounts and grants out of one."""
        held = self.session and type(self.session)(self.session.session_key)
        if not held or held.get("responses") != self.grants or self._signed_out(held):
            self.session = import_module(settings.SESSION_ENGINE).SessionStore()
            self.session["responses"] = self.grants
            if self.user:
                user = self.user()
                self.session["account_authentication_methods_user"] = str(user.pk)
                self.session["account_authentication_methods"] = [{"method": "mfa", "at": 0}]
                self.session[SESSION_KEY] = str(user.pk)
                self.session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
                self.session[HASH_SESSION_KEY] = user.get_session_auth_hash()
            self.session.create()
        return str(self.session.session_key)

    def _signed_out(self, held: Any) -> bool:
        return self.user is not None and SESSION_KEY not in held

    def send(self, attack: Attack) -> Reply:
        """With status 599 where the connection ended without an answer, or none came in a minute.

        Its seconds are those that the site needed of the processor: by the clock the work of others
        on the machine would count.
        """
        connection = http.client.HTTPConnection(HOST, self.server.port, timeout=LONGEST_WAIT)
        target = f"{attack.path}?{attack.query}" if attack.query else attack.path
        own = {"Cookie": self.cookies(), "X-CSRFToken": TOKEN, "Content-Type": attack.content_type}
        began = self._seconds()
        try:
            connection.putrequest(attack.method, target, skip_host="Host" in attack.headers)
            for name, value in {**own, **attack.headers}.items():
                connection.putheader(name, value)
            connection.putheader("Content-Length", str(len(attack.body)))
            connection.endheaders(attack.body)
            answer = connection.getresponse()
            content = answer.read()
        except (OSError, http.client.HTTPException) as error:
            return Reply(NO_ANSWER, {}, b"", self._seconds() - began, repr(error))
        finally:
            connection.close()
        seconds = self._seconds() - began
        return Reply(answer.status, dict(answer.getheaders()), content, seconds)

    def _seconds(self) -> float:
        used = self.server.processor_seconds()
        return time.perf_counter() if used is None else used

    def is_let_in(self) -> bool:
        """Its own page is there for it, as for nobody who holds less."""
        return self.send(Attack("own page", "GET", self._own_page())).status == 200

    def _own_page(self) -> str:
        if self.responses:
            return reverse("tasks", args=[self.responses[0].uuid])
        if self.role in {VIEWER, FACILITATOR, LEADER}:
            return reverse("organisation", args=[ORGANISATION])
        if self.user:
            return reverse("admin:index" if self.role == STAFF else "account")
        return "/"


class HostileRun:
    """`faults` counts what was answered as it must not be, `seen` the answers by role and class."""

    def __init__(self, server: Server, seed: int) -> None:
        self.random, self.faults, self.seen = Random(seed), 0, Counter[tuple[str, int]]()
        self.people = People()
        self.members = Members(published_edition())
        users: dict[Role, Callable[[], User]] = {STAFF: restore_administrator}
        for role, user in self.members.users.items():
            users[role] = partial(User.objects.get, pk=user.pk)
        self.devices = {
            role: Device(server, role, self.people.held.get(role, ()), users.get(role))
            for role in ROLES
        }

    def send(self, number: int) -> None:
        for done in range(number):
            if done % LOOK_ANEW == 0:
                pages = self._look_anew()
                print_figure("hostile requests so far, wrong", f"{done}, {self.faults}")
            for role in ROLES:
                self._attack(role, pages)
        self._look_anew()

    def _look_anew(self) -> Mapping[Role, Sequence[Address]]:
        """What each role may reach, every address with its form."""
        self._make_ready()
        for role, device in self.devices.items():
            if not device.is_let_in():
                self._tell(role, "does not reach its own page")
        seat, *_ = self.people.held[HOLDER]
        every = site_addresses(*self._uuids(), self.members.secrets)
        members = self._with_forms(LEADER, [one for one in every if one.name in OF_MEMBERS])
        accounts = self._with_forms(ACCOUNT, [one for one in every if one.name in OF_ACCOUNTS])
        apart = OF_MEMBERS | OF_ACCOUNTS
        site = self._with_forms(OWNER, [one for one in every if one.name not in apart])
        own = self._with_forms(HOLDER, site_addresses(seat.uuid, seat.uuid))
        admin = self._with_forms(STAFF, admin_addresses())
        for_all = [one for one in site if one.name not in OF_RESPONSES]
        of_members = [*members, *accounts, *for_all]
        special = {
            **dict.fromkeys((VIEWER, FACILITATOR, LEADER), of_members),
            ACCOUNT: [*accounts, *for_all],
            HOLDER: [*own, *for_all],
            STAFF: [*admin, *accounts, *for_all],
        }
        return {role: special.get(role, [*site, *members, *accounts]) for role in ROLES}

    def _uuids(self) -> tuple[UUID, UUID]:
        """Of the response that can be changed, and of the one that cannot."""
        return self.people.still_open.uuid, self.people.closed.uuid

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
        self.members.put_back()

    def _attack(self, role: Role, pages: Mapping[Role, Sequence[Address]]) -> None:
        """Mostly where the role may go, one time in ten where another may."""
        whose = role if self.random.random() < 0.9 else self.random.choice(ROLES)
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


def hostile_run(server: Server, number: int, seed: int) -> int:
    """How many of `number` requests a role were answered as they must not be."""
    User.objects.create_superuser("first", pk=1)
    User.objects.create_superuser("last", pk=ADMINISTRATOR + 1)
    run = HostileRun(server, seed)
    run.send(number)
    for (role, hundred), answers in sorted(run.seen.items()):
        print_figure(f"{role}: {hundred}xx", answers)
    return run.faults
