"""The server on the wire, with a site of a few lines behind it."""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from email.utils import parsedate_to_datetime
from threading import Event
from typing import Any

import pytest
from pytest_django import Settings
from tornado.http1connection import HTTP1Connection

from assessment.management.serving import refused
from assessment.management.serving import request as request_module
from assessment.management.serving import server as server_module
from tests.management.serving.conftest import HEALTH, Wire, serving, wire
from tools.attack.odd_requests import ODD_REQUESTS, OddRequest

GO_ON, BEGUN = Event(), Event()
POST = b"POST /told HTTP/1.1\r\nHost: localhost\r\n"


def site(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """Says what it was told; waits, fails or writes very much where the path says so."""
    path = environ["PATH_INFO"]
    if path == "/fault":
        raise ValueError(path)
    if path == "/wait":
        BEGUN.set()
        GO_ON.wait(30)
    if path == "/broken":
        start_response("200 OK", [("Location", "/a\nSet-Cookie: b")])
        return []
    if path == "/long":
        start_response("200 OK", [])
        return [b"a" * 50_000_000]
    told = {key: value for key, value in environ.items() if key.isupper()}
    told["body"] = environ["wsgi.input"].read().decode()
    body = json.dumps(told).encode()
    status = {"/gone": "404 Not Found", "/same": "304 Not Modified"}.get(path, "200 OK")
    start_response(status, [("Set-Cookie", " a=1"), ("Set-Cookie", " b=2")])
    return [body]


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """One server for all tests that leave its bounds as they are."""
    with serving(site) as port:
        yield port


@pytest.fixture
def one(port: int) -> Iterator[Wire]:
    with wire(port) as one:
        yield one


def told(one: Wire, *parts: bytes) -> dict[str, str]:
    one.send(*parts)
    status, _, body = one.answer()
    assert status == 200
    return dict(json.loads(body))


def test_answer_to_head_has_no_body_and_the_next_answer_follows(port: int) -> None:
    table = {b"/ok": (200, 200), b"/gone": (404, 200), b"/same": (304, 200), b"/fault": (500, 200)}

    def statuses(path: bytes) -> tuple[int, int]:
        with wire(port) as one:
            one.send(b"HEAD ", path, b" HTTP/1.1\r\nHost: localhost\r\n\r\n", HEALTH)
            return one.answer(head=True)[0], one.answer()[0]

    assert {path: statuses(path) for path in table} == table


def test_site_is_told_what_was_sent_and_answers_with_a_date_and_no_program(one: Wire) -> None:
    one.send(
        b"POST http://other/a%C3%A9?b=%20 HTTP/1.1\r\nHost: localhost\r\nCookie: a=1\r\n",
        b"Cookie: b=2\r\nX-Forwarded-For: 192.0.2.1\r\nX-Forwarded-For: 192.0.2.2\r\n",
        b"X_Forwarded_For: 192.0.2.3\r\nContent-Type: text/plain\r\n",
        b"Transfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n",
    )

    _, headers, body = one.answer()

    sent = json.loads(body)
    wanted = {
        "PATH_INFO": "/a\u00c3\u00a9",
        "QUERY_STRING": "b=%20",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_COOKIE": "a=1; b=2",
        "HTTP_X_FORWARDED_FOR": "192.0.2.1,192.0.2.2",
        "CONTENT_TYPE": "text/plain",
        "CONTENT_LENGTH": "3",
        "body": "abc",
    }
    assert {name: sent[name] for name in wanted} == wanted
    assert parsedate_to_datetime(headers["Date"]).tzinfo is not None
    assert sorted(headers) == ["Content-Length", "Date", "Set-Cookie"]


def test_body_that_is_too_large_is_read_and_not_handed_on(one: Wire, settings: Settings) -> None:
    size = settings.LARGEST_BODY + 1

    sent = told(one, POST, b"Content-Length: %d\r\n\r\n" % size, b"a" * size)

    assert (sent["CONTENT_LENGTH"], sent["body"]) == (str(size), "")


def test_odd_requests_are_refused_or_cut(port: int) -> None:
    """The last one waits for the rest of its body, which is no fault: its sender says it is all."""
    waiting = ODD_REQUESTS[-1]

    def status(odd: OddRequest) -> int:
        with wire(port) as one:
            one.send(odd.content)
            if odd is waiting:
                one.socket.shutdown(1)
            return one.answer()[0]

    answered = {odd.name: status(odd) for odd in ODD_REQUESTS}
    assert answered.pop(waiting.name) == 0
    assert {name: told for name, told in answered.items() if told not in {400, 431}} == {}


def test_headers_that_are_too_long_are_refused_in_words(port: int) -> None:
    said = "The headers of this request are more than this site takes."

    def answer_to(size: int) -> tuple[int, str, str]:
        with wire(port) as one:
            one.send(b"GET /ok HTTP/1.1\r\nHost: localhost\r\nCookie: a=", b"a" * size, b"\r\n\r\n")
            status, headers, body = one.answer()
        return status, headers.get("Content-Type", ""), body.decode()

    table = dict.fromkeys((40_000, 70_000, 2_000_000), (431, "text/plain; charset=utf-8", said))
    assert {size: answer_to(size) for size in table} == table


def test_headers_without_an_end_are_not_read_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refused, "SECONDS", 0.3)
    with serving(site) as port, wire(port) as one:
        one.send(b"GET /ok HTTP/1.1\r\nCookie: a=", b"a" * 70_000)

        assert one.answer()[0] == 431
        assert is_cut(one)


