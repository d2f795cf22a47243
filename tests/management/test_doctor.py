from __future__ import annotations

import io
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


def fault() -> str:
    """The one line that says what is wrong."""
    status, lines = told()
    (wrong,) = [line for line in lines[:-1] if line not in WHOLE]
    assert (status, lines[-1]) == (1, "One to be mended.")
    return wrong


@pytest.mark.usefixtures("edition")
def test_doctor_finds_nothing_wrong_with_a_whole_site() -> None:
    assert told() == (0, [*WHOLE, "Nothing is wrong."])


@pytest.mark.usefixtures("edition")
def test_doctor_says_that_nobody_is_named_to_ask() -> None:
    Site.objects.update(person="", contact="")

    assert fault().startswith("contact: Nothing says a person and a telephone or e-mail to ask")


@pytest.mark.usefixtures("edition")
def test_doctor_names_what_django_finds_weak(settings: Settings) -> None:
    settings.PRODUCTION = True
    settings.SECURE_HSTS_SECONDS = 3600
    settings.SECURE_SSL_REDIRECT = False
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = True

    assert fault().startswith("settings: Your SECURE_SSL_REDIRECT setting is not set to True.")


@pytest.mark.usefixtures("edition")
def test_doctor_names_every_fault(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    monkeypatch.setattr(diagnosis, "missing_libraries", lambda: ["pango-1.0"])
    settings.DATA_DIR.mkdir(mode=0o755)

    status, lines = told()

    assert (status, lines[-1]) == (1, "2 to be mended.")
    assert lines[1].startswith("libraries: PDF reports need libraries that this machine lacks")
    assert lines[4] == (
        f"files: Files and folders that other users of this machine can open: 1, such as "
        f"{settings.DATA_DIR}. python3 manage.py start closes them."
    )


def answer(line: bytes) -> bytes:
    return b"221 bye\r\n" if line.startswith(b"QUIT") else b"250 ok\r\n"


@pytest.fixture
def mail_server(settings: Settings) -> Iterator[int]:
    """One that takes a connection and says yes to everything."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        person, _address = listening.accept()
        with person, person.makefile("rb") as lines:
            person.sendall(b"220 mail.example.org\r\n")
            for line in lines:
                person.sendall(answer(line))

    thread = Thread(target=serve)
    thread.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = listening.getsockname()
    settings.EMAIL_USE_TLS = False
    settings.DEFAULT_FROM_EMAIL = "Articula <articula@example.org>"
    yield listening.getsockname()[1]
    thread.join(timeout=30)
    listening.close()


@pytest.mark.no_cover
@pytest.mark.usefixtures("edition", "mail_server")
def test_doctor_asks_the_mail_server() -> None:
    assert told()[0] == 0


@pytest.mark.usefixtures("edition", "mail_server")
def test_doctor_names_a_sender_that_nobody_takes(settings: Settings) -> None:
    settings.DEFAULT_FROM_EMAIL = "articula@localhost"

    assert fault() == (
        "settings: Messages have no sender that servers take: set ARTICULA_MAIL_FROM."
    )


@pytest.mark.usefixtures("edition")
def test_doctor_names_a_mail_server_that_is_away(settings: Settings, port: int) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.DEFAULT_FROM_EMAIL = "articula@example.org"

    said = fault()

    assert said.startswith(f"mail: 127.0.0.1:{port} does not take messages (")
    assert said.endswith("and whether this machine may reach the server.")


@pytest.mark.usefixtures("edition")
def test_doctor_names_a_disk_that_is_nearly_full(
    monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: Usage(10**9, 9 * 10**8, 10**8))

    assert fault() == (
        f"disk: 100 MB are free on the disk of {settings.DATA_DIR}, and 500 MB should be: "
        "delete old backups, or add room."
    )


def test_doctor_leaves_out_what_a_database_that_is_away_cannot_tell(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse() -> None:
        raise OperationalError("no route\n\tIs the server running?")

    monkeypatch.setattr(connection, "ensure_connection", refuse)

    what_to_do = WITHOUT_DATABASE[connection.vendor]
    assert fault() == f"database: It does not answer (no route): {what_to_do}."
    assert len(told()[1]) == len(WHOLE[:6]) + 1


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


@pytest.mark.usefixtures("edition")
def test_doctor_names_clocks_that_are_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    told_by_database = timezone.now() - timedelta(seconds=90)
    monkeypatch.setattr(diagnosis, "moment", lambda _told: told_by_database)

    assert fault().startswith("clock: The clocks of the database and of this machine are 9")


@pytest.mark.usefixtures("edition")
def test_doctor_names_a_start_that_is_still_to_come() -> None:
    ResponseFactory(created_at=datetime(2999, 12, 31, 23, 59, tzinfo=UTC))

    assert fault() == (
        "clock: An assessment was started at 2999-12-31 23:59 UTC, which is still to come: "
        "the clock of this machine is wrong now, or was then."
    )


def test_moment_is_what_either_database_tells() -> None:
    table: list[Callable[[str], Any]] = [str, datetime.fromisoformat]

    assert [moment(told_as("2026-01-31 14:21:55+00:00")) for told_as in table] == [
        datetime(2026, 1, 31, 14, 21, 55, tzinfo=UTC)
    ] * len(table)


@pytest.mark.usefixtures("edition")
def test_doctor_names_a_site_without_questions() -> None:
    Edition.objects.update(state="retired")

    assert fault() == (
        "texts: No edition of the question bank is published: python3 manage.py start does it."
    )


@pytest.mark.no_cover
def test_doctor_names_a_language_of_the_edition_with_gaps(edition: Edition) -> None:
    EditionLanguage.objects.bulk_create([EditionLanguage(edition=edition, language="es")])

    assert fault().startswith("texts: Of ")


@pytest.fixture
def catalogues(tmp_path: Path, settings: Settings, edition: Edition) -> Path:
    """Those of the site, with one of Spanish beside them."""
    shutil.copytree(settings.CATALOGUES / "en", tmp_path / "locale" / "en")
    settings.CATALOGUES = tmp_path / "locale"
    settings.LANGUAGES = [("en", "English"), ("es", "Español")]
    return tmp_path / "locale"


def test_doctor_counts_messages_without_translation(catalogues: Path) -> None:
    spanish = catalogues / "es" / "LC_MESSAGES" / "django.po"
    spanish.parent.mkdir(parents=True)
    spanish.write_text(
        'msgid "Start"\nmsgstr "Empezar"\n\nmsgid "Check"\nmsgstr ""\n\n'
        '#, fuzzy\nmsgid "Help"\nmsgstr "Ayuda"\n\n'
        'msgid "one"\nmsgid_plural "many"\nmsgstr[0] "uno"\nmsgstr[1] ""\n'
    )

    assert fault() == ("texts: Messages without translation in es: 3. People read them in English.")


def test_doctor_is_content_with_a_whole_translation(catalogues: Path) -> None:
    spanish = catalogues / "es" / "LC_MESSAGES" / "django.po"
    spanish.parent.mkdir(parents=True)
    spanish.write_text('msgid "Start"\nmsgstr "Empezar"\n')

    assert told()[0] == 0


def test_doctor_names_catalogues_that_are_missing_or_of_another_program(catalogues: Path) -> None:
    english = catalogues / "en" / "LC_MESSAGES" / "django.po"
    english.write_text(f'{english.read_text()}\nmsgid "Of another program"\nmsgstr ""\n')

    _status, lines = told()

    assert lines[8:] == [
        "texts: Messages that are not of this program: 1. Install the whole of it.",
        "texts: There are no messages in es: install the whole program.",
        "worker: ok",
        "queue: ok",
        "messages: ok",
        "contact: ok",
        "2 to be mended.",
    ]


@pytest.mark.usefixtures("edition")
def test_doctor_names_a_worker_that_is_not_seen_any_more() -> None:
    Worker.objects.create(token="t", seen_at=timezone.now() - timedelta(minutes=7, seconds=1))

    assert fault().startswith("worker: No worker was seen for 7 minutes, so that no PDF is made")


def waiting_for(minutes: int) -> None:
    asked = timezone.now() - timedelta(minutes=minutes, seconds=1)
    ReportFile.objects.create(result=ResultFactory(), language="en", requested_at=asked)


@pytest.mark.no_cover
@pytest.mark.usefixtures("edition")
def test_doctor_misses_a_worker_for_whom_something_waits() -> None:
    waiting_for(minutes=3)

    assert fault().startswith("worker: No worker was seen at all, so that no PDF is made")


@pytest.mark.usefixtures("edition")
def test_doctor_names_a_queue_that_does_not_move() -> None:
    Worker.objects.create(token="t", seen_at=timezone.now())
    waiting_for(minutes=11)

    assert fault().startswith("queue: PDFs that wait: 1, the first for 11 minutes. ")


@pytest.mark.usefixtures("edition")
def test_doctor_names_printings_that_failed() -> None:
    refused = {"state": ReportFile.State.REFUSED, "problem": ReportFile.Problem.FAILED}
    ReportFile.objects.create(result=ResultFactory(), language="en", **refused)

    assert fault() == "queue: PDFs that failed several times: 1. The log of the worker says why."


@pytest.mark.usefixtures("edition")
@pytest.mark.parametrize("vendor", ["sqlite", "postgresql"])
def test_doctor_names_a_database_that_is_not_there(
    vendor: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PostgreSQL says so itself; a misspelt file of SQLite would be made."""
    name = str(tmp_path / "misspelt.sqlite3")
    monkeypatch.setitem(connection.settings_dict, "NAME", name)
    monkeypatch.setattr(connection, "vendor", vendor)

    found = [line for line in told()[1] if f"There is no database {name}" in line]
    assert [line.partition(":")[0] for line in found] == ["database"] * (vendor == "sqlite")


def told_of_mail(address: str) -> tuple[int, str]:
    status, (line,) = told("--mail-to", address)
    return status, line


def test_doctor_sends_a_test_message_and_tells_what_the_server_answered(
    sink: MailSink, db: None
) -> None:
    said = told_of_mail("ana@example.org")

    assert said == (
        0,
        "mail: taken for ana@example.org. The server answered: 250 2.0.0 taken",
    )
    assert sink.messages[0]["Subject"] == "Test message of Articula"


def test_doctor_tells_why_a_test_message_was_not_taken(
    sink: MailSink, db: None, settings: Settings
) -> None:
    def with_answers(recipient: str, data: str) -> str:
        sink.to_recipient, sink.to_data = recipient, data
        status, said = told_of_mail("ana@example.org")
        assert status == 1
        return said

    taken = "250 ok"
    assert with_answers("550 5.1.1 unknown", taken) == (
        "mail: The server refused it: 550 5.1.1 unknown"
    )
    assert with_answers(taken, "554 no") == "mail: The server refused it: 554 no"
    sink.hangs_up = True
    assert with_answers(taken, taken).startswith("mail: The connection broke off (")
    settings.EMAIL_PORT = 1
    assert "127.0.0.1:1 does not take messages (" in with_answers(taken, taken)
    settings.EMAIL_HOST = ""
    assert with_answers(taken, taken).endswith("set ARTICULA_MAIL_HOST.")


def test_doctor_sends_its_test_message_by_another_backend_too(db: None, settings: Settings) -> None:
    settings.EMAIL_HOST = "mail.example.org"

    assert told_of_mail("ana@example.org")[0] == 0
    assert told_of_mail("ana at example") == (
        1,
        "mail: Write the address like name@example.org.",
    )
    assert [message.to for message in mail.outbox] == [["ana@example.org"]]


@pytest.mark.usefixtures("edition")
def test_doctor_names_messages_that_are_not_taken_or_in_doubt() -> None:
    now = timezone.now()
    stuck, doubtful = queued(), queued()
    rows = OutgoingMail.objects
    since = {"failing_since": now - timedelta(hours=1), "answer": "451 4.7.1"}
    rows.filter(pk=stuck.pk).update(**since)
    over = {"message_id": "<1@x>", "finished_on": now.date()}
    rows.filter(pk=doubtful.pk).update(state="in_doubt", **over)

    _status, lines = told()

    assert [line for line in lines if line.startswith("messages")] == [
        (
            "messages: Messages that the mail server does not take: 1, its answer 451 4.7.1. "
            "python3 manage.py doctor --mail-to ADDRESS sends a test message."
        ),
        (
            "messages: Messages of which nobody knows whether they arrived: 1. Look for them in "
            "the administration, under messages."
        ),
    ]
