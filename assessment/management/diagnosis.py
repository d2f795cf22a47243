"""What may be wrong with a site, each asked by itself: a sentence with what to do, else nothing."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.core import checks
from django.core.mail import get_connection
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django.utils.translation import to_locale

from assessment.actions.editions.translate import incomplete_languages
from assessment.actions.mail.offered import sends_mail
from assessment.checks import missing_libraries, pango_message
from assessment.management.messages import differences, untranslated
from assessment.management.missing_database import missing_database
from assessment.management.private_files import open_to_others, sqlite_files
from assessment.management.trial_mail import no_connection
from assessment.models import Edition, OutgoingMail, ReportFile, Response, Site, Worker
from assessment.models.workers import ABSENT_AFTER
from assessment.reports.issue_wording.bank import issue_sentence

MEGABYTE = 1_000_000
LEAST_FREE = 500 * MEGABYTE
CLOCKS_AGREE = timedelta(seconds=5)
LONGEST_QUEUE = 100
LONGEST_WAIT = timedelta(minutes=10)

WITHOUT_DATABASE = {
    "postgresql": "check DATABASE_URL, and that its server runs",
    "sqlite": "check DATABASE_URL, or restore a backup (python3 manage.py restore FILE)",
}

Check = Callable[[], Iterator[str]]


def faults_by_part() -> Iterator[tuple[str, list[str]]]:
    """What needs the database is left out where that does not answer, or has no tables yet."""
    for name, check in CHECKS.items():
        yield name, list(check())
    away = list(_database())
    yield "database", away
    waiting = [] if away else list(_migrations())
    if not away:
        yield "migrations", waiting
    if not (away or waiting):
        for name, check in CHECKS_OF_TABLES.items():
            yield name, list(check())


def _settings() -> Iterator[str]:
    """Wrong values stop this command before; here is what Django finds weak."""
    found = checks.run_checks(include_deployment_checks=settings.PRODUCTION)
    for message in found:
        if message.id != "articula.W001" and not message.is_silenced():
            yield " ".join(f"{message.msg} {message.hint or ''}".split())
    if sends_mail() and settings.DEFAULT_FROM_EMAIL.rstrip(">").endswith("@localhost"):
        yield "Messages have no sender that servers take: set ARTICULA_MAIL_FROM."


def _libraries() -> Iterator[str]:
    if missing := missing_libraries():
        yield pango_message(missing)


def _mail() -> Iterator[str]:
    """Whether the server takes a connection and the account; nothing is sent."""
    if not sends_mail():
        return
    server = get_connection()
    try:
        server.open()
        server.close()
    except Exception as error:  # noqa: BLE001 -- services have errors of their own
        yield no_connection(error)


def _disk() -> Iterator[str]:
    """Room for a backup beside the database, and for what people write."""
    size = sum(file.stat().st_size for file in sqlite_files() if file.is_file())
    folder = settings.DATA_DIR
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    if free < LEAST_FREE + size:
        yield (
            f"{free // MEGABYTE} MB are free on the disk of {settings.DATA_DIR}, and "
            f"{(LEAST_FREE + size) // MEGABYTE} MB should be: delete old backups, or add room."
        )


def _files() -> Iterator[str]:
    if found := open_to_others():
        yield (
            f"Files and folders that other users of this machine can open: {len(found)}, "
            f"such as {found[0]}. python3 manage.py start closes them."
        )


def _database() -> Iterator[str]:
    if missing := missing_database():
        yield missing
        return
    try:
        connection.ensure_connection()
    except Error as error:
        first = str(error).strip().partition("\n")[0]
        yield f"It does not answer ({first}): {WITHOUT_DATABASE[connection.vendor]}."


def _migrations() -> Iterator[str]:
    executor = MigrationExecutor(connection)
    loader = executor.loader
    known = set(loader.disk_migrations)
    if unknown := sorted(set(loader.applied_migrations) - known):
        yield (
            f"The database is of a later version ({'.'.join(unknown[0])} is not known here): "
            "install that version, or restore a backup from before."
        )
    if waiting := executor.migration_plan(loader.graph.leaf_nodes()):
        yield (
            f"Migrations that wait: {len(waiting)}. Make a backup (python3 manage.py backup FILE); "
            "python3 manage.py start applies them."
        )


def _clock() -> Iterator[str]:
    """The database's against the machine's, and both against what was stored last."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT CURRENT_TIMESTAMP")
        (told,) = cursor.fetchone()
    apart = abs(timezone.now() - moment(told))
    if apart > CLOCKS_AGREE:
        yield (
            f"The clocks of the database and of this machine are {apart.total_seconds():.0f} "
            "seconds apart: let both be set over the network (NTP)."
        )
    last = Response.objects.order_by("-created_at").values_list("created_at", flat=True).first()
    if last and last - timezone.now() > CLOCKS_AGREE:
        yield (
            f"An assessment was started at {last:%Y-%m-%d %H:%M} UTC, which is still to come: "
            "the clock of this machine is wrong now, or was then."
        )


