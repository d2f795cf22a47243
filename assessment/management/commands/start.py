from __future__ import annotations

import getpass
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.management.sql import emit_post_migrate_signal
from django.db import DEFAULT_DB_ALIAS, Error, connection
from django.urls import reverse
from django.utils import timezone
from tornado.netutil import bind_sockets

from assessment.actions.editions.load_seeds import (
    draft_of_new_languages,
    draft_of_newer_seeds,
    load_seeds,
    seeds_are_needed,
)
from assessment.actions.editions.publish import publish
from assessment.actions.responses.demo import load_demo
from assessment.actions.rounds.demo import load_demo_rounds
from assessment.instrument.seeds import name_of_seeds, number_of_seeds
from assessment.interchange.seed_texts import languages_of_seeds
from assessment.management.database_lock import using_database
from assessment.management.messages import compile_changed
from assessment.management.private_files import close_to_others, open_to_others
from assessment.management.seed_files import seeds_with_texts
from assessment.management.serving.port import HOST, PORT, refusal, why_not
from assessment.management.serving.serve import BACKLOG, serve
from assessment.management.site_questions import ask_who_runs_site
from assessment.management.static import collect_changed
from assessment.management.system_packages import complete_libraries
from assessment.management.waiting_migrations import migrations_wait
from assessment.management.worker_child import WorkerChild, worker_child
from assessment.models import Edition
from assessment.models.organisations import Duty
from assessment.reports.screen.pages import FIRST

DEMO_ACCOUNTS = {
    Duty.VIEWER: "who reads its result",
    Duty.FACILITATOR: "who sees its people too, and is asked for a second factor first",
}


class CannotStart(CommandError):
    pass


