"""What docs/operating.md runs for longer: site, worker, checks, and the account of PostgreSQL."""

from __future__ import annotations

import http.client
import json
import os
import re
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.db import connection

from tests.test_operating import (
    OPERATING,
    ROOT,
    address,
    bank_in_database,
    db,
    edition,
    folder,
    rows,
    run,
)
from tests.test_operating_commands import bank_lines, sentence_line, status_of
from tools.server import HOST, bring_database, bring_files, free_port

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["bank_in_database", "db", "edition", "folder"]

PRODUCTION = " ".join(
    re.findall(
        r"^    (ARTICULA_ENV=.*start --no-input)$", OPERATING.replace("\\\n   ", ""), re.MULTILINE
    )
)
KEY = "an invented key that is long enough for production: 0123456789"
SQL = re.findall(r"CREATE ROLE[^;]+;|CREATE DATABASE\s[^`]+(?=`)", OPERATING)
SERVICES = re.findall(r"^    python3 (manage\.py (?:worker|doctor))$", OPERATING, re.MULTILINE)


def production_line(port: int, database: str) -> str:
    """As it is printed, with what stands for a secret, the database and a free port put in."""
    line = re.sub(r"ARTICULA_SECRET_KEY=\S+", f"ARTICULA_SECRET_KEY={shlex.quote(KEY)}", PRODUCTION)
    line = re.sub(r"DATABASE_URL=\S+", f"DATABASE_URL={shlex.quote(database)}", line)
    return f"exec env {line} --no-system-packages --port {port}"


def environment(folder: Path, database: str) -> dict[str, str]:
    return os.environ | {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "ARTICULA_NO_VENV": "1",
        "ARTICULA_DATA": str(folder / "var"),
        "DATABASE_URL": database,
    }


def ended(process: subprocess.Popen[str]) -> tuple[int, str]:
    process.send_signal(signal.SIGTERM)
    _out, error = process.communicate(timeout=60)
    return process.returncode, error


def health(port: int, site: subprocess.Popen[str]) -> int:
    """Once it answers, by the name that the printed line has."""
    while site.poll() is None:
        probe = http.client.HTTPConnection(HOST, port, timeout=10)
        try:
            probe.request("GET", "/healthz", headers={"Host": "articula.example.org"})
            return probe.getresponse().status
        except OSError:
            time.sleep(0.2)
        finally:
            probe.close()
    return 0


def test_page_prints_what_is_tried_here() -> None:
    assert SERVICES == ["manage.py worker", "manage.py doctor"]
    assert [statement.split()[1] for statement in SQL] == ["ROLE", "DATABASE"]
    assert "ARTICULA_HOSTS=articula.example.org" in PRODUCTION


