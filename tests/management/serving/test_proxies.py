"""The proxies' files of docs/operating.md as they are printed there, in front of the real site."""

from __future__ import annotations

import http.client
import os
import re
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

import pytest

from tools.proxies import BEHIND, CADDY, NGINX, NoProxy, running_proxy
from tools.server import HOST, Server, bring_site

PRODUCTION = {
    "ARTICULA_ENV": "production",
    "ARTICULA_HOSTS": "localhost",
    "ARTICULA_NO_VENV": "1",
    "ARTICULA_PATH": "/articula",
    "ARTICULA_SECRET_KEY": "an invented key for the site behind a proxy: 0123456789",
    "DATABASE_URL": "",
}
SECRET = "s3cr3t" * 5
LARGE = 17 * 2**20


@pytest.fixture(scope="module")
def site(site_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Below a path, with TLS: it would redirect for ever where a proxy did not tell the scheme."""
    folder = tmp_path_factory.mktemp("site")
    server = Server(folder, "--no-worker", path="/articula")
    bring_site(folder / "data")
    with mock.patch.dict(os.environ, PRODUCTION | {"ARTICULA_DATA": str(folder / "data")}):
        server.start()
    try:
        yield server
    finally:
        server.kill()


@contextmanager
def people(name: str, port: int, folder: Path) -> Iterator[http.client.HTTPSConnection]:
    """Their browser's connection to the proxy, which the test skips by name where it is not."""
    try:
        with running_proxy(name, port, folder, tls=True, path="/articula") as listening:
            unchecked = ssl._create_unverified_context()  # noqa: S323 -- a certificate of this run
            browser = http.client.HTTPSConnection("localhost", listening, context=unchecked)
            yield browser
            browser.close()
    except NoProxy as reason:
        pytest.skip(str(reason))


@contextmanager
def people_of_two(
    front: str, back: str, port: int, folder: Path, sources: Sequence[str]
) -> Iterator[list[http.client.HTTPSConnection]]:
    """A connection from each source to the first of two proxies in a row; TLS ends there."""
    for name in ("front", "back"):
        (folder / name).mkdir()
    unchecked = ssl._create_unverified_context()  # noqa: S323 -- a certificate of this run
    try:
        with (
            running_proxy(back, port, folder / "back", path="/articula", behind=HOST) as inner,
            running_proxy(front, inner, folder / "front", tls=True, path="/articula") as outer,
        ):
            browsers = [
                http.client.HTTPSConnection(
                    "localhost", outer, context=unchecked, source_address=(source, 0)
                )
                for source in sources
            ]
            yield browsers
            for browser in browsers:
                browser.close()
    except NoProxy as reason:
        pytest.skip(str(reason))


def ask(
    browser: http.client.HTTPSConnection, method: str, path: str, body: bytes | None = None
) -> tuple[int, http.client.HTTPMessage, str]:
    browser.request(method, f"/articula{path}", body)
    answer = browser.getresponse()
    return answer.status, answer.headers, answer.read().decode()


@pytest.mark.parametrize("name", [CADDY, NGINX])
def test_site_stands_below_its_path_behind_the_printed_file(
    site: Server, name: str, tmp_path: Path
) -> None:
    with people(name, site.port, tmp_path) as browser:
        status, headers, page = ask(browser, "GET", "/begin/")
        addresses = re.findall(r'(?:href|src|action)="(/[^"]*)"', page)
        style = next(address for address in addresses if address.endswith(".css"))

        assert status == 200
        assert "path=/articula/" in headers["Set-Cookie"].lower()
        assert [found for found in addresses if not found.startswith("/articula/")] == []
        assert ask(browser, "GET", style.removeprefix("/articula"))[0] == 200
        assert ask(browser, "GET", "/admin/")[1]["Location"].startswith("/articula/admin/login/")


@pytest.mark.parametrize("name", [CADDY, NGINX])
def test_head_and_too_large_requests_leave_the_connection_right(
    site: Server, name: str, tmp_path: Path
) -> None:
    with people(name, site.port, tmp_path) as browser:
        for path in ("/", "/nothing/", "/admin/"):
            ask(browser, "HEAD", path)
            assert ask(browser, "GET", "/healthz")[0] == 200

        status, _, page = ask(browser, "POST", "/begin/", b"a" * LARGE)

    assert status == 413
    assert "This is too much at once" in page


@pytest.mark.parametrize("name", [CADDY, NGINX])
def test_printed_file_leaves_the_secret_out_of_the_logs(
    site: Server, name: str, tmp_path: Path
) -> None:
    """Not even where the site is away, of which the proxies write more than of an answer."""
    with people(name, site.port, tmp_path) as browser:
        answered = ask(browser, "GET", f"/return/{SECRET}/?again=1")[0]
    away = tmp_path / "away"
    away.mkdir()
    with people(name, 1, away) as browser:
        unanswered = ask(browser, "GET", f"/return/{SECRET}/")[0]

    logs = (tmp_path / "articula.log").read_text() + (away / "articula.log").read_text()
    assert (answered, unanswered) == (404, 502)
    assert logs.count("/articula/return/-") >= 2
    assert SECRET not in logs


@pytest.mark.parametrize(("front", "back"), [(CADDY, NGINX), (NGINX, CADDY)])
def test_two_proxies_in_a_row_tell_scheme_path_and_source(
    site: Server, front: str, back: str, tmp_path: Path
) -> None:
    """A site that took the scheme for http would redirect every page to itself."""
    sources = [f"127.0.{number}.{1 if front == CADDY else 2}" for number in (1, 2)]
    with people_of_two(front, back, site.port, tmp_path, sources) as (rosa, anna):
        status, headers, _page = ask(rosa, "GET", "/begin/")
        wrong = [ask(rosa, "GET", f"/return/{'w' * 32}/")[0] for _ in range(11)]
        other = ask(anna, "GET", f"/return/{'w' * 32}/")[0]

    assert status == 200
    assert "; secure" in headers["Set-Cookie"].lower()
    assert "path=/articula/" in headers["Set-Cookie"].lower()
    assert (wrong, other) == ([404] * 10 + [429], 404)


def test_scheme_that_two_proxies_tell_twice_is_understood(site: Server, tmp_path: Path) -> None:
    """Caddy says https, and nginx says it once more: `X-Forwarded-Proto: https, https`."""
    once = BEHIND[NGINX][1]
    twice = once.replace("$http_x_forwarded_proto", '"$http_x_forwarded_proto, https"')
    behind = {**BEHIND, NGINX: (BEHIND[NGINX][0], twice)}
    with (
        mock.patch("tools.proxies.BEHIND", behind),
        mock.patch("tools.proxies.is_documented", return_value=True),
        people_of_two(CADDY, NGINX, site.port, tmp_path, ["127.0.0.1"]) as (rosa,),
    ):
        status, headers, _page = ask(rosa, "GET", "/begin/")

    assert (status, "; secure" in headers["Set-Cookie"].lower()) == (200, True)
