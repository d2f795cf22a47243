from __future__ import annotations

import io
import re
import shutil
import socket
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from threading import Thread
from typing import Any, NamedTuple

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import OperationalError, connection
from django.utils import timezone
from pytest_django import Settings

from assessment.management import diagnosis, messages
from assessment.management.diagnosis import WITHOUT_DATABASE, moment
from assessment.models import Edition, EditionLanguage, OutgoingMail, ReportFile, Site, Worker
from tests.factories import ResponseFactory, ResultFactory, published_edition
from tests.mail_fixtures import queued, sink
from tools.mail_sink import MailSink

__all__ = ["sink"]

EXTRACTED = cache(messages.extracted)
"""The program is read through for its messages once, not in every test."""
WHOLE = [
    "settings: ok",
    "libraries: ok",
    "mail: ok",
    "disk: ok",
    "files: ok",
    "database: ok",
    "migrations: ok",
    "clock: ok",
    "texts: ok",
    "worker: ok",
    "queue: ok",
    "messages: ok",
    "contact: ok",
]
OTHERS_OF_THE_MACHINE = [
    (
        "disk: 100 MB are free on the disk of DATA, and 500 MB should be: delete old backups, or "
        "add room."
    ),
    (
        "files: Files and folders that other users of this machine can open: 1, such as DATA. "
        "python3 manage.py start closes them."
    ),
    (
        "clock: The clocks of the database and of this machine are 90 seconds apart: let both be "
        "set over the network (NTP)."
    ),
    (
        "worker: No worker was seen for 7 minutes, so that no PDF is made and nothing is cleared: "
        "python3 manage.py start brings one along, python3 manage.py worker is one."
    ),
    "8 to be mended.",
]


class Usage(NamedTuple):
    total: int
    used: int
    free: int


