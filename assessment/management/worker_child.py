"""The worker that `start` brings along: a child that ends with it and is started again."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings

PATIENCE = 30.0
"""Seconds for the worker to end of itself."""
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0
"""Seconds before it is started again; they double while it ends again and again."""


class WorkerChild:
    def __init__(self, command: tuple[str, ...]) -> None:
        self.command = command
        self.process: subprocess.Popen[bytes] | None = None
        self.stopping = threading.Event()
        self.thread = threading.Thread(target=self.keep_running, daemon=True)

    def start(self) -> None:
        self.thread.start()

    def keep_running(self) -> None:
        pause = FIRST_PAUSE
        while not self.stopping.is_set():
            began = time.monotonic()
            self.process = subprocess.Popen(  # noqa: S603 -- this program
                self.command, cwd=settings.BASE_DIR, stdin=subprocess.DEVNULL
            )
            if self.stopping.is_set():
                self.process.terminate()
            self.process.wait()
            ran_well = time.monotonic() - began > LONGEST_PAUSE
            pause = FIRST_PAUSE if ran_well else min(2 * pause, LONGEST_PAUSE)
            self.stopping.wait(pause)

    def stop(self) -> None:
        """Waits for its end, so that nothing is left behind."""
        self.stopping.set()
        if self.thread.ident is None:  # a site that ended before it had come so far
            return
        if self.process is not None:
            self.process.terminate()
        self.thread.join(PATIENCE)
        if self.thread.is_alive() and self.process is not None:
            self.process.kill()
            self.thread.join()


def worker_command() -> tuple[str, ...]:
    return (
        sys.executable,
        str(settings.BASE_DIR / "manage.py"),
        "worker",
        f"--parent={os.getpid()}",
    )


@contextmanager
def worker_child() -> Iterator[WorkerChild]:
    """It runs once it is started, and ends with the block."""
    child = WorkerChild(worker_command())
    try:
        yield child
    finally:
        child.stop()
