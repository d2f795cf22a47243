"""The site as `manage.py start` serves it: a process whose processor time can be read."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

from tools.bench.browser import CSRF, Answered, Browser
from tools.server import HOST, Server

CLOCK = "/bench-clock/"


class Served(Browser):
    """A browser that reaches the served site over one connection that stays open."""

    line: HTTPConnection

    def ask(self, method: str, path: str, body: bytes) -> Answered:
        sent = {
            "Cookie": self.cookies,
            "X-CSRFToken": CSRF,
            "Accept-Encoding": "gzip",
            "Accept-Language": "en",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        self.line.request(method, path, body or None, sent)
        answer = self.line.getresponse()
        return Answered(answer.status, tuple(answer.getheaders()), answer.read())

    def clock(self) -> float:
        """Seconds of processor time that the serving process has used."""
        return float(self.get(CLOCK).text)


class BenchServer(Server):
    """`manage.py start` with the addresses of the bench beside its own."""

    def command(self) -> tuple[str, ...]:
        return (sys.executable, "-m", "tools.bench.serve", str(self.port))


@contextmanager
def served() -> Iterator[HTTPConnection]:
    server = BenchServer(Path(os.environ["ARTICULA_DATA"]))
    try:
        server.start()
        yield HTTPConnection(HOST, server.port, timeout=60)
    finally:
        server.kill()
