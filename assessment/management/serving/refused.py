"""Requests that Tornado refuses: who is still sending one sees the answer before the cut."""

from __future__ import annotations

import asyncio
import socket
import sys
from contextlib import suppress
from http import HTTPStatus

from tornado.httputil import HTTPInputError
from tornado.iostream import IOStream, UnsatisfiableReadError

from assessment.management.serving.request import TOO_MANY_HEADERS

SECONDS = 5
MOST_AT_ONCE = 50
STATUS = HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
ANSWER = (
    f"HTTP/1.1 {STATUS.value} {STATUS.phrase}\r\nContent-Type: text/plain; charset=utf-8\r\n"
    f"Content-Length: {len(TOO_MANY_HEADERS)}\r\nConnection: close\r\n\r\n{TOO_MANY_HEADERS}"
).encode()
# Tornado writes 400 itself.
MALFORMED = b""

_being_told: set[asyncio.Task[None]] = set()


class PatientStream(IOStream):
    """Tornado closes at once: a connection that is reset while somebody sends has no answer."""

    def close(self, exc_info: object = False) -> None:
        answer = self._answer_of_refusal(exc_info)
        if answer is not None and len(_being_told) < MOST_AT_ONCE:
            task = asyncio.create_task(_tell(self.socket.dup(), answer))
            _being_told.add(task)
            task.add_done_callback(_being_told.discard)
        super().close(exc_info)  # type: ignore[arg-type]

    def _answer_of_refusal(self, exc_info: object) -> bytes | None:
        """None where nothing is refused. Tornado hands on why it closes only where it reads."""
        if self.closed():
            return None
        if isinstance(exc_info, UnsatisfiableReadError):
            return ANSWER
        return MALFORMED if isinstance(sys.exc_info()[1], HTTPInputError) else None


async def _tell(connection: socket.socket, answer: bytes) -> None:
    """Says it, and reads on to the end, for some seconds at most."""
    loop = asyncio.get_running_loop()
    with connection, suppress(OSError, TimeoutError):
        async with asyncio.timeout(SECONDS):
            await loop.sock_sendall(connection, answer)
            connection.shutdown(socket.SHUT_WR)
            while await loop.sock_recv(connection, 2**16):
                pass
