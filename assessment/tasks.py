"""Background work: a task carries the key of a row, and the row's own state is the truth.

So nothing hangs on the engine that runs the tasks (settings: TASKS): one that is lost is queued
again by `sweep`, one that comes twice finds nothing to do.
"""

from __future__ import annotations

import logging
import secrets
import threading
from datetime import timedelta
from typing import TYPE_CHECKING, Any, cast

from django.conf import settings
from django.core.management import call_command
from django.db import Error
from django.db.models import Q
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from assessment.actions.editions.uploads import delete_old_uploads
from assessment.actions.mail.clear import delete_old_addresses
from assessment.actions.mail.deliver import deliver_mail
from assessment.actions.mail.hold import settle_lost_mails
from assessment.actions.organisations.invite import delete_old_invitations
from assessment.actions.plans.delete import delete_old_lines
from assessment.actions.plans.remind import remind_owners
from assessment.actions.report_files.bound import delete_least_used_files, delete_old_packs
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
from assessment.actions.responses.device_code import delete_old_codes
from assessment.actions.responses.share_brief import delete_old_shared_briefs
from assessment.actions.rounds.closing_notice import tell_of_closing
from assessment.actions.rounds.delete import delete_old_places
from assessment.actions.rounds.retention import delete_overdue
from assessment.models import Counter, OutgoingMail, ReportFile, Result, Worker
from assessment.reports.pdf.files import pdf_key, print_html
from assessment.reports.pdf.pack_files import pack_html, pack_key
from assessment.reports.pdf.printer import PdfTooLarge, PdfTooLong, Printer, PrinterDied
from assessment.reports.pdf.render import PdfUnavailable, UnprintableText
from assessment.reports.plan_wording import what_of_line
from assessment.reports.report_data import (
    frame_of_response,
    frame_of_round,
    report_of_response,
    report_of_round,
    without_own_words,
)
from assessment.reports.sample import sample_of_edition
from assessment.reports.sections import BRIEF, FILES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime, time

    from django.db.models import QuerySet

    from assessment.models import Edition, Response, Round
    from assessment.reports.report_data import Frame, ReportData

PRINTING = "printing"
"""The queue of what prints; all else stands in the engine's own."""
HOLD_EVERY = timedelta(seconds=15)
QUEUED_AGAIN_AFTER = timedelta(minutes=5)
MOST_QUEUED = 1_000
"""Messages that one sweep queues; the next one goes on."""
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


class NoSample(Exception):
    """The example does not fit the edition: a site whose bank is another one prints none."""


class ThreadsPrinter(threading.local):
    """Each thread of a worker prints in a process of its own, kept from one file to the next."""

    def __init__(self) -> None:
        self.printer = Printer()


_own = ThreadsPrinter()


def stop_printer() -> None:
    """Of this thread; the next file starts another."""
    _own.printer.stop()


@task(queue_name=PRINTING)
def print_reports(result: int) -> None:
    """Prints what waits of this result; where nothing does, somebody else has done it."""
    _print_waiting(result=result)


@task(queue_name=PRINTING)
def print_samples(edition: int) -> None:
    """The same for the sample result of this edition."""
    _print_waiting(edition=edition)


@task(queue_name=PRINTING)
def print_packs(round: int) -> None:
    """The same for the facilitator's pack of this round."""
    _print_waiting(round=round)


PRINTS: Mapping[str, Any] = {
    "result": print_reports,
    "edition": print_samples,
    "round": print_packs,
}
"""By what a file is of the task that prints it."""


def _print_waiting(**of: int) -> None:
    holder = secrets.token_hex(16)
    while (file := claim_file(holder=holder, now=timezone.now(), **of)) is not None:
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
    except (NotHeld, Stopping, Error):
        raise
    except Exception:
        logger.exception("a report could not be printed")
        refuse_file(file=file, problem=ReportFile.Problem.FAILED)
    else:
        store_file(file=file, content=content, now=timezone.now())


def _printed(file: ReportFile) -> bytes:
    html, key = _page_of_file(file)
    return _own.printer.render(html, _holding(file, key))


def _page_of_file(file: ReportFile) -> tuple[str, str]:
    """What is printed, and the key of it."""
    if file.round is not None:
        html = pack_html(file.round, language=file.language, layer=file.layer, begins=file.begins)
        return html, pack_key(html)
    report, layers = _report_of_file(file)
    return print_html(report, layers), pdf_key(report, layers)


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


def _report_of_file(file: ReportFile) -> tuple[ReportData, tuple[str, ...]]:
    if file.result is not None and file.result.kind == Result.Kind.OWN:
        report = report_of_response(file.result.response, language=file.language)
        return _told(report, file.layer)
    if file.result is not None:
        return report_of_round(file.result.round, language=file.language), FILES[file.layer]
    sample = sample_of_edition(cast("Edition", file.edition), language=file.language)
    if sample is None:
        raise NoSample
    return sample, FILES[file.layer]


def _told(report: Frame, layer: str) -> tuple[Frame, tuple[str, ...]]:
    """What a file of a response tells, and the layers that stand in it."""
    if layer == ReportFile.Layer.SHARED:
        return without_own_words(report), (BRIEF,)
    return report, FILES[layer]


