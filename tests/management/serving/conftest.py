from __future__ import annotations

import asyncio
import socket
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event
from typing import TYPE_CHECKING

from tornado.netutil import bind_sockets

from assessment.management.serving.serve import run_until_told

if TYPE_CHECKING:
    from collections.abc import Iterator
    from wsgiref.types import WSGIApplication

HOST = "127.0.0.1"
HEALTH = b"GET /ok HTTP/1.1\r\nHost: localhost\r\n\r\n"


@contextmanager
def serving(application: WSGIApplication, told: Event | None = None) -> Iterator[int]:
    """The port of a server with two threads; it is told to stop at the end, or before."""
    told = told or Event()
    sockets = bind_sockets(0, HOST)
    port = int(sockets[0].getsockname()[1])
    with ThreadPoolExecutor(1) as runner:
        work = runner.submit(
            asyncio.run, run_until_told(application, (HOST, port), 2, sockets, told)
        )
        try:
            yield port
        finally:
            told.set()
            work.result(timeout=60)


class Wire:
    """One connection, byte by byte."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection((HOST, port), timeout=30)
        self.file = self.socket.makefile("rb")

    def send(self, *parts: bytes) -> None:
        self.socket.sendall(b"".join(parts))

    def answer(self, *, head: bool = False) -> tuple[int, dict[str, str], bytes]:
        """Status, headers, body; status 0 where the connection ended instead."""
        try:
            line = self.file.readline()
        except ConnectionResetError:
            return 0, {}, b""
        headers = {}
        while (field := self.file.readline().strip()) and line:
            name, _, value = field.decode().partition(": ")
            headers[name] = value
        length = 0 if head else int(headers.get("Content-Length", 0))
        return int(line[9:12] or 0), headers, self.file.read(length)

    def close(self) -> None:
        self.file.close()
        self.socket.close()


@contextmanager
def wire(port: int) -> Iterator[Wire]:
    opened = Wire(port)
    try:
        yield opened
    finally:
        opened.close()
