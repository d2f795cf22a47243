"""The site as `manage.py start` serves it: a process whose processor time can be read."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import TYPE_CHECKING

from tools.bench.client import CSRF, FORM, Client, WireReply
from tools.server import HOST, Server

if TYPE_CHECKING:
    from assessment.models import Response

CLOCK = "/bench-clock/"


class ServedClient(Client):
    """A device that reaches the server over one connection that stays open."""

    def __init__(self, response: Response, connection: HTTPConnection) -> None:
        super().__init__(response)
        self.connection = connection

    def send(self, method: str, path: str, body: bytes) -> WireReply:
        headers = {
            "Cookie": self.cookies,
            "X-CSRFToken": CSRF,
            "Accept-Encoding": "gzip",
            "Accept-Language": "en",
            "Content-Type": FORM,
        }
        self.connection.request(method, path, body or None, headers)
        answer = self.connection.getresponse()
        return WireReply(answer.status, tuple(answer.getheaders()), answer.read())

    def processor_seconds(self) -> float:
        """What the serving process has used since it began."""
        return float(self.get(CLOCK).text)


class BenchServer(Server):
    """`manage.py start` with the addresses of the bench beside its own."""

    def command(self) -> tuple[str, ...]:
        return (sys.executable, "-m", "tools.bench.serve", str(self.port))

    def connection(self) -> HTTPConnection:
        return HTTPConnection(HOST, self.port, timeout=60)

    def logged(self) -> int:
        """How many lines its log has: of good requests there is to be none."""
        return sum(line.startswith("{") for line in self.log.read_text().splitlines())


@contextmanager
def served() -> Iterator[BenchServer]:
    server = BenchServer(Path(os.environ["ARTICULA_DATA"]))
    try:
        server.start()
        yield server
    finally:
        server.kill()


@contextmanager
def connection_to_server() -> Iterator[HTTPConnection]:
    with served() as server:
        yield server.connection()
