"""`start` of today on a database of version 0.1.0: it migrates, serves, and every link opens."""

from __future__ import annotations

import http.client
import os
import subprocess
import sys
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from assessment.environment import SQLITE
from tests.management.test_read_only_checkout import ROOT, wait_for
from tests.upgrade.own_database import in_place_of_default, own_database
from tests.upgrade.stored_rows import database_of_version, stored_addresses
from tools.server import HOST, bring_files, free_port

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytest_django import DjangoDbBlocker


@pytest.fixture
def old_site(site_made: Path, tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    with django_db_blocker.unblock(), own_database(tmp_path) as connection:
        with in_place_of_default(connection):
            database_of_version(connection)
        connection.close()
        yield address_of(connection.settings_dict)


def address_of(at: dict[str, object]) -> str:
    if at["ENGINE"] == SQLITE:
        return f"sqlite:///{at['NAME']}"
    account = f"{at['USER']}:{quote(str(at['PASSWORD']))}"
    return f"postgres://{account}@{at['HOST']}:{at['PORT']}/{at['NAME']}"


def answer_of(port: int, path: str, cookies: str = "") -> tuple[str, str]:
    """The status with where it leads to, and the cookies that were given."""
    connection = http.client.HTTPConnection(HOST, port, timeout=60)
    connection.request("GET", path, headers={"Cookie": cookies})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    given = [line.partition(";")[0] for line in answer.headers.get_all("Set-Cookie", [])]
    return f"{answer.status} {answer.headers.get('Location', '')}".strip(), "; ".join(given)


def test_start_serves_an_old_database_as_before(old_site: str, tmp_path: Path) -> None:
    port = free_port()
    bring_files(tmp_path / "data")
    site = subprocess.Popen(
        (
            *(sys.executable, str(ROOT / "manage.py"), "start"),
            *("--no-input", "--no-system-packages", "--no-worker", f"--port={port}"),
        ),
        env=os.environ
        | {
            "ARTICULA_NO_VENV": "1",
            "ARTICULA_DATA": str(tmp_path / "data"),
            "ARTICULA_DEBUG": "1",  # spares it the compressing of static files
            "DATABASE_URL": old_site,
        },
        text=True,
    )
    try:
        healthy = wait_for(f"http://{HOST}:{port}/healthz", site)
        found = {
            stored["who"]: answer_of(port, stored["own"], answer_of(port, stored["link"])[1])[0]
            for stored in stored_addresses()
        }
    finally:
        site.terminate()
        site.wait()

    assert healthy == 200
    assert found == {stored["who"]: stored["answers"][""] for stored in stored_addresses()}
