"""A worker: threads that run tasks, and a sweep every minute, until it is told to end."""

from __future__ import annotations

import logging
import secrets
import threading
import time
from collections.abc import Callable, Sequence

from django.db import Error, close_old_connections, connections
from django.utils import timezone
from django_tasks import task_backends
from django_tasks.base import DEFAULT_TASK_QUEUE_NAME
from django_tasks_db import DatabaseBackend
from django_tasks_db.management.commands.db_worker import Worker as TaskRunner
from django_tasks_db.models import DBTaskResult

from assessment.models import Worker
from assessment.tasks import PRINTING, stop_printer, stopping, sweep

LOOK = 0.5
"""Seconds between two looks for a task, and at whether the worker is still wanted."""
REPORT_EVERY = 15.0
SWEEP_EVERY = 60.0
IDLE_PRINTER_ENDS_AFTER = 300.0
"""Seconds; it holds more than a hundred megabytes."""

QUEUES = [DEFAULT_TASK_QUEUE_NAME, PRINTING]
MESSAGES = [DEFAULT_TASK_QUEUE_NAME]

logger = logging.getLogger(__name__)


class BackgroundWork:
    """A thread for each of `queues`, which takes its tasks from these; `is_wanted` is asked again
    and again."""

    def __init__(self, *, queues: Sequence[list[str]], is_wanted: Callable[[], bool]) -> None:
        self.token = secrets.token_hex(16)
        self.is_wanted = is_wanted
        self.threads = [
            threading.Thread(target=run_tasks, args=(f"{self.token}-{at}", of_thread))
            for at, of_thread in enumerate(queues if runs_here() else ())
        ]
        self.due = {self.report: 0.0, self.sweep: 0.0}

    def run(self) -> None:
        """Until `stopping` is set, or nobody wants it any more."""
        for thread in self.threads:
            thread.start()
        while self.is_wanted() and not stopping.wait(LOOK):
            self.do_what_is_due(time.monotonic())
        stopping.set()
        for thread in self.threads:
            thread.join()
        without_database(Worker.objects.filter(token=self.token).delete)

    def do_what_is_due(self, clock: float) -> None:
        for work, when in self.due.items():
            if clock >= when:
                without_database(work)
                self.due[work] = clock + INTERVALS[work.__name__]

    def report(self) -> None:
        """The site and `doctor` see by it that somebody works."""
        Worker.objects.update_or_create(token=self.token, defaults={"seen_at": timezone.now()})

    def sweep(self) -> None:
        sweep(now=timezone.now())


INTERVALS = {"report": REPORT_EVERY, "sweep": SWEEP_EVERY}


def runs_here() -> bool:
    """Whether the tasks are run by this worker; another engine brings workers of its own."""
    return isinstance(task_backends["default"], DatabaseBackend)


def queues_of_threads(printers: int) -> list[list[str]]:
    """One for each report that may be printed at once, and one that is free for messages then."""
    return [*[QUEUES] * printers, MESSAGES]


def run_tasks(name: str, queues: list[str]) -> None:
    """A thread's whole life: one task after another, each looked for in the database."""
    used = time.monotonic()
    while not stopping.wait(LOOK):
        if without_database(lambda: run_waiting_tasks(name, queues)):
            used = time.monotonic()
        elif time.monotonic() - used > IDLE_PRINTER_ENDS_AFTER:
            stop_printer()
    stop_printer()
    connections.close_all()


def run_waiting_tasks(name: str, queues: list[str]) -> bool:
    """Whether there were any. Looking needs no lock, and SQLite has one for all who write."""
    found = False
    while _some_wait(queues) and not stopping.is_set():
        found = True
        one_task(name, queues).run()
    return found


def _some_wait(queues: list[str]) -> bool:
    return bool(DBTaskResult.objects.ready().filter(queue_name__in=queues).exists())


def one_task(name: str, queues: list[str]) -> TaskRunner:
    return TaskRunner(
        queue_names=queues,
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=1,
        worker_id=name,
        excluded_queue_names=[],
    )


def without_database(work: Callable[[], object]) -> object:
    """What `work` gives; where it fails, a line of the log, and the next time it is done again."""
    try:
        close_old_connections()
        return work()
    except Error:
        logger.warning("the database is away: background work goes on when it is back")
    except Exception:
        logger.exception("background work failed")
    finally:
        close_old_connections()
    return None