class Command(BaseCommand):
    help = "Prepares the site (database, question bank, first administrator) and serves it."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default=HOST)
        parser.add_argument("--port", type=int, default=PORT)
        parser.add_argument("--demo", action="store_true", help="load invented examples")
        parser.add_argument("--admin", metavar="NAME", help="create this administrator")
        parser.add_argument(
            "--no-worker", action="store_true", help="leave background work to another process"
        )
        parser.add_argument("--no-input", action="store_true", help="ask nothing")
        parser.add_argument(
            "--no-system-packages",
            action="store_true",
            help="only name the PDF's libraries that are missing, install none",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        host, port = options["host"], options["port"]
        refuse_taken_port(host, port)
        os.umask(0o077)  # whatever is written from here on is for this user alone
        refuse_read_only_data()
        with using_database():
            self.close_data_folder()
            ask = not options["no_input"]
            complete_libraries(self.tell, allowed=not options["no_system_packages"], ask=ask)
            self.prepare_files()
            self.prepare_database()
            self.ask_who_runs_site(ask=ask)
            self.offer_administrator(options["admin"], ask=ask)
            address = f"http://{'[' + host + ']' if ':' in host else host}:{port}"
            if options["demo"]:
                self.show_demo(address)
            with nullcontext() if options["no_worker"] else worker_child() as worker:
                self.serve(host, port, address, worker)

    def close_data_folder(self) -> None:
        if close_to_others():
            left = open_to_others()
            self.stdout.write(
                f"{left[0]} is open to other users of this machine and belongs to another one."
                if left
                else "The data folder was open to other users of this machine: it is closed now."
            )

    def prepare_database(self) -> None:
        with database_refusals():
            connection.ensure_connection()
            if migrations_wait():
                call_command("migrate", interactive=False, verbosity=0)
            else:
                # What `migrate` ends with: a start that was killed may not have come to it.
                emit_post_migrate_signal(verbosity=0, interactive=False, db=DEFAULT_DB_ALIAS)
        self.prepare_bank()

    def prepare_bank(self) -> None:
        now, number = timezone.now(), number_of_seeds()
        languages = languages_of_seeds()
        if not seeds_are_needed(name=name_of_seeds(), number=number, languages=languages):
            return  # to read them takes longer than all else of a start
        seeds, texts = seeds_with_texts()
        content: Any = {"instrument": seeds, "translations": texts, "now": now}
        if Edition.objects.current() is None:
            publish(edition=load_seeds(**content).edition, now=now, least=number)
            self.stdout.write("The question bank is loaded and published.")
        elif draft := draft_of_newer_seeds(number=number, **content):
            self.stdout.write(
                f"A newer question bank came with this version: {draft.name} is a draft now, to be "
                "compared and published in the administration."
            )
        elif draft := draft_of_new_languages(**content):
            self.stdout.write(
                f"Translations ({', '.join(texts)}) came with this version: a draft of "
                f"{draft.name} holds them, to be offered and published in the administration."
            )

    def prepare_files(self) -> None:
        compile_changed(settings.CATALOGUES, settings.LOCALE_PATHS[0])
        if not settings.DEBUG and collect_changed(settings.STATIC_ROOT):
            self.stdout.write("Styles and scripts are compressed.")

    def tell(self, line: str) -> None:
        """At once, where the next step takes long."""
        self.stdout.write(line)
        self.stdout.flush()

    def ask_who_runs_site(self, *, ask: bool) -> None:
        if ask and sys.stdin.isatty():
            ask_who_runs_site(self.tell)

    def offer_administrator(self, name: str | None, *, ask: bool) -> None:
        if name is None and ask and sys.stdin.isatty() and not has_administrator():
            name = input("Name of the first administrator (Enter to skip): ").strip()
        if not name:
            return
        if User.objects.filter(username=name).exists():
            self.stdout.write(f"The administrator {name} exists already.")
            return
        if not sys.stdin.isatty():
            raise CannotStart("--admin asks for a password, which needs a terminal.")
        User.objects.create_superuser(name, password=self.new_password(User(username=name)))
        self.stdout.write(f"The administrator {name} is created.")

    def new_password(self, user: User) -> str:
        while True:
            password = getpass.getpass("Password: ")
            if password != getpass.getpass("The same again: "):
                self.stdout.write("The two differ.")
                continue
            try:
                validate_password(password, user)
            except ValidationError as error:
                self.stdout.write(" ".join(error.messages))
                continue
            return password

    def show_demo(self, address: str) -> None:
        now = timezone.now()
        alone, several = load_demo(now=now), load_demo_rounds(now=now)
        link = reverse("return", args=[alone.secret])
        self.stdout.write(f"The invented example: {address}{link}")
        result = reverse("round_report_page", args=[several.round.uuid, FIRST])
        login = f"{address}{reverse('account_login')}?{urlencode({'next': result})}"
        self.stdout.write(f"The invented round: {login}")
        for account in several.accounts:
            self.stdout.write(f"  sign in as {account.name}, {DEMO_ACCOUNTS[Duty(account.duty)]}")
            if account.password:
                self.stdout.write(f"    password: {account.password}")

    def serve(self, host: str, port: int, address: str, worker: WorkerChild | None) -> None:
        from assessment.wsgi import application

        def say_address() -> None:
            start, admin = f"{address}{reverse('start')}", f"{address}{reverse('admin:index')}"
            self.stdout.write(f"Articula is at {start} (its administration at {admin}).")
            self.stdout.write("Ctrl-C stops it.")
            self.stdout.flush()
            # Only now: people who wait for their first answer have the processors for themselves.
            if worker is not None:
                worker.start()

        connection.close()
        sockets = sockets_at(host, port)
        serve(application, (host, port), sockets, threads=settings.THREADS, ready=say_address)
        self.stdout.write("Stopped.")


def refuse_taken_port(host: str, port: int) -> None:
    if reason := why_not(host, port):
        raise CannotStart(reason)


def sockets_at(host: str, port: int) -> list[socket.socket]:
    """Another program may have taken the port since it was free."""
    try:
        return bind_sockets(port, host, backlog=BACKLOG)
    except OSError as error:
        raise CannotStart(refusal(host, port, error)) from error


def refuse_read_only_data() -> None:
    probe = settings.DATA_DIR / ".writable"
    try:
        settings.DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise CannotStart(
            f"The folder {settings.DATA_DIR} cannot be written ({error.strerror})."
        ) from error


def has_administrator() -> bool:
    return User.objects.filter(is_superuser=True, is_active=True).exists()


@contextmanager
def database_refusals() -> Iterator[None]:
    try:
        yield
    except Error as error:
        first_line = str(error).strip().partition("\n")[0]
        raise CannotStart(f"The database cannot be used: {first_line}") from error
