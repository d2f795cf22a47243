"""Log lines as JSON: enough to find a fault, nothing about a person.

A request is named by the pattern of its address, never by the address itself, which may hold the
secret of a return link; an exception by its type and its places, never by its message, which may
quote an answer.
"""

from __future__ import annotations

import json
import logging
import secrets
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

request_id: ContextVar[str] = ContextVar("request_id", default="")


def new_request_id() -> str:
    """Names the request that starts now; every line logged during it carries the name."""
    name = secrets.token_hex(8)
    request_id.set(name)
    return name


class JsonFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "request": request_id.get(),
        }
        line |= _request(record) if hasattr(record, "status_code") else {"message": _text(record)}
        if record.exc_info and record.exc_info[0]:
            line |= _exception(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False)


def _text(record: logging.LogRecord) -> str:
    """Ours is trusted; what a library says of an exception may hold the address it served."""
    if not record.exc_info:
        return record.getMessage()
    return str(record.msg) if record.name.startswith("assessment") else "An exception escaped."


def _request(record: logging.LogRecord) -> dict[str, Any]:
    status = int(getattr(record, "status_code", 0))
    request = getattr(record, "request", None)
    match = getattr(request, "resolver_match", None)
    return {
        "message": HTTPStatus(status).phrase,
        "status": status,
        "method": getattr(request, "method", None),
        "route": getattr(match, "route", None),
        "ms": getattr(record, "ms", None),
    }


def _exception(error: BaseException | None) -> dict[str, Any]:
    frames = traceback.extract_tb(error.__traceback__) if error else []
    return {
        "exception": type(error).__qualname__,
        "trace": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames],
    }