def file_of_report(
    *, response: Response, language: str, now: datetime, layer: str = ReportFile.Layer.ALL
) -> ReportFile:
    """The PDF of this report as it stands: where it is missing or out of date, it is asked for."""
    result = cast("int", response.result_id)

    def key() -> str:
        return pdf_key(*_told(frame_of_response(response, language=language), layer))

    return _file_of("result", result, key=key, language=language, now=now, layer=layer)


def file_of_round(*, round: Round, language: str, now: datetime, layer: str) -> ReportFile:
    """The same of the result that counts in a closed round of several."""
    result = cast("int", round.result_id)
    key = pdf_key(frame_of_round(round, language=language), FILES[layer])
    return _file_of("result", result, key=lambda: key, language=language, now=now, layer=layer)


def file_of_sample(
    *, edition: Edition, language: str, now: datetime, layer: str
) -> ReportFile | None:
    """The same of the sample result; None where the example does not fit this edition."""
    sample = sample_of_edition(edition, language=language)
    if sample is None:
        return None
    key = pdf_key(sample, FILES[layer])
    return _file_of("edition", edition.pk, key=lambda: key, language=language, now=now, layer=layer)


def file_of_pack(
    *, round: Round, language: str, now: datetime, layer: str, begins: time | None
) -> ReportFile:
    """The same of the facilitator's pack, for a session that begins at this hour."""
    key = pack_key(pack_html(round, language=language, layer=layer, begins=begins))
    asked: dict[str, Any] = {"language": language, "now": now, "layer": layer, "begins": begins}
    return _file_of("round", round.pk, key=lambda: key, **asked)


def _file_of(
    of: str, pk: int, *, key: Callable[[], str], language: str, layer: str, **asked: Any
) -> ReportFile:
    rows = ReportFile.objects.filter(**{of: pk}, language=language, layer=layer)
    found = rows.first()
    if found is not None:
        settled = found.is_ready or found.is_refused
        if not settled or found.key in ("", key()):
            return found
    asked |= {of: pk, "language": language, "layer": layer}
    if request_file(**asked):
        PRINTS[of].enqueue(pk)
    return rows.get()


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


SOONER = 50
"""Of a message that somebody waits for: it goes before those of a whole round."""


@task()
def send_mail(mail: int) -> None:
    """Where it is not due, or another sends it, there is nothing to do."""
    deliver_mail(mail=mail, holder=secrets.token_hex(16), clock=timezone.now)


def send_soon(*, mail: OutgoingMail, now: datetime) -> None:
    """After the transaction that wrote it; without this the next sweep does."""
    if OutgoingMail.objects.filter(pk=mail.pk, queued_at=None).update(queued_at=now):
        awaited = mail.kind == OutgoingMail.Kind.ACCOUNT
        send_mail.using(priority=SOONER if awaited else 0).enqueue(mail.pk)


def queue_due_mails(*, now: datetime) -> None:
    settle_lost_mails(now=now)
    due = OutgoingMail.objects.due(now).filter(_queued_long_ago(now))
    for mail in due.order_by("due_at").values_list("pk", flat=True)[:MOST_QUEUED]:
        if due.filter(pk=mail).update(queued_at=now):
            send_mail.enqueue(mail)


def _queued_long_ago(now: datetime) -> Q:
    return Q(queued_at=None) | Q(queued_at__lt=now - QUEUED_AGAIN_AFTER)


def sweep(*, now: datetime) -> None:
    """Every minute, by each worker: what is due is queued again, what is over goes."""
    take_back_lost_files(now=now)
    queue_due_files(now=now)
    tell_of_closing(now=now)
    remind_owners(now=now, what_of=what_of_line)
    queue_due_mails(now=now)
    delete_old_addresses(now=now)
    delete_old_invitations(now=now)
    delete_least_used_files(most_bytes=settings.PDF_MEGABYTES * MEGABYTE)
    delete_old_packs(today=now.date())
    delete_old_uploads(now=now)
    delete_old_codes(now=now)
    delete_old_shared_briefs(now=now)
    delete_overdue(now=now)
    delete_old_places(today=now.date())
    delete_old_lines(now=now)
    Counter.objects.sweep(now)
    call_command("clearsessions")
    over = Q(finished_at__isnull=False) | Q(started_at__lt=now - FORGOTTEN_AFTER)
    DBTaskResult.objects.filter(over).delete()
    Worker.objects.filter(seen_at__lt=now - FORGOTTEN_AFTER).delete()


def queue_due_files(*, now: datetime) -> None:
    """A worker may have died between the queue and the row, or the site before it could queue."""
    waiting = ReportFile.objects.waiting().filter(_queued_long_ago(now))
    for of, task_of in PRINTS.items():
        for key in _distinct(waiting, of):
            if waiting.filter(**{of: key}).update(queued_at=now):
                task_of.enqueue(key)


def _distinct(files: QuerySet[ReportFile], of: str) -> Iterable[int]:
    found = files.filter(**{f"{of}__isnull": False}).values_list(of, flat=True)
    return dict.fromkeys(found)
