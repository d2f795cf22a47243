"""The proxies' files of docs/operating.md as they are printed there, in front of the real site."""

from __future__ import annotations

import http.client
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import NamedTuple
from unittest import mock

import pytest

from assessment.interchange.archive import LARGEST_FILE, MEGABYTE
from tests.management.serving.behind_proxies import (
    PASSWORD,
    PATH,
    Browser,
    ask,
    connection_to,
    people_of_two,
    proxy_before,
)
from tests.management.test_background import wait_until
from tools.proxies import BEHIND, CADDY, NGINX
from tools.server import ROOT, Server, bring_site

PRODUCTION = {
    "ARTICULA_ENV": "production",
    "ARTICULA_HOSTS": "localhost",
    "ARTICULA_NO_VENV": "1",
    "ARTICULA_PATH": "/articula",
    "ARTICULA_SECRET_KEY": "an invented key for the site behind a proxy: 0123456789",
    "DATABASE_URL": "",
}
SECRET = "s3cr3t" * 5
LIST = "/articula/admin/assessment/edition/"
MAKE_ADA = f"""
from django.contrib.auth.models import Group, User
ada = User.objects.create_user("ada", password={PASSWORD!r}, is_staff=True)
ada.groups.add(Group.objects.get(name="Content editor"))
"""
"""Who works on the bank and needs no second factor."""


@pytest.fixture(scope="module")
def site(site_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Below a path, with TLS: it would redirect for ever where a proxy did not tell the scheme."""
    folder = tmp_path_factory.mktemp("site")
    server = Server(folder, "--no-worker", path=PATH)
    bring_site(folder / "data")
    with mock.patch.dict(os.environ, PRODUCTION | {"ARTICULA_DATA": str(folder / "data")}):
        server.start()
        subprocess.run(
            (sys.executable, "manage.py", "shell", "-c", MAKE_ADA),
            cwd=ROOT,
            check=True,
            capture_output=True,
        )
    try:
        yield server
    finally:
        server.kill()


class Proxy(NamedTuple):
    name: str
    port: int
    log: Path


@pytest.fixture(scope="module", params=[CADDY, NGINX])
def proxy(
    site: Server, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Proxy]:
    folder = tmp_path_factory.mktemp(request.param)
    with proxy_before(request.param, site.port, folder) as port:
        yield Proxy(request.param, port, folder / "articula.log")


@pytest.fixture
def person(proxy: Proxy) -> Iterator[http.client.HTTPSConnection]:
    with connection_to(proxy.port) as opened:
        yield opened


def test_site_stands_below_its_path_behind_the_printed_file(
    person: http.client.HTTPSConnection,
) -> None:
    """HEAD leaves the connection right for what is asked next."""
    head = {path: ask(person, "HEAD", path)[0] for path in ("/", "/nothing/", "/admin/")}
    status, headers, page = ask(person, "GET", "/begin/")
    addresses = re.findall(r'(?:href|src|action)="(/[^"]*)"', page)
    style = next(address for address in addresses if address.endswith(".css"))

    assert (head, status) == ({"/": 200, "/nothing/": 404, "/admin/": 302}, 200)
    assert "path=/articula/" in headers["Set-Cookie"].lower()
    assert [found for found in addresses if not found.startswith("/articula/")] == []
    assert ask(person, "GET", style.removeprefix("/articula"))[0] == 200
    assert ask(person, "GET", "/admin/")[1]["Location"].startswith("/articula/admin/login/")


def test_printed_file_leaves_the_secret_out_of_the_logs(
    proxy: Proxy, person: http.client.HTTPSConnection, tmp_path: Path
) -> None:
    """Not even where the site is away, of which the proxies write more than of an answer."""
    answered = ask(person, "GET", f"/return/{SECRET}/?again=1")[0]
    ask(person, "GET", "/asked-after-it/")
    wait_until(lambda: "/asked-after-it/" in proxy.log.read_text())
    with proxy_before(proxy.name, 1, tmp_path) as port, connection_to(port) as away:
        unanswered = ask(away, "GET", f"/return/{SECRET}/")[0]

    logs = proxy.log.read_text() + (tmp_path / "articula.log").read_text()
    assert (answered, unanswered) == (404, 502)
    assert logs.count("/articula/return/-") >= 2
    assert SECRET not in logs


def workbook_of(bank: bytes, size: int) -> bytes:
    """The same workbook with a picture in it that makes it as large as is wanted."""
    return with_picture(bank, size - len(with_picture(bank, 0)))


def with_picture(bank: bytes, size: int) -> bytes:
    file = BytesIO(bank)
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("xl/media/image1.png", os.urandom(size))
    return file.getvalue()


def test_largest_file_is_read_and_a_larger_one_refused_in_words(
    person: http.client.HTTPSConnection,
) -> None:
    ada = Browser(person)
    ada.sign_in()
    page = ada.ask("GET", LIST)[2].decode()
    number = re.findall(rf"{LIST}(\d+)/change/", page)[0]
    bank = ada.ask("GET", f"{LIST}{number}/export.xlsx")[2]
    address = f"{LIST}{number}/import/"
    largest = workbook_of(bank, LARGEST_FILE)

    status, dry_run, _page = ada.send_file(address, largest)
    shown = ada.ask("GET", dry_run)
    larger = ada.send_file(address, largest + b"a")
    far_larger = ada.send_file(address, largest + b"a" * 2 * MEGABYTE)

    assert len(largest) == LARGEST_FILE
    assert (status, shown[0]) == (302, 200)
    assert (larger[0], b"The file is larger than 16 MB." in larger[2]) == (200, True)
    assert (far_larger[0], b"This is too much at once" in far_larger[2]) == (413, True)
    assert ada.ask("GET", LIST)[0] == 200


def test_two_proxies_in_a_row_tell_scheme_path_and_source(site: Server, tmp_path: Path) -> None:
    """A site that took the scheme for http would redirect every page to itself."""

    def told(front: str, back: str) -> tuple[int, list[bool], list[int], int]:
        sources = [f"127.0.{number}.{1 if front == CADDY else 2}" for number in (1, 2)]
        with people_of_two(front, back, site.port, tmp_path, sources) as (rosa, anna):
            status, headers, _page = ask(rosa, "GET", "/begin/")
            wrong = [ask(rosa, "GET", f"/return/{'w' * 32}/")[0] for _ in range(11)]
            other = ask(anna, "GET", f"/return/{'w' * 32}/")[0]
        cookie = headers["Set-Cookie"].lower()
        return status, [part in cookie for part in ("; secure", "path=/articula/")], wrong, other

    right = (200, [True, True], [404] * 10 + [429], 404)
    assert (told(CADDY, NGINX), told(NGINX, CADDY)) == (right, right)


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
