from __future__ import annotations

import builtins
import errno
import getpass
import io
import os
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management.base import CommandError
from django.db import OperationalError
from pytest_django import Settings

from assessment.management.commands.start import (
    CannotStart,
    Command,
    database_refusals,
    refuse_read_only_data,
    refuse_taken_port,
    sockets_at,
)
from assessment.management.serving.port import HOST
from assessment.models import Edition, Site, Translation
from tests.bank_fixtures import edition, empty_bank_tables
from tests.tables import raised, undone

__all__ = ["edition"]

PASSWORD = "a long invented phrase"


pytestmark = pytest.mark.usefixtures("nothing_collected")


@pytest.fixture
def new_site(db: None) -> None:
    """Other tests of this process may have published the bank."""
    empty_bank_tables()


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """A person at the keyboard who types these lines, one for each question."""
    lines: list[str] = []
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    monkeypatch.setattr(builtins, "input", lambda _question: lines.pop(0))
    monkeypatch.setattr(getpass, "getpass", lambda _question: lines.pop(0))
    yield lines
    assert lines == []


@pytest.mark.no_cover
@pytest.mark.usefixtures("new_site")
def test_start_publishes_the_bank_once_and_reads_it_no_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    Command(stdout=io.StringIO()).prepare_database()
    monkeypatch.setattr("assessment.management.commands.start.seeds_with_texts", None)
    Command(stdout=io.StringIO()).prepare_database()

    assert [edition.state for edition in Edition.objects.all()] == ["published"]


@pytest.mark.usefixtures("edition")
def test_start_makes_a_draft_of_a_newer_bank_and_says_so() -> None:
    Edition.objects.update(name="First edition", number=1, content_hash="of before")
    told = [io.StringIO(), io.StringIO()]
    for out in told:
        Command(stdout=out).prepare_database()

    drafts = Edition.objects.filter(state="draft")
    assert [draft.name for draft in drafts] == ["Second edition"]
    assert ["Second edition is a draft now" in out.getvalue() for out in told] == [True, False]


@pytest.mark.usefixtures("edition")
def test_start_makes_a_draft_of_new_translations_once_and_says_so() -> None:
    Translation.objects.all().delete()
    told = [io.StringIO(), io.StringIO()]
    for out in told:
        Command(stdout=out).prepare_database()

    assert [row.state for row in Edition.objects.order_by("pk")] == ["published", "draft"]
    assert told[0].getvalue().startswith("Translations (es, es-co, es-pe, fr, pt, pt-ao, pt-br, ")
    assert told[1].getvalue() == ""


def test_start_says_once_that_it_compressed_files_and_closed_the_data_folder(
    own_data_folder: Path,
) -> None:
    own_data_folder.mkdir(mode=0o755)
    os.umask(0o077)
    told = [io.StringIO(), io.StringIO()]

    for out in told:
        Command(stdout=out).close_data_folder()
        Command(stdout=out).prepare_files()

    assert [out.getvalue().splitlines() for out in told] == [
        [
            "The data folder was open to other users of this machine: it is closed now.",
            "Styles and scripts are compressed.",
        ],
        [],
    ]


def test_start_says_at_once_what_it_waits_for() -> None:
    """A pipe would keep the line until the program ends."""

    class Pipe(io.StringIO):
        seen = ""

        def flush(self) -> None:
            self.seen = self.getvalue()

    out = Pipe()

    Command(stdout=out).tell("apt-get installs them now.")

    assert out.seen == "apt-get installs them now.\n"


def test_start_names_what_it_cannot_close(
    own_data_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object) -> None:
        raise PermissionError

    own_data_folder.mkdir(mode=0o755)
    monkeypatch.setattr(Path, "chmod", refuse)
    out = io.StringIO()

    Command(stdout=out).close_data_folder()

    assert out.getvalue() == (
        f"{own_data_folder} is open to other users of this machine and belongs to another one.\n"
    )


def refuse_database() -> None:
    with database_refusals():
        raise OperationalError("no route\n\tIs the server running?")


def taken_meanwhile(*_given: object, **_named: object) -> None:
    raise OSError(errno.EADDRINUSE, "Address already in use")


def test_start_says_in_one_line_why_it_cannot(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DATA_DIR = tmp_path / "file"
    settings.DATA_DIR.write_text("")
    monkeypatch.setattr("assessment.management.commands.start.bind_sockets", taken_meanwhile)
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]
        refused = [
            raised(CannotStart, refuse_taken_port, HOST, port),
            raised(CannotStart, sockets_at, HOST, 8000),
            raised(CannotStart, refuse_taken_port, HOST, 70000),
            raised(CannotStart, refuse_read_only_data),
            raised(CannotStart, refuse_database),
        ]

    in_use = "cannot be used (Address already in use): choose another one, such as --port"
    assert list(map(str, refused)) == [
        f"Port {port} on {HOST} {in_use} {port % 65535 + 1}.",
        f"Port 8000 on {HOST} {in_use} 8001.",
        "70000 is not a port: choose one from 1 to 65535.",
        f"The folder {settings.DATA_DIR} cannot be written (File exists).",
        "The database cannot be used: no route",
    ]


@pytest.mark.django_db
def test_start_offers_to_create_an_administrator_until_there_is_one(terminal: list[str]) -> None:
    """Enter skips it; a weak or mistyped password is asked for again."""
    terminal += ["", "facilitator", "short", "short", PASSWORD, "another", PASSWORD, PASSWORD]
    out = io.StringIO()

    Command(stdout=out).offer_administrator(None, ask=True)
    skipped = User.objects.exists()
    Command(stdout=out).offer_administrator(None, ask=True)
    Command(stdout=out).offer_administrator(None, ask=True)
    Command(stdout=out).offer_administrator("facilitator", ask=True)

    made = User.objects.get()
    assert (skipped, made.is_superuser, made.check_password(PASSWORD)) == (False, True, True)
    assert out.getvalue().splitlines() == [
        "This password is too short. It must contain at least 12 characters.",
        "The two differ.",
        "The administrator facilitator is created.",
        "The administrator facilitator exists already.",
    ]


@pytest.mark.django_db
def test_start_asks_once_who_runs_the_site(terminal: list[str]) -> None:
    """And says what is left open, where something is."""

    def told_of(*lines: str) -> tuple[list[str], list[tuple[str, str, str]]]:
        terminal.extend(lines)
        out = io.StringIO()
        with undone():
            for _ in range(2):
                Command(stdout=out).ask_who_runs_site(ask=True)
            sites = [(site.organisation, site.person, site.contact) for site in Site.objects.all()]
        return out.getvalue().splitlines(), sites

    assert told_of("Institute", "Ana", "ana@example.org") == (
        [],
        [("Institute", "Ana", "ana@example.org")],
    )
    assert told_of("  Institute of Rural  Development", "", "x" * 201, "ana@example.org") == (
        [
            "That cannot be kept: give one line of at most 200 letters.",
            "What is left empty can be said in the administration, under “who runs this site”.",
        ],
        [("Institute of Rural Development", "", "ana@example.org")],
    )


@pytest.mark.django_db
def test_start_without_a_terminal_asks_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even for a password, without which there is no administrator."""
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    start = Command(stdout=io.StringIO())

    start.ask_who_runs_site(ask=True)
    start.offer_administrator(None, ask=True)
    refused = raised(CommandError, start.offer_administrator, "facilitator", ask=True)

    assert str(refused) == "--admin asks for a password, which needs a terminal."
    assert not Site.objects.exists()
    assert not User.objects.exists()
