"""The worker as processes: of `start`, which it ends with, and of its own."""

from __future__ import annotations

import io
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from pytest_django import Settings

from assessment.management.commands.worker import CannotWork, refuse_waiting_migrations
from assessment.management.worker_child import WorkerChild, worker_child
from tests.management.test_background import wait_until
from tests.tables import raised
from tools.server import bring_site

SEED = 20261128
KILLS = 2
READY = [("ready",), ("ready",)]
SLEEPS = (sys.executable, "-c", "import time; time.sleep(60)")


def running(command: tuple[str, ...]) -> WorkerChild:
    child = WorkerChild(command)
    child.start()
    wait_until(lambda: child.process is not None)
    return child


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.fixture
def ends_slowly(monkeypatch: pytest.MonkeyPatch) -> tuple[str, ...]:
    monkeypatch.setattr("assessment.management.worker_child.PATIENCE", 0.5)
    code = "import signal, time; signal.signal(15, signal.SIG_IGN); print(1, flush=True)"
    return (sys.executable, "-c", f"{code}; time.sleep(60)")


def test_child_is_started_again_when_it_dies_and_ends_with_the_block(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("assessment.management.worker_child.FIRST_PAUSE", 0.01)
    monkeypatch.setattr("assessment.management.worker_child.worker_command", lambda: SLEEPS)

    with worker_child() as child:
        child.start()
        wait_until(lambda: child.process is not None)
        first = child.process
        assert first is not None
        first.kill()
        wait_until(lambda: child.process is not first)

    assert child.process is not None
    assert (first.returncode, child.process.returncode) == (-signal.SIGKILL, -signal.SIGTERM)


def test_child_that_does_not_end_is_killed(
    ends_slowly: tuple[str, ...], capfd: pytest.CaptureFixture[str]
) -> None:
    child = running(ends_slowly)
    wait_until(lambda: capfd.readouterr().out)

    child.stop()

    assert child.process is not None
    assert child.process.returncode == -signal.SIGKILL


def test_child_is_not_left_behind_by_an_end_that_comes_as_it_starts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    late, early = WorkerChild(SLEEPS), WorkerChild(SLEEPS)
    begin = subprocess.Popen

    def begin_late(*given: Any, **named: Any) -> Any:
        late.stopping.set()
        return begin(*given, **named)

    early.stopping.set()
    early.start()
    early.stop()
    monkeypatch.setattr(subprocess, "Popen", begin_late)
    late.start()
    late.thread.join(30)

    assert early.process is None
    assert late.process is not None
    assert late.process.returncode == -signal.SIGTERM


@pytest.fixture
def without_threads(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As with another engine; and this process keeps its priority and its signals."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    monkeypatch.setattr("assessment.management.commands.worker.lower_priority", lambda: None)
    before = {name: signal.getsignal(name) for name in (signal.SIGTERM, signal.SIGINT)}
    yield
    for name, handler in before.items():
        signal.signal(name, handler)


@pytest.mark.django_db
@pytest.mark.usefixtures("without_threads", "own_data_folder", "at_work")
def test_worker_ends_on_sigterm() -> None:
    out = io.StringIO()
    threading.Timer(1, os.kill, (os.getpid(), signal.SIGTERM)).start()

    call_command("worker", stdout=out)

    assert out.getvalue().startswith("At work, ")


@pytest.mark.django_db
@pytest.mark.usefixtures("without_threads", "own_data_folder", "at_work")
def test_worker_ends_when_its_parent_is_gone() -> None:
    out = io.StringIO()

    call_command("worker", f"--parent={os.getpid()}", stdout=out)  # nobody is their own parent

    assert out.getvalue() == ""


@pytest.mark.django_db
def test_worker_says_in_one_line_why_it_cannot_use_the_database() -> None:
    def away(*_statement: object) -> None:
        raise OperationalError("no route\n\tIs the server running?")

    with connection.execute_wrapper(away):
        refused = raised(CannotWork, refuse_waiting_migrations)
    rows = MigrationRecorder.Migration.objects.filter(app="assessment")
    rows.filter(name=rows.order_by("name").values_list("name", flat=True).last()).delete()
    waiting = raised(CannotWork, refuse_waiting_migrations)

    assert str(refused) == "The database cannot be used: no route"
    assert str(waiting).startswith("Migrations wait: ")


class Site:
    """`start` with its worker on a database of its own."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder = folder
        self.command = (sys.executable, "manage.py", "start", "--no-input", f"--port={port}")
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, *more: str) -> None:
        own = {"ARTICULA_DATA": str(self.folder), "ARTICULA_NO_VENV": "1", "ARTICULA_PRINTERS": "1"}
        environment = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"} | own
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                (*self.command, *more),
                cwd=settings.BASE_DIR,
                env=environment,
                stdout=log,
                stderr=log,
            )

    def rows(self, query: str) -> list[Any]:
        path = self.folder / "articula.sqlite3"
        if not path.exists():
            return []
        with closing(sqlite3.connect(f"file:{path}?mode=ro", timeout=20, uri=True)) as opened:
            try:
                return opened.execute(query).fetchall()
            except sqlite3.OperationalError:
                return []

    def minutes_pass(self) -> None:
        """Leases end, and what the queue lost is due, without the minutes that it takes."""
        with closing(sqlite3.connect(self.folder / "articula.sqlite3", timeout=20)) as opened:
            opened.execute("UPDATE assessment_reportfile SET queued_at = NULL")
            past = "UPDATE assessment_reportfile SET held_until = ? WHERE state = 'printing'"
            opened.execute(past, ("2000-01-01 00:00:00",))
            opened.commit()

    def children(self) -> list[int]:
        assert self.process is not None
        found = Path(f"/proc/{self.process.pid}/task").glob("*/children")
        return [int(pid) for file in found for pid in file.read_text().split()]

    def end(self, how: signal.Signals) -> None:
        assert self.process is not None
        self.process.send_signal(how)
        self.process.wait(timeout=60)


@pytest.fixture
def site(site_made: Path, tmp_path: Path, port: int) -> Iterator[Site]:
    bring_site(tmp_path)
    made = Site(tmp_path, port)
    yield made
    if made.process is not None and made.process.poll() is None:
        made.end(signal.SIGKILL)


def states(site: Site) -> list[Any]:
    return site.rows("SELECT state FROM assessment_reportfile")


@pytest.mark.django_db
def test_killed_workers_and_sites_forget_nothing_and_end_together(site: Site) -> None:
    """Killed at random moments while they print: in the end brief and report are there, once.

    A site that is killed leaves no worker behind, and one that is told to stop takes its along.
    """
    random = Random(SEED)
    site.start("--demo")
    wait_until(lambda: states(site))
    for kill in range(KILLS):
        wait_until(site.children)
        time.sleep(random.uniform(0, 3))
        (worker,) = site.children()
        if kill % 2:
            site.end(signal.SIGKILL)
            wait_until(lambda pid=worker: not is_alive(pid))  # type: ignore[misc]
            site.minutes_pass()
            site.start()
        else:
            os.kill(worker, signal.SIGKILL)
            site.minutes_pass()
    site_is_done: Callable[[], bool] = lambda: states(site) == READY  # noqa: E731

    wait_until(site_is_done)
    pdfs = site.rows("SELECT content FROM assessment_reportfile")
    assert [(pdf[:5], pdf.rstrip()[-5:]) for (pdf,) in pdfs] == [(b"%PDF-", b"%%EOF")] * 2
    assert site.rows("SELECT count(*) FROM assessment_result WHERE kind = 'own'") == [(1,)]
    assert_told_site_takes_its_worker_along(site)


def assert_told_site_takes_its_worker_along(site: Site) -> None:
    """Those that were killed have left their rows, which the next days sweep."""
    seen = "SELECT token FROM assessment_worker ORDER BY seen_at DESC"
    (worker,), (_last, *killed) = site.children(), site.rows(seen)

    site.end(signal.SIGTERM)

    assert (site.process and site.process.returncode, is_alive(worker)) == (0, False)
    assert site.rows(seen) == killed
