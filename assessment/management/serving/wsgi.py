"""A whole request as WSGI hands it to the site, and the whole answer that comes back."""

from __future__ import annotations

import logging
import sys
from dataclasses import dataclass
from http import HTTPStatus
from io import BytesIO
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_to_bytes, urlsplit

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication

    from tornado.httputil import HTTPHeaders, RequestStartLine

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    reason: str
    headers: list[tuple[str, str]]
    body: bytes


def plain_answer(status: HTTPStatus, sentence: str = "") -> Answer:
    """For what the site itself cannot answer any more."""
    headers = [("Content-Type", "text/plain; charset=utf-8")]
    return Answer(status, status.phrase, headers, (sentence or status.phrase).encode())


def environ_of(
    start_line: RequestStartLine, headers: HTTPHeaders, source: str, listening: tuple[str, int]
) -> dict[str, Any]:
    """All but the body. Names with an underscore are left out: WSGI cannot tell them from those
    with a dash, which a proxy has set or taken away.
    """
    target = start_line.path
    parts = urlsplit(target if "://" in target.partition("?")[0] else f"//host{target}")
    environ = {
        "REQUEST_METHOD": start_line.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(parts.path.encode("latin-1")).decode("latin-1"),
        "QUERY_STRING": parts.query,
        "REMOTE_ADDR": source,
        "SERVER_NAME": listening[0],
        "SERVER_PORT": str(listening[1]),
        "SERVER_PROTOCOL": start_line.version,
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    for name in headers:
        if "_" not in name:
            separator = "; " if name == "Cookie" else ","
            environ[_key(name)] = separator.join(headers.get_list(name))
    return environ


def _key(name: str) -> str:
    key = name.upper().replace("-", "_")
    return key if key in {"CONTENT_TYPE", "CONTENT_LENGTH"} else f"HTTP_{key}"


def answer_of(
    application: WSGIApplication, environ: dict[str, Any], body: bytes, length: int
) -> Answer:
    """Runs the site to its end, in one thread: what it opens there it also closes there.

    A body that was too large is not handed on; its `length` is, so that the site says so.
    """
    environ |= {"wsgi.input": BytesIO(body), "CONTENT_LENGTH": str(length)}
    begun: list[tuple[str, list[tuple[str, str]]]] = []
    written: list[bytes] = []

    def start_response(status: str, headers: list[tuple[str, str]], _error: Any = None) -> Any:
        begun.append((status, headers))
        return written.append

    try:
        parts = application(environ, start_response)
        try:
            written.extend(parts)
        finally:
            if hasattr(parts, "close"):
                parts.close()
    except Exception:
        logger.exception("a request was not answered")
        return plain_answer(HTTPStatus.INTERNAL_SERVER_ERROR)
    status, headers = begun[-1]
    code, _, reason = status.partition(" ")
    return Answer(int(code), reason, headers, b"".join(written))
