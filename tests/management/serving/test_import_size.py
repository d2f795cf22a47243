"""A file of the bank as large as the page allows, from the browser to the dry run and back."""

from __future__ import annotations

import http.client
import os
import re
import ssl
import subprocess
import sys
import zipfile
from contextlib import ExitStack
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from unittest import mock
from urllib.parse import urlencode

import pytest

from assessment.interchange.archive import LARGEST_FILE, MEGABYTE
from tests.management.serving.test_proxies import PRODUCTION
from tools.proxies import CADDY, NGINX, NoProxy, running_proxy
from tools.server import ROOT, Server, bring_site

if TYPE_CHECKING:
    from collections.abc import Iterator

PASSWORD = "a long invented phrase"
BOUNDARY = "invented-boundary"
LIST = "/articula/admin/assessment/edition/"
MAKE_ADA = f"""
from django.contrib.auth.models import Group, User
ada = User.objects.create_user("ada", password={PASSWORD!r}, is_staff=True)
ada.groups.add(Group.objects.get(name="Content editor"))
"""
"""Who works on the bank and needs no second factor."""


@pytest.fixture(scope="module")
def site(site_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("site")
    bring_site(folder / "data")
    server = Server(folder, "--no-worker", path="/articula")
    own = PRODUCTION | {"ARTICULA_DATA": str(folder / "data")}
    with mock.patch.dict(os.environ, own):
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


class Browser:
    """Keeps cookies; says over which way it comes."""

    def __init__(self, connection: http.client.HTTPConnection, headers: dict[str, str]) -> None:
        self.connection, self.headers = connection, headers
        self.cookies: dict[str, str] = {}

    def ask(
        self, method: str, path: str, body: bytes | None = None, kind: str = ""
    ) -> tuple[int, str, bytes]:
        """Status, where it leads to, content."""
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = self.headers | {"Cookie": cookies, "Referer": "https://localhost/"}
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


@pytest.fixture(params=[CADDY, NGINX])
def ada(site: Server, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Browser]:
    with ExitStack() as stack:
        try:
            proxy = running_proxy(request.param, site.port, tmp_path, tls=True, path="/articula")
            port = stack.enter_context(proxy)
        except NoProxy as reason:
            pytest.skip(str(reason))
        unchecked = ssl._create_unverified_context()  # noqa: S323 -- of this run
        connection = http.client.HTTPSConnection("localhost", port, context=unchecked, timeout=60)
        stack.callback(connection.close)
        browser = Browser(connection, {"Host": "localhost"})
        browser.sign_in()
        yield browser


def workbook_of(bank: bytes, size: int) -> bytes:
    """The same workbook with a picture in it that makes it as large as is wanted."""
    return with_picture(bank, size - len(with_picture(bank, 0)))


def with_picture(bank: bytes, size: int) -> bytes:
    file = BytesIO(bank)
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("xl/media/image1.png", os.urandom(size))
    return file.getvalue()


def test_largest_file_is_read_and_a_larger_one_refused_in_words(ada: Browser) -> None:
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
