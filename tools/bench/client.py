"""Requests through the whole application, as a server hands them over."""

from __future__ import annotations

import gzip
import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from assessment.models import Response
from assessment.web.access import grant
from assessment.web.sessions import SessionStore

CSRF = "c" * 32
FORM = "application/x-www-form-urlencoded"
NOT_COUNTED = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "PRAGMA")


@dataclass(frozen=True, slots=True)
class WireReply:
    """An answer as it goes over the wire: its headers in order, its content perhaps compressed."""

    status: int
    headers: tuple[tuple[str, str], ...]
    content: bytes

    @property
    def text(self) -> str:
        is_compressed = dict(self.headers).get("Content-Encoding") == "gzip"
        return (gzip.decompress(self.content) if is_compressed else self.content).decode()

    @property
    def wire_bytes(self) -> int:
        """With the headers, the status line and the date that a server adds."""
        headers = sum(len(name) + len(value) + 4 for name, value in self.headers)
        return len(self.content) + 56 + headers


class Client:
    """One device that was granted a response; it takes gzip."""

    def __init__(self, response: Response) -> None:
        request = RequestFactory().get("/")
        request.session = SessionStore()
        grant(request, response)
        request.session.save()
        cookies = {settings.SESSION_COOKIE_NAME: request.session.session_key}
        cookies |= {settings.CSRF_COOKIE_NAME: CSRF}
        self.cookies = "; ".join(f"{name}={value}" for name, value in cookies.items())
        self.application = WSGIHandler()

    def get(self, path: str) -> WireReply:
        return self.send("GET", path, b"")

    def post(self, path: str, fields: dict[str, Any]) -> WireReply:
        return self.send("POST", path, urlencode(fields, doseq=True).encode())

    def send(self, method: str, path: str, body: bytes) -> WireReply:
        starts: list[tuple[int, tuple[tuple[str, str], ...]]] = []

        def start(status: str, headers: list[tuple[str, str]], *error: Any) -> Callable[..., None]:
            starts.append((int(status[:3]), tuple(headers)))
            return lambda data: None

        parts = self.application(self.environment(method, path, body), start)
        content = b"".join(parts)
        if hasattr(parts, "close"):
            parts.close()
        status, headers = starts[0]
        return WireReply(status, headers, content)

    def environment(self, method: str, path: str, body: bytes) -> dict[str, Any]:
        return {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_COOKIE": self.cookies,
            "HTTP_X_CSRFTOKEN": CSRF,
            "HTTP_ACCEPT_ENCODING": "gzip",
            "HTTP_ACCEPT_LANGUAGE": "en",
            "CONTENT_TYPE": FORM,
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.input": io.BytesIO(body),
            "wsgi.url_scheme": "http",
            "wsgi.errors": io.StringIO(),
            "wsgi.version": (1, 0),
            "wsgi.multithread": False,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        }


def expect_status(reply: WireReply, status: int) -> None:
    if reply.status != status:
        raise RuntimeError(f"{reply.status} instead of {status}: {reply.text[:500]}")


def count_queries(act: Callable[[], Any]) -> int:
    """What fetched or wrote; the limits of transactions are not counted."""
    with CaptureQueriesContext(connection) as captured:
        act()
    statements = [str(query["sql"]).lstrip() for query in captured.captured_queries]
    return sum(not sql.startswith(NOT_COUNTED) for sql in statements)