def is_cut(one: Wire) -> bool:
    """Whether what is sent comes back as a reset, or a broken pipe, within some seconds."""
    try:
        for _ in range(100):
            one.send(b"a")
            Event().wait(0.05)
    except OSError:
        return True
    return False


def test_answer_that_cannot_be_written_ends_the_connection(one: Wire) -> None:
    one.send(b"GET /broken HTTP/1.1\r\nHost: localhost\r\n\r\n")

    assert one.answer()[0] == 0


def test_who_still_sends_a_malformed_request_is_answered(one: Wire) -> None:
    one.send(POST, b"Content-Type: a/b\x7f\r\nContent-Length: 2000000\r\n\r\n")
    assert one.answer()[0] == 400

    one.send(b"a" * 1_000_000)
    one.send(b"a" * 1_000_000)

    assert one.socket.recv(1) == b""


def test_only_some_are_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refused, "MOST_AT_ONCE", 1)
    with serving(site) as port, wire(port) as first, wire(port) as second:
        for one in (first, second):
            one.send(b"GET /ok HTTP/1.1\r\nCookie: a=", b"a" * 70_000)
        statuses = [first.answer()[0], second.answer()[0]]

    assert sorted(statuses) == [0, 431]


def test_slow_requests_do_not_hold_up_others(port: int) -> None:
    with ExitStack() as slow:
        for _ in range(20):
            slow.enter_context(wire(port)).send(HEALTH[:-2])
            slow.enter_context(wire(port)).send(POST, b"Content-Length: 9\r\n\r\na")
        newcomer = slow.enter_context(wire(port))
        newcomer.send(HEALTH)

        assert newcomer.answer()[0] == 200


def test_oldest_waiting_connection_makes_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server_module, "allowed_connections", lambda: 2)
    with serving(site) as port, wire(port) as oldest, wire(port) as other, wire(port) as newcomer:
        newcomer.send(HEALTH)

        assert newcomer.answer()[0] == 200
        assert oldest.answer()[0] == 0
        other.send(HEALTH)
        assert other.answer()[0] == 200


def test_server_has_as_many_connections_as_the_system_lets_it_have(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (1000, before[1]))
    try:
        allowed = server_module.allowed_connections()
        now, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
    monkeypatch.setattr(sys, "platform", "win32")

    assert allowed == now - 200 > 800
    assert server_module.allowed_connections() == server_module.MOST_ON_WINDOWS == 400


def test_oldest_unfinished_body_makes_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server_module, "MOST_HELD", 1000)
    with serving(site) as port, wire(port) as oldest, wire(port) as newcomer:
        oldest.send(POST, b"Content-Length: 900\r\n\r\n", b"a" * 800)
        told(newcomer, HEALTH)

        assert told(newcomer, POST, b"Content-Length: 800\r\n\r\n", b"a" * 800)["body"] == "a" * 800
        assert oldest.answer()[0] == 0


def test_who_does_not_read_the_answer_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    cut, close = Event(), HTTP1Connection.close

    def close_and_tell(connection: HTTP1Connection) -> None:
        close(connection)
        cut.set()

    monkeypatch.setattr(HTTP1Connection, "close", close_and_tell)
    monkeypatch.setattr(request_module, "longest", lambda _size: 0.3)
    with serving(site) as port, wire(port) as one:
        one.send(b"GET /long HTTP/1.1\r\nHost: localhost\r\n\r\n")

        assert cut.wait(30)
        assert len(one.file.read()) < 50_000_000


def test_answers_that_are_being_made_are_sent_before_the_end() -> None:
    stop = Event()
    with serving(site, stop) as port, wire(port) as running, wire(port) as idle:
        told(idle, HEALTH)
        running.send(b"GET /wait HTTP/1.1\r\nHost: localhost\r\n\r\n")
        BEGUN.wait(30)
        stop.set()
        assert idle.answer()[0] == 0
        GO_ON.set()

        status, headers, _ = running.answer()

    assert (status, headers["Connection"]) == (200, "close")


def test_answer_that_takes_too_long_holds_up_no_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server_module, "LONGEST_STOP", 0.1)
    BEGUN.clear()
    GO_ON.clear()
    stop = Event()
    try:
        with serving(site, stop) as port, wire(port) as running:
            running.send(b"GET /wait HTTP/1.1\r\nHost: localhost\r\n\r\n")
            BEGUN.wait(30)
            stop.set()

            assert running.answer()[0] == 0
    finally:
        GO_ON.set()
