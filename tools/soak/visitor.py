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

from tools.html_page import form_data
from tools.reply import Reply
from tools.server import HOST

if TYPE_CHECKING:
    from collections.abc import Mapping

FORM = "application/x-www-form-urlencoded"
LONGEST_WAIT = 60


@dataclass(frozen=True, slots=True)
class SavedAnswer:
    """An answer as its person was, or will be, told that it is saved."""

    value: int
    note: str
    revision: int


@dataclass
class Visitor:
    """`saved` holds by code what was acknowledged, `unconfirmed` what was sent and is not yet."""

    port: int
    random: Random
    codes: tuple[str, ...]
    page: str
    cookies: dict[str, str] = field(default_factory=dict)
    address: str = ""
    token: str = ""
    saved: dict[str, SavedAnswer] = field(default_factory=dict)
    unconfirmed: dict[str, SavedAnswer] = field(default_factory=dict)
    acknowledgements: int = 0
    saves: int = 0
    last_save: float = 0
    dropped_requests: int = 0
    refusals: list[int] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def request(self, method: str, path: str, form: Mapping[str, object] | None = None) -> Reply:
        connection = http.client.HTTPConnection(HOST, self.port, timeout=LONGEST_WAIT)
        body = urlencode(form, doseq=True) if form is not None else None
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        try:
            connection.request(method, path, body, {"Content-Type": FORM, "Cookie": cookies})
            answer = connection.getresponse()
            headers = {name.title(): value for name, value in answer.getheaders()}
            reply = Reply(answer.status, headers, answer.read())
        finally:
            connection.close()
        for line in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        return reply

    def start(self) -> None:
        form = form_data(self.request("GET", "/begin/"))
        self.token = str(form["csrfmiddlewaretoken"])
        reply = self.post("/begin/", form)
        self.address = reply.headers["Location"].removesuffix("link/")

    def save(self) -> None:
        """One answer as it is given, or a whole page."""
        whole = self.random.random() < 0.3
        codes = self.codes if whole else (self.random.choice(self.codes),)
        with self.lock:
            self.unconfirmed = {code: self._next_answer(code) for code in codes}
        form: dict[str, object] = {"csrfmiddlewaretoken": self.token}
        for code, answer in self.unconfirmed.items():
            form |= {code: answer.value, f"{code}-note": answer.note}
            form[f"{code}-revision"] = answer.revision - 1
        path = f"{self.page}/" if whole else f"answer/{codes[0]}/"
        reply = self.post(f"{self.address}{path}", form)
        if not whole and reply.status == 200:
            self._check_revision(codes[0], reply)
        with self.lock:
            self.saved |= self.unconfirmed
            self.acknowledgements += len(self.unconfirmed)
            self.unconfirmed = {}
        self.saves += 1
        self.last_save = time.monotonic()

    def _next_answer(self, code: str) -> SavedAnswer:
        before = self.saved.get(code)
        value, revision = self.random.randrange(5), before.revision + 1 if before else 1
        return SavedAnswer(value, f"{revision} says {value}", revision)

    def _check_revision(self, code: str, reply: Reply) -> None:
        revision = json.loads(reply.content)["revision"].partition(".")[0]
        if int(revision) != self.unconfirmed[code].revision:
            sent = self.unconfirmed[code]
            self.faults.append(f"{code}: told revision {revision}, sent {sent}")

    def post(self, path: str, form: Mapping[str, object]) -> Reply:
        """The same again until it is acknowledged, as people and their browsers do."""
        until = time.monotonic() + LONGEST_WAIT
        while time.monotonic() < until:
            try:
                reply = self.request("POST", path, form)
            except (OSError, http.client.HTTPException):
                self.dropped_requests += 1
                time.sleep(0.05)
                continue
            if reply.status in {200, 302}:
                return reply
            self.refusals.append(reply.status)
            if reply.status != 503:
                self.faults.append(f"{path}: status {reply.status}")
            time.sleep(0.05)
        raise TimeoutError(f"{path} was not acknowledged in {LONGEST_WAIT} seconds")

    def submit_form(self) -> dict[str, object]:
        return dict(form_data(self.request("GET", f"{self.address}check/")))


def start_visitors(port: int, random: Random, number: int) -> list[Visitor]:
    """Visitors who have started; they answer the page with most questions that all are asked."""
    from assessment.instrument.kinds.registry import kind_of
    from assessment.models import Edition

    edition = Edition.objects.current()
    questions = edition.instrument().questions if edition else ()
    always = [q for q in questions if kind_of(q).has_levels and not q.shown_if]
    dimension = Counter(q.dimension for q in always).most_common(1)[0][0]
    codes = tuple(q.code for q in always if q.dimension == dimension)
    visitors = [
        Visitor(port, Random(random.random()), codes, dimension.lower()) for _ in range(number)
    ]
    for visitor in visitors:
        visitor.start()
    return visitors
