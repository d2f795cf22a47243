"""Requests that no browser sends, as bytes, and what may be answered to each."""

from __future__ import annotations

from dataclasses import dataclass

HOST_LINE = b"Host: localhost\r\n"
REFUSED = frozenset(range(400, 500)) | {501, 505}
"""`Not implemented` and `version not supported` are right too; no answer at all is a cut."""
TAKEN = frozenset({200}) | REFUSED
"""Where servers may differ."""


@dataclass(frozen=True, slots=True)
class OddRequest:
    name: str
    content: bytes
    right: frozenset[int] = REFUSED


def _get(*lines: bytes, target: bytes = b"/healthz") -> bytes:
    return b"GET " + target + b" HTTP/1.1\r\n" + HOST_LINE + b"".join(lines) + b"\r\n"


def _post(*lines: bytes, body: bytes = b"") -> bytes:
    head = b"POST /begin/ HTTP/1.1\r\n" + HOST_LINE + b"".join(lines)
    return head + b"Content-Type: application/x-www-form-urlencoded\r\n\r\n" + body


SMUGGLED = b"0\r\n\r\nGET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"

ODD_REQUESTS = (
    OddRequest(
        "length beside chunks",
        _post(b"Content-Length: 4\r\n", b"Transfer-Encoding: chunked\r\n", body=SMUGGLED),
    ),
    OddRequest(
        "two lengths", _post(b"Content-Length: 1\r\n", b"Content-Length: 2\r\n", body=b"ab")
    ),
    OddRequest(
        "one length twice", _post(b"Content-Length: 2\r\n", b"Content-Length: 2\r\n", body=b"ab")
    ),
    OddRequest("length that is no number", _post(b"Content-Length: +2\r\n", body=b"ab")),
    OddRequest("unknown transfer", _post(b"Transfer-Encoding: xchunked\r\n", body=SMUGGLED)),
    OddRequest(
        "chunk without size",
        _post(b"Transfer-Encoding: chunked\r\n", body=b"z\r\nab\r\n"),
        REFUSED | {502},  # Caddy has begun to pass it on
    ),
    OddRequest("line of 200 kB", _get(target=b"/" + b"a" * 200_000)),
    OddRequest("header of 200 kB", _get(b"X-Long: " + b"a" * 200_000 + b"\r\n"), TAKEN),
    OddRequest("header of 40 kB", _get(b"X-Long: " + b"a" * 40_000 + b"\r\n"), TAKEN),
    OddRequest("5,000 headers", _get(*(b"X-%d: 1\r\n" % n for n in range(5000))), TAKEN),
    OddRequest("name with a space", _get(b"X Y: 1\r\n")),
    OddRequest("folded header", _get(b"X-Y: 1\r\n 2\r\n"), TAKEN),
    OddRequest("zero byte in a header", _get(b"X-Y: \x00\r\n")),
    OddRequest("no host", b"GET /healthz HTTP/1.1\r\n\r\n"),
    OddRequest("two hosts", _get(HOST_LINE)),
    OddRequest("another version", b"GET /healthz HTTP/3.7\r\n" + HOST_LINE + b"\r\n", TAKEN),
    OddRequest("no HTTP", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\r\n\r\n"),
    OddRequest("body of 20 MB announced", _post(b"Content-Length: 20000000\r\n", body=b"a" * 1000)),
)