@pytest.mark.usefixtures("edition")
def test_worker_runs_as_written_until_it_is_told_to_end(folder: Path, site_made: Path) -> None:
    bring_files(folder / "var")
    process = subprocess.Popen(
        (sys.executable, *SERVICES[0].split()),
        cwd=folder,
        env=environment(folder, address()),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    told = process.stdout.readline()

    assert "At work" in told
    assert ended(process) == (0, "")


@pytest.mark.usefixtures("edition")
def test_doctor_says_what_is_wrong_as_written(capsys: pytest.CaptureFixture[str]) -> None:
    before = rows()

    status = status_of(SERVICES[1])

    said = capsys.readouterr().out.splitlines()[-1]
    assert status == (0 if said == "Nothing is wrong." else 1)
    assert status == 0 or said.endswith("to be mended.")
    assert rows() == before


def whole_lines() -> list[str]:
    """Every command of the page that needs a database that is there already."""
    named = ("createsuperuser", "auditlogflush", "shell")
    return [*SERVICES, *bank_lines()[1:], *map(sentence_line, named)]


ONE_AFTER_THE_OTHER = f"""
import contextlib, io, json, shlex, sys
sys.path.insert(0, {str(ROOT)!r})
import manage
told = {{}}
for line in sys.argv[1:]:
    sys.argv, sys.stdin = shlex.split(line, comments=True), io.StringIO("y")
    out, error, status = io.StringIO(), io.StringIO(), 0
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(error):
        try:
            manage.main()
        except SystemExit as ended:
            status = ended.code
    told[line] = status, out.getvalue(), error.getvalue()
print(json.dumps(told))
"""
"""In one process: most of the second that each takes is the start of Django."""


@pytest.mark.usefixtures("edition")
def test_misspelt_database_is_named_and_none_is_made(folder: Path) -> None:
    """SQLite would make an empty file of it, and answer that a table is missing."""
    name = f"{connection.settings_dict['NAME']}x"
    lines, before = whole_lines(), {*folder.iterdir()}

    given = shlex.join(["python3", "-c", ONE_AFTER_THE_OTHER, *lines])
    _status, printed, fault = run(given, folder, DATABASE_URL=address(name))

    def outcome(status: int, out: str, error: str) -> tuple[int, bool, int]:
        said = error or out
        # The file that is imported is read first, and misses here too.
        named = name in said or (connection.vendor != "sqlite" and "bank.xlsx" in said)
        return status, named, error.count("\n")

    assert fault == ""
    assert {line: outcome(*told) for line, told in json.loads(printed).items()} == {
        line: (1, True, 0 if "doctor" in line else 1) for line in lines
    }
    assert not Path(name).exists()
    assert {*folder.iterdir()} - before <= {folder / "var"}


@pytest.mark.usefixtures("db")
def test_check_of_production_finds_nothing_weak(folder: Path) -> None:
    settings = {"ARTICULA_ENV": "production", "ARTICULA_HOSTS": "a.example.org"}

    status, _out, error = run(
        f"python3 {sentence_line('check')}", folder, ARTICULA_SECRET_KEY=KEY, **settings
    )

    assert (status, "WARNINGS" in error) == (0, False)


@pytest.fixture
def own_account(db: None) -> Iterator[str]:
    """The address of a database of the account that the page makes, with other names."""
    name = f"articula_{os.getpid()}"
    statements = [
        re.sub(r"\barticula\b", name, statement).replace("'…'", "'invented'") for statement in SQL
    ]
    at = connection.settings_dict
    connection.close()
    with connection._nodb_cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
    try:
        yield f"postgres://{name}:invented@{at['HOST']}:{at['PORT']}/{name}"
    finally:
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
            cursor.execute(f"DROP ROLE {name}")


@pytest.fixture
def database(request: pytest.FixtureRequest, site_made: Path, folder: Path) -> str:
    """On SQLite, where there are no accounts, of a site that was started before."""
    if connection.vendor == "sqlite":
        bring_database(folder / "own.sqlite3")
        return f"sqlite:///{folder}/own.sqlite3"
    return str(request.getfixturevalue("own_account"))


def test_production_line_serves_with_the_account_of_the_page(
    folder: Path, site_made: Path, database: str
) -> None:
    """It owns its database and nothing else: that is enough to migrate, serve and print."""
    bring_files(folder / "var")
    port = free_port()
    process = subprocess.Popen(
        ("sh", "-c", production_line(port, database)),
        cwd=folder,
        env=environment(folder, database),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        healthy = health(port, process)
        backup = run("python3 manage.py backup own.backup", folder, DATABASE_URL=database)
    finally:
        status, _error = ended(process)

    assert (healthy, status) == (200, 0)
    assert (backup[0], (folder / "own.backup").exists()) == (0, True)


@pytest.mark.usefixtures("db")
def test_production_line_with_a_name_misspelt_makes_nothing(folder: Path) -> None:
    wrong = production_line(free_port(), address()).replace("=production", "=prodution")

    status, out, error = run(wrong, folder)

    assert (status, out, error.count("\n")) == (1, "", 1)
    assert "ARTICULA_ENV" in error
    assert not (folder / "var").exists()