@pytest.fixture(autouse=True)
def whole_site(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.DATA_DIR = tmp_path / "data"
    monkeypatch.setattr(diagnosis, "missing_libraries", list)
    monkeypatch.setattr(messages, "extracted", EXTRACTED)


@pytest.fixture
def edition(bank_in_database: None, db: None) -> Edition:
    Site.objects.create(pk=1, organisation="Institute", person="Ana", contact="ana@example.org")
    return published_edition()


def told(*options: str) -> tuple[int, list[str]]:
    """The exit status and what is printed."""
    out = io.StringIO()
    try:
        call_command("doctor", *options, stdout=out)
    except SystemExit as ended:
        return int(str(ended.code)), out.getvalue().splitlines()
    return 0, out.getvalue().splitlines()


def faults() -> list[str]:
    """The lines that say what is wrong, and the last one."""
    status, lines = told()
    assert status == 1
    return [line for line in lines if line not in WHOLE]


def answer(line: bytes) -> bytes:
    return b"221 bye\r\n" if line.startswith(b"QUIT") else b"250 ok\r\n"


@pytest.fixture
def mail_server(settings: Settings) -> Iterator[None]:
    """One that takes a connection and says yes to everything."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        person, _address = listening.accept()
        with person, person.makefile("rb") as lines:
            person.sendall(b"220 mail.example.org\r\n")
            for line in lines:
                person.sendall(answer(line))

    thread = Thread(target=serve, daemon=True)
    thread.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = listening.getsockname()
    settings.EMAIL_USE_TLS = False
    settings.DEFAULT_FROM_EMAIL = "Articula <articula@example.org>"
    yield
    thread.join(timeout=30)
    listening.close()


@pytest.mark.usefixtures("edition", "mail_server")
def test_doctor_finds_nothing_wrong_with_a_whole_site_and_its_mail_server() -> None:
    assert told() == (0, [*WHOLE, "Nothing is wrong."])


@pytest.fixture
def weak_machine(settings: Settings, monkeypatch: pytest.MonkeyPatch, port: int) -> None:
    """Open, without libraries, with little room, and with a mail server that is away."""
    settings.PRODUCTION = True
    settings.SECURE_HSTS_SECONDS = 3600
    settings.SECURE_SSL_REDIRECT = False
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.DEFAULT_FROM_EMAIL = "articula@localhost"
    settings.DATA_DIR.mkdir(mode=0o755)
    monkeypatch.setattr(diagnosis, "missing_libraries", lambda: ["pango-1.0"])
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: Usage(10**9, 9 * 10**8, 10**8))


@pytest.mark.usefixtures("edition", "weak_machine")
def test_doctor_names_every_fault_of_the_machine(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, port: int
) -> None:
    told_by_database = timezone.now() - timedelta(seconds=90)
    monkeypatch.setattr(diagnosis, "moment", lambda _told: told_by_database)
    Worker.objects.create(token="t", seen_at=timezone.now() - timedelta(minutes=7, seconds=1))

    weak, sender, libraries, away, *others = faults()

    assert weak.startswith("settings: Your SECURE_SSL_REDIRECT setting is not set to True.")
    assert sender == "settings: Messages have no sender that servers take: set ARTICULA_MAIL_FROM."
    assert libraries.startswith("libraries: PDF reports need libraries that this machine lacks")
    assert away.startswith(f"mail: 127.0.0.1:{port} does not take messages (")
    assert away.endswith("and whether this machine may reach the server.")
    lines = re.sub(r" 9\d seconds", " 90 seconds", "\n".join(others))
    assert lines.replace(str(settings.DATA_DIR), "DATA").splitlines() == OTHERS_OF_THE_MACHINE


def waiting_for(minutes: int) -> None:
    asked = timezone.now() - timedelta(minutes=minutes, seconds=1)
    ReportFile.objects.create(result=ResultFactory(), language="en", requested_at=asked)


@pytest.fixture
def neglected(edition: Edition) -> None:
    """A worker is there; what is stored has all the faults of which it knows nothing."""
    now = timezone.now()
    Worker.objects.create(token="t", seen_at=now)
    waiting_for(minutes=11)
    refused = {"state": ReportFile.State.REFUSED, "problem": ReportFile.Problem.FAILED}
    ReportFile.objects.create(result=ResultFactory(), language="en", **refused)
    stuck, doubtful = (OutgoingMail.objects.filter(pk=queued().pk) for _ in range(2))
    stuck.update(failing_since=now - timedelta(hours=1), answer="451 4.7.1")
    doubtful.update(state="in_doubt", message_id="<1@x>", finished_on=now.date())
    ResponseFactory(created_at=datetime(2999, 12, 31, 23, 59, tzinfo=UTC))
    Site.objects.update(person="", contact="")
    Edition.objects.update(state="retired")


@pytest.mark.usefixtures("neglected")
def test_doctor_names_every_fault_of_what_is_stored() -> None:
    assert faults() == [
        (
            "clock: An assessment was started at 2999-12-31 23:59 UTC, which is still to come: "
            "the clock of this machine is wrong now, or was then."
        ),
        "texts: No edition of the question bank is published: python3 manage.py start does it.",
        (
            "queue: PDFs that wait: 1, the first for 11 minutes. Look whether a worker runs, raise "
            "ARTICULA_PRINTERS, or run one more elsewhere."
        ),
        "queue: PDFs that failed several times: 1. The log of the worker says why.",
        (
            "messages: Messages that the mail server does not take: 1, its answer 451 4.7.1. "
            "python3 manage.py doctor --mail-to ADDRESS sends a test message."
        ),
        (
            "messages: Messages of which nobody knows whether they arrived: 1. Look for them in "
            "the administration, under messages."
        ),
        (
            "contact: Nothing says a person and a telephone or e-mail to ask for help, or to have "
            "answers deleted: fill in “who runs this site” in the administration."
        ),
        "7 to be mended.",
    ]


@pytest.mark.no_cover
def test_doctor_names_gaps_of_a_language_and_a_worker_that_is_waited_for(edition: Edition) -> None:
    """Three minutes are long enough for a worker, and not for the queue."""
    waiting_for(minutes=3)
    EditionLanguage.objects.bulk_create([EditionLanguage(edition=edition, language="es")])

    texts, worker, last = faults()

    assert texts.startswith("texts: Of ")
    assert worker.startswith("worker: No worker was seen at all, so that no PDF is made")
    assert last == "2 to be mended."


def test_doctor_leaves_out_what_a_database_that_is_away_cannot_tell(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse() -> None:
        raise OperationalError("no route\n\tIs the server running?")

    monkeypatch.setattr(connection, "ensure_connection", refuse)

    what_to_do = WITHOUT_DATABASE[connection.vendor]
    assert told() == (
        1,
        [
            *WHOLE[:5],
            f"database: It does not answer (no route): {what_to_do}.",
            "One to be mended.",
        ],
    )


@pytest.mark.usefixtures("edition")
def test_doctor_names_a_database_that_is_not_there(tmp_path: Path) -> None:
    """PostgreSQL says so itself; a misspelt file of SQLite would be made."""
    name = str(tmp_path / "misspelt.sqlite3")

    def named_by(vendor: str) -> list[str]:
        with pytest.MonkeyPatch.context() as patch:
            patch.setitem(connection.settings_dict, "NAME", name)
            patch.setattr(connection, "vendor", vendor)
            found = [line for line in told()[1] if f"There is no database {name}" in line]
        return [line.partition(":")[0] for line in found]

    table = {"sqlite": ["database"], "postgresql": []}
    assert {vendor: named_by(vendor) for vendor in table} == table


def test_doctor_names_migrations_that_wait_or_are_unknown(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE django_migrations SET name = '9_later' WHERE app = 'sessions'")

    status, lines = told()

    assert (status, lines[8:]) == (1, ["2 to be mended."])
    assert lines[6].startswith(
        "migrations: The database is of a later version (sessions.9_later is not known here): "
    )
    assert lines[7] == (
        "migrations: Migrations that wait: 1. Make a backup (python3 manage.py backup FILE); "
        "python3 manage.py start applies them."
    )


def test_moment_is_what_either_database_tells() -> None:
    table: list[Callable[[str], Any]] = [str, datetime.fromisoformat]

    assert [moment(told_as("2026-01-31 14:21:55+00:00")) for told_as in table] == [
        datetime(2026, 1, 31, 14, 21, 55, tzinfo=UTC)
    ] * len(table)


@pytest.fixture
def catalogues(tmp_path: Path, settings: Settings, edition: Edition) -> Path:
    """Those of the site, with one of Spanish beside them."""
    shutil.copytree(settings.CATALOGUES / "en", tmp_path / "locale" / "en")
    settings.CATALOGUES = tmp_path / "locale"
    settings.LANGUAGES = [("en", "English"), ("es", "Español")]
    return tmp_path / "locale"


def test_doctor_compares_catalogues_with_the_program_and_counts_what_they_lack(
    catalogues: Path,
) -> None:
    english, spanish = (catalogues / of / "LC_MESSAGES" / "django.po" for of in ("en", "es"))
    whole = english.read_text()
    english.write_text(f'{whole}\nmsgid "Of another program"\nmsgstr ""\n')
    other_program = faults()
    english.write_text(whole)
    spanish.parent.mkdir(parents=True)
    spanish.write_text(
        'msgid "Start"\nmsgstr "Empezar"\n\nmsgid "Check"\nmsgstr ""\n\n'
        '#, fuzzy\nmsgid "Help"\nmsgstr "Ayuda"\n\n'
        'msgid "one"\nmsgid_plural "many"\nmsgstr[0] "uno"\nmsgstr[1] ""\n'
    )
    with_gaps = faults()
    spanish.write_text('msgid "Start"\nmsgstr "Empezar"\n')

    assert other_program == [
        "texts: Messages that are not of this program: 1. Install the whole of it.",
        "texts: There are no messages in es: install the whole program.",
        "2 to be mended.",
    ]
    assert with_gaps == [
        "texts: Messages without translation in es: 3. People read them in English.",
        "One to be mended.",
    ]
    assert told() == (0, [*WHOLE, "Nothing is wrong."])


def told_of_mail(address: str) -> tuple[int, str]:
    status, (line,) = told("--mail-to", address)
    return status, line


def test_doctor_sends_a_test_message_and_tells_what_the_server_answered(
    sink: MailSink, db: None, settings: Settings
) -> None:
    def with_answers(recipient: str, data: str) -> tuple[int, str]:
        sink.to_recipient, sink.to_data = recipient, data
        return told_of_mail("ana@example.org")

    sent = told_of_mail("ana@example.org")
    subjects = [message["Subject"] for message in sink.messages]
    taken = "250 ok"
    refused = [with_answers("550 5.1.1 unknown", taken), with_answers(taken, "554 no")]
    sink.hangs_up = True
    broken = with_answers(taken, taken)
    settings.EMAIL_PORT = 1
    away = told_of_mail("ana@example.org")
    settings.EMAIL_HOST = ""
    nowhere = told_of_mail("ana@example.org")

    said = "mail: taken for ana@example.org. The server answered: 250 2.0.0 taken"
    assert (sent, subjects) == ((0, said), ["Test message of Articula"])
    assert refused == [
        (1, "mail: The server refused it: 550 5.1.1 unknown"),
        (1, "mail: The server refused it: 554 no"),
    ]
    assert [status for status, _said in (broken, away, nowhere)] == [1, 1, 1]
    assert broken[1].startswith("mail: The connection broke off (")
    assert "127.0.0.1:1 does not take messages (" in away[1]
    assert nowhere[1].endswith("set ARTICULA_MAIL_HOST.")


def test_doctor_sends_its_test_message_by_another_backend_too(db: None, settings: Settings) -> None:
    settings.EMAIL_HOST = "mail.example.org"

    assert told_of_mail("ana@example.org")[0] == 0
    assert told_of_mail("ana at example") == (
        1,
        "mail: Write the address like name@example.org.",
    )
    assert [message.to for message in mail.outbox] == [["ana@example.org"]]
