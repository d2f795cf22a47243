"""One request, from its first header to the last byte of its answer."""

from __future__ import annotations

import asyncio
from email.utils import formatdate
from http import HTTPStatus
from typing import TYPE_CHECKING, cast

from tornado.httputil import (
    HTTPHeaders,
    HTTPInputError,
    HTTPMessageDelegate,
    RequestStartLine,
    ResponseStartLine,
)
from tornado.iostream import StreamClosedError

from assessment.management.serving.wsgi import Answer, answer_of, environ_of, plain_answer

if TYPE_CHECKING:
    from tornado.http1connection import HTTP1Connection

    from assessment.management.serving.server import SiteServer

LARGEST_HEADERS = 32 * 1024
MOST_HEADERS = 100
# Seconds that a body, or an answer, may take: these, and one more for so many bytes.
PATIENCE = 60
SLOWEST = 20_000
WITHOUT_BODY = frozenset({204, 304})
TOO_MANY_HEADERS = "The headers of this request are more than this site takes."


class Request(HTTPMessageDelegate):
    """Collects the request; the site is asked once it is whole, so that nobody slow holds it up."""

    def __init__(self, server: SiteServer, connection: HTTP1Connection) -> None:
        self.server, self.connection = server, connection
        self.body = bytearray()
        self.length = 0
        self.refusal: Answer | None = None

    def headers_received(
        self, start_line: RequestStartLine | ResponseStartLine, headers: HTTPHeaders
    ) -> None:
        self.start_line, self.headers = cast("RequestStartLine", start_line), headers
        if len(headers.get_list("Host")) != 1 and start_line.version != "HTTP/1.0":
            raise HTTPInputError("one Host is needed")
        if "," in headers.get("Content-Length", ""):
            raise HTTPInputError("one length is needed, be it the same twice")
        lines = list(headers.get_all())
        size = len(self.start_line.path) + sum(len(name) + len(value) for name, value in lines)
        if size > LARGEST_HEADERS or len(lines) > MOST_HEADERS:
            status = HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
            self.refusal = plain_answer(status, TOO_MANY_HEADERS)
        self.connection.set_body_timeout(longest(self._declared_length()))

    def _declared_length(self) -> int:
        """What the body will have, at most; Tornado refuses what is no number."""
        declared = self.headers.get("Content-Length", "")
        known = int(declared) if declared.isdecimal() and len(declared) < 10 else 0
        return min(known, self.server.largest_body) or self.server.largest_body

    def data_received(self, chunk: bytes) -> None:
        self.length += len(chunk)
        if self.refusal or self.length > self.server.largest_body:
            self.release()
        else:
            self.body += chunk
            self.server.hold(len(chunk))

    def finish(self) -> None:
        self.server.answer(self)

    def on_connection_close(self) -> None:
        self.release()

    def release(self) -> None:
        self.server.hold(-len(self.body))
        self.body = bytearray()

    def run(self) -> Answer:
        """In a thread of the site."""
        if self.refusal:
            return self.refusal
        source = self.connection.context.remote_ip  # type: ignore[attr-defined]
        environ = environ_of(self.start_line, self.headers, source, self.server.listening)
        return answer_of(self.server.application, environ, bytes(self.body), self.length)

    async def send(self, answer: Answer) -> None:
        """Ends the connection where the person does not take the answer in time."""
        headers = HTTPHeaders({"Date": formatdate(usegmt=True)})
        for name, value in answer.headers:
            headers.add(name, value.strip())
        if answer.status not in WITHOUT_BODY and "Content-Length" not in headers:
            headers["Content-Length"] = str(len(answer.body))
        if self.server.stopping:
            headers["Connection"] = "close"
        empty = self.start_line.method == "HEAD" or answer.status in WITHOUT_BODY
        line = ResponseStartLine("HTTP/1.1", answer.status, answer.reason)
        sent = self.connection.write_headers(line, headers, b"" if empty else answer.body)
        self.connection.finish()
        try:
            await asyncio.wait_for(sent, longest(len(answer.body)))
        except (StreamClosedError, TimeoutError):
            self.connection.close()


def longest(size: int) -> float:
    """Seconds that so many bytes may take on their way."""
    return PATIENCE + size / SLOWEST
