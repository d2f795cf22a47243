from __future__ import annotations

import os
import signal
from argparse import SUPPRESS, ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import Error

from assessment.management.background import BackgroundWork, queues_of_threads
from assessment.management.database_lock import using_database
from assessment.management.waiting_migrations import migrations_wait
from assessment.reports.pdf.printer import lower_priority
from assessment.tasks import stopping


class CannotWork(CommandError):
    pass


class Command(BaseCommand):
    help = "Does the site's background work (PDFs, clearing) until it is stopped."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        # Given by `start`: the process with which this one ends, however that one ends.
        parser.add_argument("--parent", type=int, help=SUPPRESS)

    def handle(self, *, parent: int | None, **_options: Any) -> None:
        os.umask(0o077)
        signal.signal(signal.SIGTERM, lambda *_signal: stopping.set())
        signal.signal(signal.SIGINT, lambda *_signal: stopping.set())
        with using_database():
            refuse_waiting_migrations()
            lower_priority()
            if parent is None:
                self.stdout.write(f"At work, {settings.PRINTERS} reports at once. Ctrl-C stops it.")
                self.stdout.flush()
            is_wanted = (lambda: True) if parent is None else (lambda: os.getppid() == parent)
            queues = queues_of_threads(settings.PRINTERS)
            BackgroundWork(queues=queues, is_wanted=is_wanted).run()


def refuse_waiting_migrations() -> None:
    try:
        waiting = migrations_wait()
    except Error as error:
        first_line = str(error).strip().partition("\n")[0]
        raise CannotWork(f"The database cannot be used: {first_line}") from error
    if waiting:
        raise CannotWork("Migrations wait: python3 manage.py start applies them.")
