"""The worker: what it does while it runs, and how it ends."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from assessment.management import background
from assessment.management.background import (
    MESSAGES,
    QUEUES,
    BackgroundWork,
    queues_of_threads,
    run_waiting_tasks,
    without_database,
)
from assessment.models import Worker
from assessment.tasks import print_reports, send_mail, stopping

NOBODY = 1
LONGEST_WAIT = 300
"""Seconds; on a quiet machine everything that is waited for comes within 15."""

pytestmark = pytest.mark.usefixtures("at_work")


def enqueued(count: int) -> None:
    for _task in range(count):
        print_reports.enqueue(NOBODY)


@pytest.mark.django_db
def test_tasks_that_wait_are_run_by_the_threads_of_their_queue() -> None:
    enqueued(2)
    send_mail.enqueue(NOBODY)

    of_messages = [run_waiting_tasks("worker", MESSAGES) for _look in range(2)]
    waiting = [task.task_path for task in DBTaskResult.objects.ready()]
    of_all = [run_waiting_tasks("worker", QUEUES) for _look in range(2)]

    assert (of_messages, waiting) == ([True, False], [print_reports.module_path] * 2)
    assert of_all == [True, False]
    assert [task.status for task in DBTaskResult.objects.all()] == ["SUCCESSFUL"] * 3


@pytest.mark.django_db
def test_worker_is_seen_while_it_works_and_sweeps() -> None:
    seen: list[bool] = []
    old = timezone.now() - timedelta(days=2)
    Worker.objects.create(token="killed", seen_at=old)

    def is_wanted() -> bool:
        seen.append(Worker.objects.at_work(timezone.now()).exists())
        return len(seen) < 3

    BackgroundWork(queues=[], is_wanted=is_wanted).run()

    assert seen == [False, True, True]
    assert not Worker.objects.exists(), "the killed one is swept, and this one took its row along"


@pytest.mark.django_db
def test_worker_leaves_tasks_to_another_engine(settings: Settings) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}

    assert BackgroundWork(queues=[QUEUES], is_wanted=lambda: False).threads == []


@pytest.mark.django_db
def test_fault_of_one_piece_of_work_ends_no_worker(caplog: pytest.LogCaptureFixture) -> None:
    def logged(fault: Exception) -> tuple[object, int]:
        def fail() -> None:
            raise fault

        caplog.clear()
        return without_database(fail), len(caplog.messages)

    assert [logged(OperationalError()), logged(ValueError())] == [(None, 1), (None, 1)]


def test_each_thread_of_a_worker_looks_for_tasks_and_ends_with_it(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: dict[str, list[str]] = {}
    monkeypatch.setattr(background, "run_waiting_tasks", looked.__setitem__)
    monkeypatch.setattr(background, "LOOK", 0.001)
    work = BackgroundWork(queues=queues_of_threads(2), is_wanted=lambda: len(looked) < 3)

    work.run()

    names = [f"{work.token}-{at}" for at in range(3)]
    assert looked == dict(zip(names, [QUEUES, QUEUES, MESSAGES], strict=True))
    assert [thread.is_alive() for thread in work.threads] == [False, False, False]


def test_thread_runs_until_it_shall_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    """And ends its printing process where nothing was printed for long."""
    calls = {"look": 0, "stop": 0}

    def look(_name: str, _queues: list[str]) -> bool:
        calls["look"] += 1
        return calls["look"] == 1

    def stop() -> None:
        calls["stop"] += 1

    for name, value in (
        ("run_waiting_tasks", look),
        ("stop_printer", stop),
        ("LOOK", 0.001),
        ("IDLE_PRINTER_ENDS_AFTER", 0.0),
    ):
        monkeypatch.setattr(background, name, value)
    thread = threading.Thread(target=background.run_tasks, args=("name", QUEUES))
    thread.start()
    wait_until(lambda: calls["stop"] > 1)
    stopping.set()
    thread.join(timeout=30)

    assert not thread.is_alive()
    assert calls["look"] > 1


def wait_until(holds: Callable[[], Any]) -> None:
    latest = time.monotonic() + LONGEST_WAIT
    while not holds():
        assert time.monotonic() < latest, "it never came"
        time.sleep(0.05)
