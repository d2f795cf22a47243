from __future__ import annotations

import builtins
import errno
import getpass
import io
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
from assessment.models import Edition, Site, Translation
from tests.bank_fixtures import edition, empty_bank_tables

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


def test_start_compresses_files_once() -> None:
    out = io.StringIO()
    Command(stdout=io.StringIO()).prepare_files()

    Command(stdout=out).prepare_files()

    assert out.getvalue() == ""


def test_start_says_at_once_what_it_waits_for() -> None:
    """A pipe would keep the line until the program ends."""

    class Pipe(io.StringIO):
        seen = ""

        def flush(self) -> None:
            self.seen = self.getvalue()

    out = Pipe()

    Command(stdout=out).tell("apt-get installs them now.")

    assert out.seen == "apt-get installs them now.\n"


def test_start_closes_an_open_data_folder_and_says_it_once(own_data_folder: Path) -> None:
    own_data_folder.mkdir(mode=0o755)
    first, second = io.StringIO(), io.StringIO()

    Command(stdout=first).close_data_folder()
    Command(stdout=second).close_data_folder()

    assert first.getvalue() == (
        "The data folder was open to other users of this machine: it is closed now.\n"
    )
    assert second.getvalue() == ""


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


def test_start_refuses_a_taken_port() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        with pytest.raises(CannotStart, match=rf"^Port {port} on 127\.0\.0\.1 cannot be used"):
            refuse_taken_port("127.0.0.1", port)


def test_start_says_it_where_the_port_was_taken_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    def taken(*_given: object, **_named: object) -> None:
        raise OSError(errno.EADDRINUSE, "Address already in use")

    monkeypatch.setattr("assessment.management.commands.start.bind_sockets", taken)

    with pytest.raises(CannotStart, match=r"^Port 8000 on 127\.0\.0\.1 cannot be used \(Address"):
        sockets_at("127.0.0.1", 8000)


def test_start_refuses_what_is_no_port() -> None:
    with pytest.raises(CannotStart, match=r"^70000 is not a port"):
        refuse_taken_port("127.0.0.1", 70000)


def test_start_refuses_a_folder_that_cannot_be_written(tmp_path: Path, settings: Settings) -> None:
    settings.DATA_DIR = tmp_path / "file"
    settings.DATA_DIR.write_text("")

    with pytest.raises(CannotStart, match=r"cannot be written \(File exists\)\.$"):
        refuse_read_only_data()


def test_start_says_in_one_line_why_the_database_refuses() -> None:
    with (
        pytest.raises(CannotStart, match=r"^The database cannot be used: no route$"),
        database_refusals(),
    ):
        raise OperationalError("no route\n\tIs the server running?")


@pytest.mark.django_db
def test_start_offers_to_create_the_first_administrator(terminal: list[str]) -> None:
    terminal += ["facilitator", PASSWORD, PASSWORD]

    Command(stdout=io.StringIO()).offer_administrator(None, ask=True)

    assert User.objects.get(is_superuser=True).check_password(PASSWORD)


@pytest.mark.django_db
def test_start_asks_again_for_a_weak_or_mistyped_password(terminal: list[str]) -> None:
    terminal += ["facilitator", "short", "short", PASSWORD, "another", PASSWORD, PASSWORD]
    out = io.StringIO()

    Command(stdout=out).offer_administrator(None, ask=True)

    assert out.getvalue().splitlines() == [
        "This password is too short. It must contain at least 12 characters.",
        "The two differ.",
        "The administrator facilitator is created.",
    ]


@pytest.mark.django_db
def test_start_creates_nobody_when_enter_is_pressed(terminal: list[str]) -> None:
    terminal += [""]

    Command(stdout=io.StringIO()).offer_administrator(None, ask=True)

    assert not User.objects.exists()


@pytest.mark.django_db
@pytest.mark.usefixtures("terminal")
def test_start_asks_nothing_where_an_administrator_exists() -> None:
    User.objects.create_superuser("facilitator")

    Command(stdout=io.StringIO()).offer_administrator(None, ask=True)

    assert User.objects.count() == 1


@pytest.mark.django_db
def test_start_asks_once_who_runs_the_site(terminal: list[str]) -> None:
    terminal += ["  Institute of Rural  Development", "", "x" * 201, "ana@example.org"]
    out = io.StringIO()

    for _ in range(2):
        Command(stdout=out).ask_who_runs_site(ask=True)

    site = Site.objects.get()
    told = (site.organisation, site.person, site.contact)
    assert told == ("Institute of Rural Development", "", "ana@example.org")
    assert out.getvalue().splitlines() == [
        "That cannot be kept: give one line of at most 200 letters.",
        "What is left empty can be said in the administration, under “who runs this site”.",
    ]


@pytest.mark.django_db
def test_start_says_nothing_where_all_is_told(terminal: list[str]) -> None:
    terminal += ["Institute", "Ana", "ana@example.org"]
    out = io.StringIO()

    Command(stdout=out).ask_who_runs_site(ask=True)

    assert out.getvalue() == ""


@pytest.mark.django_db
def test_start_asks_nobody_without_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO())

    Command(stdout=io.StringIO()).ask_who_runs_site(ask=True)

    assert not Site.objects.exists()


@pytest.mark.django_db
def test_start_leaves_an_administrator_of_that_name() -> None:
    User.objects.create_superuser("facilitator")
    out = io.StringIO()

    Command(stdout=out).offer_administrator("facilitator", ask=True)

    assert out.getvalue() == "The administrator facilitator exists already.\n"


@pytest.mark.django_db
def test_start_needs_a_terminal_for_a_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO())

    with pytest.raises(CommandError, match="needs a terminal"):
        Command(stdout=io.StringIO()).offer_administrator("facilitator", ask=True)


@pytest.mark.usefixtures("edition")
def test_demo_says_who_can_sign_in_and_with_what() -> None:
    out = io.StringIO()
    Command(stdout=out).show_demo("http://here")
    User.objects.filter(username="facilitator").update(is_staff=True)
    again = io.StringIO()
    Command(stdout=again).show_demo("http://here")

    said = out.getvalue()
    assert "The invented round: http://here/account/sign-in/?next=%2Frounds%2F" in said
    assert "sign in as viewer, who reads its result" in said
    assert [one.count("password: ") for one in (said, again.getvalue())] == [2, 1]
