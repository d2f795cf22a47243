"""People before a documented proxy, in front of a site that stands below a path, with TLS."""

from __future__ import annotations

import http.client
import re
import ssl
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest

from tools.proxies import NoProxy, running_proxy
from tools.server import HOST

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

PATH = "/articula"
PASSWORD = "a long invented phrase"
BOUNDARY = "invented-boundary"


@contextmanager
def proxy_before(name: str, site_port: int, folder: Path) -> Iterator[int]:
    """Its port; the test is skipped by name where it is not installed."""
    try:
        with running_proxy(name, site_port, folder, tls=True, path=PATH) as listening:
            yield listening
    except NoProxy as reason:
        pytest.skip(str(reason))


@contextmanager
def connection_to(port: int, source: str = HOST) -> Iterator[http.client.HTTPSConnection]:
    unchecked = ssl._create_unverified_context()  # noqa: S323 -- a certificate of this run
    opened = http.client.HTTPSConnection(
        "localhost", port, context=unchecked, timeout=60, source_address=(source, 0)
    )
    yield opened
    opened.close()


@contextmanager
def people_of_two(
    front: str, back: str, site_port: int, folder: Path, sources: Sequence[str]
) -> Iterator[list[http.client.HTTPSConnection]]:
    """A connection from each source to the first of two proxies in a row; TLS ends there."""
    places = folder / f"front-{front}", folder / f"back-{back}"
    for place in places:
        place.mkdir()
    with ExitStack() as stack:
        try:
            inner = stack.enter_context(
                running_proxy(back, site_port, places[1], path=PATH, behind=HOST)
            )
            outer = stack.enter_context(running_proxy(front, inner, places[0], tls=True, path=PATH))
        except NoProxy as reason:
            pytest.skip(str(reason))
        yield [stack.enter_context(connection_to(outer, source)) for source in sources]


def ask(
    browser: http.client.HTTPSConnection, method: str, path: str, body: bytes | None = None
) -> tuple[int, http.client.HTTPMessage, str]:
    browser.request(method, f"{PATH}{path}", body)
    answer = browser.getresponse()
    return answer.status, answer.headers, answer.read().decode()


class Browser:
    """Keeps cookies."""

    def __init__(self, connection: http.client.HTTPSConnection) -> None:
        self.connection = connection
        self.cookies: dict[str, str] = {}

    def ask(
        self, method: str, path: str, body: bytes | None = None, kind: str = ""
    ) -> tuple[int, str, bytes]:
        """Status, where it leads to, content."""
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Host": "localhost", "Cookie": cookies, "Referer": "https://localhost/"}
        self.connection.request(
            method, path, body, headers | ({"Content-Type": kind} if kind else {})
        )
        answer = self.connection.getresponse()
        for line in answer.headers.get_all("Set-Cookie", []):
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, answer.headers.get("Location", ""), answer.read()

    def token(self, path: str) -> str:
        page = self.ask("GET", path)[2].decode()
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        return found[1] if found else ""

    def sign_in(self) -> None:
        login = "/articula/account/sign-in/"
        form = {"csrfmiddlewaretoken": self.token(login), "login": "ada", "password": PASSWORD}
        kind = "application/x-www-form-urlencoded"
        assert self.ask("POST", login, urlencode(form).encode(), kind)[0] == 302

    def send_file(self, path: str, content: bytes) -> tuple[int, str, bytes]:
        begin = (
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n'
            f"{self.token(path)}\r\n"
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="bank.xlsx"\r\n'
            "Content-Type: application/octet-stream\r\n\r\n"
        )
        body = begin.encode() + content + f"\r\n--{BOUNDARY}--\r\n".encode()
        return self.ask("POST", path, body, f"multipart/form-data; boundary={BOUNDARY}")