def moment(told: str | datetime) -> datetime:
    """SQLite tells the time as text, in UTC."""
    return datetime.fromisoformat(told).replace(tzinfo=UTC) if isinstance(told, str) else told


def _texts() -> Iterator[str]:
    edition = Edition.objects.current()
    if edition is None:
        yield "No edition of the question bank is published: python3 manage.py start does it."
    else:
        issues = incomplete_languages(edition=edition, instrument=edition.instrument())
        yield from map(issue_sentence, issues)
    for language, _name in settings.LANGUAGES:
        yield from _messages(language)


def _messages(language: str) -> Iterator[str]:
    source = settings.CATALOGUES / to_locale(language) / "LC_MESSAGES" / "django.po"
    if not source.is_file():
        yield f"There are no messages in {language}: install the whole program."
    elif language == settings.LANGUAGE_CODE:
        if found := differences(settings.BASE_DIR, source):
            yield f"Messages that are not of this program: {len(found)}. Install the whole of it."
    elif lacking := untranslated(source):
        yield (
            f"Messages without translation in {language}: {len(lacking)}. "
            "People read them in English."
        )


def _worker() -> Iterator[str]:
    """One that was stopped leaves no row: then it is missed only where something waits for it."""
    now = timezone.now()
    workers = Worker.objects.order_by("-seen_at")
    seen = workers.values_list("seen_at", flat=True).first()
    due = ReportFile.objects.in_queue().filter(requested_at__lt=now - ABSENT_AFTER)
    if workers.at_work(now).exists() or not (seen or due.exists()):
        return
    since = f"for {_minutes(now - seen)} minutes" if seen else "at all"
    yield (
        f"No worker was seen {since}, so that no PDF is made and nothing is cleared: "
        "python3 manage.py start brings one along, python3 manage.py worker is one."
    )


def _mails() -> Iterator[str]:
    """What nobody but the operator learns of: no mailbox is read."""
    now = timezone.now()
    failing = OutgoingMail.objects.in_queue().filter(failing_since__lt=now - LONGEST_WAIT)
    first = failing.order_by("failing_since").first()
    if first is not None:
        yield (
            f"Messages that the mail server does not take: {failing.count()}, its answer "
            f"{first.answer}. python3 manage.py doctor --mail-to ADDRESS sends a test message."
        )
    doubts = OutgoingMail.objects.filter(state=OutgoingMail.State.IN_DOUBT).count()
    if doubts:
        yield (
            f"Messages of which nobody knows whether they arrived: {doubts}. Look for them in the "
            "administration, under messages."
        )


def _queue() -> Iterator[str]:
    now = timezone.now()
    waiting = ReportFile.objects.in_queue().order_by("requested_at")
    count = waiting.count()
    first = waiting.values_list("requested_at", flat=True).first()
    waited = now - (first or now)
    if count > LONGEST_QUEUE or waited > LONGEST_WAIT:
        yield (
            f"PDFs that wait: {count}, the first for {_minutes(waited)} minutes. "
            "Look whether a worker runs, raise ARTICULA_PRINTERS, or run one more elsewhere."
        )
    given_up = ReportFile.objects.filter(problem=ReportFile.Problem.FAILED).count()
    if given_up:
        yield f"PDFs that failed several times: {given_up}. The log of the worker says why."


def _contact() -> Iterator[str]:
    """The privacy notice sends people there who want their answers deleted."""
    site = Site.objects.first() or Site()
    wanted = {
        "the institution": site.organisation,
        "a person": site.person,
        "a telephone or e-mail": site.contact or settings.ARTICULA_CONTACT,
    }
    if missing := [name for name, value in wanted.items() if not value]:
        yield (
            f"Nothing says {' and '.join(missing)} to ask for help, or to have answers deleted: "
            "fill in “who runs this site” in the administration."
        )


def _minutes(time: timedelta) -> int:
    return int(time.total_seconds() // 60)


CHECKS: Mapping[str, Check] = {
    "settings": _settings,
    "libraries": _libraries,
    "mail": _mail,
    "disk": _disk,
    "files": _files,
}
CHECKS_OF_TABLES: Mapping[str, Check] = {
    "clock": _clock,
    "texts": _texts,
    "worker": _worker,
    "queue": _queue,
    "messages": _mails,
    "contact": _contact,
}
