"""A person with a browser: starts, saves, submits, and keeps account of what she was told."""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from tools.html_page import filled
from tools.server import HOST

if TYPE_CHECKING:
    from collections.abc import Mapping

FORM = "application/x-www-form-urlencoded"
LONGEST_WAIT = 60


@dataclass(frozen=True, slots=True)
class Told:
    status: int
    headers: Mapping[str, str]
    content: bytes


@dataclass(frozen=True, slots=True)
class Held:
    """An answer as its person was told that it is saved."""

    value: int
    note: str
    revision: int


@dataclass
class Visitor:
    port: int
    random: Random
    codes: tuple[str, ...]
    section: str
    cookies: dict[str, str] = field(default_factory=dict)
    address: str = ""
    token: str = ""
    held: dict[str, Held] = field(default_factory=dict)
    sending: dict[str, Held] = field(default_factory=dict)
    acknowledged: int = 0
    saves: int = 0
    saved_at: float = 0
    unanswered: int = 0
    refusals: list[int] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    account: threading.Lock = field(default_factory=threading.Lock)

    def ask(self, method: str, path: str, form: Mapping[str, object] | None = None) -> Told:
        connection = http.client.HTTPConnection(HOST, self.port, timeout=LONGEST_WAIT)
        body = urlencode(form, doseq=True) if form is not None else None
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        try:
            connection.request(method, path, body, {"Content-Type": FORM, "Cookie": cookies})
            answer = connection.getresponse()
            told = Told(answer.status, dict(answer.getheaders()), answer.read())
        finally:
            connection.close()
        for line in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        return told

    def begin(self) -> None:
        form = filled(self.ask("GET", "/begin/"))
        self.token = str(form["csrfmiddlewaretoken"])
        told = self.insist("/begin/", form)
        self.address = told.headers["Location"].removesuffix("link/")

    def save(self) -> None:
        """One answer as it is given, or a whole page."""
        whole = self.random.random() < 0.3
        codes = self.codes if whole else (self.random.choice(self.codes),)
        with self.account:
            self.sending = {code: self._new(code) for code in codes}
        form: dict[str, object] = {"csrfmiddlewaretoken": self.token}
        for code, new in self.sending.items():
            form |= {code: new.value, f"{code}-note": new.note}
            form[f"{code}-revision"] = new.revision - 1
        path = f"{self.section}/" if whole else f"answer/{codes[0]}/"
        told = self.insist(f"{self.address}{path}", form)
        if not whole and told.status == 200:
            self._check_receipt(codes[0], told)
        with self.account:
            self.held |= self.sending
            self.acknowledged += len(self.sending)
            self.sending = {}
        self.saves += 1
        self.saved_at = time.monotonic()

    def _new(self, code: str) -> Held:
        before = self.held.get(code)
        value, revision = self.random.randrange(5), before.revision + 1 if before else 1
        return Held(value, f"{revision} says {value}", revision)

    def _check_receipt(self, code: str, told: Told) -> None:
        revision = json.loads(told.content)["revision"].partition(".")[0]
        if int(revision) != self.sending[code].revision:
            self.faults.append(f"{code}: told revision {revision}, sent {self.sending[code]}")

    def insist(self, path: str, form: Mapping[str, object]) -> Told:
        """The same again until it is acknowledged, as people and their browsers do."""
        until = time.monotonic() + LONGEST_WAIT
        while time.monotonic() < until:
            try:
                told = self.ask("POST", path, form)
            except (OSError, http.client.HTTPException):
                self.unanswered += 1
                time.sleep(0.05)
                continue
            if told.status in {200, 302}:
                return told
            self.refusals.append(told.status)
            if told.status != 503:
                self.faults.append(f"{path}: status {told.status}")
            time.sleep(0.05)
        raise TimeoutError(f"{path} was not acknowledged in {LONGEST_WAIT} seconds")

    def submit_form(self) -> dict[str, object]:
        return dict(filled(self.ask("GET", f"{self.address}check/")))


def people(port: int, random: Random, number: int) -> list[Visitor]:
    """Visitors who have started; they answer the page with most questions that all are asked."""
    from assessment.models import Edition

    edition = Edition.objects.current()
    asked = edition.instrument().questions if edition else ()
    always = [q for q in asked if q.kind == "level" and not q.shown_if]
    section = Counter(q.dimension for q in always).most_common(1)[0][0]
    codes = tuple(q.code for q in always if q.dimension == section)
    visitors = [
        Visitor(port, Random(random.random()), codes, section.lower()) for _ in range(number)
    ]
    for visitor in visitors:
        visitor.begin()
    return visitors
