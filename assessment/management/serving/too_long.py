"""Headers that come to no end within what the server reads of them: an answer before the cut."""

from __future__ import annotations

import asyncio
import socket
from contextlib import suppress
from http import HTTPStatus

from tornado.iostream import IOStream, UnsatisfiableReadError

from assessment.management.serving.request import TOO_MANY_HEADERS

SECONDS = 5
MOST_AT_ONCE = 50
STATUS = HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
ANSWER = (
    f"HTTP/1.1 {STATUS.value} {STATUS.phrase}\r\nContent-Type: text/plain; charset=utf-8\r\n"
    f"Content-Length: {len(TOO_MANY_HEADERS)}\r\nConnection: close\r\n\r\n{TOO_MANY_HEADERS}"
).encode()

_being_told: set[asyncio.Task[None]] = set()


class PatientStream(IOStream):
    """Tornado closes where headers are too long; who is still sending then would see no answer."""

    def close(self, exc_info: object = False) -> None:
        unending = isinstance(exc_info, UnsatisfiableReadError) and not self.closed()
        if unending and len(_being_told) < MOST_AT_ONCE:
            task = asyncio.create_task(_tell(self.socket.dup()))
            _being_told.add(task)
            task.add_done_callback(_being_told.discard)
        super().close(exc_info)  # type: ignore[arg-type]


async def _tell(connection: socket.socket) -> None:
    """Says it, and reads on to the end, for some seconds at most."""
    loop = asyncio.get_running_loop()
    with connection, suppress(OSError, TimeoutError):
        async with asyncio.timeout(SECONDS):
            await loop.sock_sendall(connection, ANSWER)
            connection.shutdown(socket.SHUT_WR)
            while await loop.sock_recv(connection, 2**16):
                pass
