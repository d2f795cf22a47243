"""Background work: a task carries the key of a row, and the row's own state is the truth.

So nothing hangs on the engine that runs the tasks (settings: TASKS): one that is lost is queued
again by `sweep`, one that comes twice finds nothing to do.
"""

from __future__ import annotations

import logging
import secrets
import threading
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError
from django.db.models import Q
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from assessment.actions.editions.uploads import delete_old_uploads
from assessment.actions.report_files.bound import delete_least_used_files
from assessment.actions.report_files.printing import (
    NotHeld,
    claim_file,
    give_file_back,
    give_up_try,
    hold_file,
    refuse_file,
    store_file,
    take_back_lost_files,
)
from assessment.actions.report_files.request import note_use, request_file
from assessment.models import Counter, ReportFile, Worker
from assessment.reports.pdf.files import pdf_key, print_html
from assessment.reports.pdf.printer import PdfTooLarge, PdfTooLong, Printer, PrinterDied
from assessment.reports.pdf.render import PdfUnavailable, UnprintableText
from assessment.reports.report_data import report_of_response
from assessment.reports.sections import FILES

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from assessment.models import Response

HOLD_EVERY = timedelta(seconds=15)
QUEUED_AGAIN_AFTER = timedelta(minutes=5)
FORGOTTEN_AFTER = timedelta(days=1)
"""A worker that was not seen, or a task that runs, for so long was killed."""
MEGABYTE = 1_000_000
PROBLEMS: dict[type[Exception], str] = {
    PdfTooLong: ReportFile.Problem.TOO_LONG,
    PdfTooLarge: ReportFile.Problem.TOO_LARGE,
    UnprintableText: ReportFile.Problem.UNPRINTABLE,
    PdfUnavailable: ReportFile.Problem.UNAVAILABLE,
}

logger = logging.getLogger(__name__)
stopping = threading.Event()
"""Set when this process shall end: what is being printed is given back."""


class Stopping(Exception):
    pass


class ThreadsPrinter(threading.local):
    """Each thread of a worker prints in a process of its own, kept from one file to the next."""

    def __init__(self) -> None:
        self.printer = Printer()


_own = ThreadsPrinter()


def stop_printer() -> None:
    """Of this thread; the next file starts another."""
    _own.printer.stop()


@task()
def print_reports(result: int) -> None:
    """Prints what waits of this result; where nothing does, somebody else has done it."""
    holder = secrets.token_hex(16)
    while (file := claim_file(result=result, holder=holder, now=timezone.now())) is not None:
        try:
            _print(file)
        except NotHeld:
            logger.warning("a printing was overtaken by another")
        except Stopping:
            give_file_back(file=file)
            return


def _print(file: ReportFile) -> None:
    """Raises NotHeld, Stopping; every other end of it stands in the row."""
    try:
        content = _printed(file)
    except tuple(PROBLEMS) as refusal:
        logger.warning("a report was not printed", extra={"problem": type(refusal).__name__})
        refuse_file(file=file, problem=PROBLEMS[type(refusal)])
    except PrinterDied:
        give_up_try(file=file)
    except (NotHeld, Stopping, DatabaseError):
        raise
    except Exception:
        logger.exception("a report could not be printed")
        refuse_file(file=file, problem=ReportFile.Problem.FAILED)
    else:
        store_file(file=file, content=content, now=timezone.now())


def _printed(file: ReportFile) -> bytes:
    report = report_of_response(file.result.response, language=file.language)
    layers = FILES[file.layer]
    return _own.printer.render(print_html(report, layers), _holding(file, pdf_key(report)))


def _holding(file: ReportFile, key: str) -> Callable[[], None]:
    """Holds the file while it is printed, and ends the printing where nobody waits for it here."""
    latest: datetime | None = None

    def pulse() -> None:
        nonlocal latest
        if stopping.is_set():
            raise Stopping
        now = timezone.now()
        if latest is None or now - latest > HOLD_EVERY:
            hold_file(file=file, key=key, now=now)
            latest = now

    return pulse


def file_of_report(
    *, response: Response, language: str, now: datetime, layer: str = ReportFile.Layer.ALL
) -> ReportFile:
    """The PDF of this report as it stands: where it is missing or out of date, it is asked for."""
    result = response.result_id
    rows = ReportFile.objects.filter(result=result, language=language, layer=layer)
    found = rows.first()
    if found is not None and (found.is_ready or found.is_refused):
        key = pdf_key(report_of_response(response, language=language))
        if found.key in ("", key):
            return found
    if found is None or found.is_ready or found.is_refused:
        ask_for_report(response=response, language=language, now=now, layer=layer)
        found = rows.get()
    return found


def ask_for_report(
    *, response: Response, language: str, now: datetime, layer: str = ReportFile.Layer.ALL
) -> None:
    """Have it printed anew, whatever came of it before."""
    result = response.result_id
    if result is not None and request_file(result=result, language=language, now=now, layer=layer):
        print_reports.enqueue(result)


def content_of_file(*, file: ReportFile, now: datetime) -> bytes | None:
    """None where there is none, or no more."""
    content = ReportFile.objects.filter(pk=file.pk).values_list("content", flat=True).first()
    if content is None:
        return None
    note_use(file=file, now=now)
    return bytes(content)


def sweep(*, now: datetime) -> None:
    """Every minute, by each worker: what is due is queued again, what is over goes."""
    take_back_lost_files(now=now)
    queue_due_files(now=now)
    delete_least_used_files(most_bytes=settings.PDF_MEGABYTES * MEGABYTE)
    delete_old_uploads(now=now)
    Counter.objects.sweep(now)
    call_command("clearsessions")
    over = Q(finished_at__isnull=False) | Q(started_at__lt=now - FORGOTTEN_AFTER)
    DBTaskResult.objects.filter(over).delete()
    Worker.objects.filter(seen_at__lt=now - FORGOTTEN_AFTER).delete()


def queue_due_files(*, now: datetime) -> None:
    """A worker may have died between the queue and the row, or the site before it could queue."""
    due = Q(queued_at=None) | Q(queued_at__lt=now - QUEUED_AGAIN_AFTER)
    waiting = ReportFile.objects.waiting().filter(due)
    for result in dict.fromkeys(waiting.values_list("result", flat=True)):
        if waiting.filter(result=result).update(queued_at=now):
            print_reports.enqueue(result)
