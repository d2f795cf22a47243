"""Forks one worker after the other: each that is killed is followed by the next within moments.

The site is read once, by a process without threads and without a connection, so that a fork of it
is a whole worker. The number of each is written to standard output.
"""

from __future__ import annotations

import os
import sys
import threading
from datetime import timedelta

import django

THREADS = 2
LOOK = 0.02


def main() -> None:
    django.setup()
    while True:
        child = os.fork()
        if child == 0:
            mail_until_killed()
        print(child, flush=True)
        os.waitpid(child, 0)


def mail_until_killed() -> None:
    """What a worker does, with pauses of seconds in place of minutes."""
    from django.utils import timezone

    from assessment import tasks
    from assessment.actions.mail import hold
    from assessment.management import background

    hold.MAIL_LEASE = tasks.QUEUED_AGAIN_AFTER = timedelta(seconds=float(sys.argv[1]))
    hold.PAUSES = (timedelta(seconds=1),)
    background.LOOK = LOOK
    for number in range(THREADS):
        threading.Thread(
            target=background.run_tasks,
            args=(f"{os.getpid()}-{number}", background.QUEUES),
            daemon=True,
        ).start()
    while not tasks.stopping.wait(LOOK):
        background.without_database(lambda: tasks.queue_due_mails(now=timezone.now()))


if __name__ == "__main__":
    main()
