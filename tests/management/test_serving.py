"""`start` as a whole. In a file of its own, because emptied tables come last in a test process:
what migrations put into them (the groups) is gone afterwards.
"""

from __future__ import annotations

import io
import os
import re
import signal
import threading
import time
import urllib.error
import urllib.request

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import transaction

from assessment.management.commands.start import Command
from assessment.management.database_lock import DatabaseInUse, database_alone
from tests.bank_fixtures import empty_bank_tables

pytestmark = pytest.mark.usefixtures("nothing_collected", "own_data_folder")


def stop_when_answering(address: str, seen: list[object]) -> None:
    """Ask until the site answers, ask whether the database is in use, end it as a manager would."""
    for _attempt in range(1200):
        try:
            with urllib.request.urlopen(address) as answer:  # noqa: S310 -- our own server
                seen += [answer.status, is_in_use()]
            break
        except urllib.error.URLError:
            time.sleep(0.05)
    os.kill(os.getpid(), signal.SIGTERM)


def is_in_use() -> bool:
    try:
        with database_alone():
            return False
    except DatabaseInUse:
        return True


def lines_of_a_run(port: int, *arguments: str) -> str:
    """What `start` prints from its beginning to its end, once a page was answered."""
    before, out, seen = signal.getsignal(signal.SIGTERM), io.StringIO(), list[object]()
    address = f"http://127.0.0.1:{port}/account/sign-in/"
    person = threading.Thread(target=stop_when_answering, args=(address, seen))
    person.start()
    options = ("--no-input", "--no-worker", "--no-system-packages", *arguments)
    call_command("start", *options, port=port, stdout=out)
    person.join()
    signal.signal(signal.SIGTERM, before)
    assert (seen, is_in_use()) == ([200, True], False)
    return out.getvalue()


@pytest.mark.django_db(transaction=True)
def test_start_serves_the_example_until_it_is_told_to_stop(port: int) -> None:
    """Who has an own account by then is told no password again."""
    site = f"http://127.0.0.1:{port}"
    with transaction.atomic():
        empty_bank_tables()

    said = lines_of_a_run(port, "--demo")
    User.objects.filter(username="facilitator").update(is_staff=True)
    again = io.StringIO()
    Command(stdout=again).show_demo(site)

    login = f"{site}/account/sign-in/?next=%2Frounds%2F…%2Freport%2Fbrief%2F"
    shown = re.sub(r"(password: |/return/|rounds%2F)[\w-]+", r"\1…", said).splitlines()
    assert shown == [
        "Styles and scripts are compressed.",
        "The question bank is loaded and published.",
        f"The invented example: {site}/return/…/",
        f"The invented round: {login}",
        "  sign in as viewer, who reads its result",
        "    password: …",
        "  sign in as facilitator, who sees its people too, and is asked for a second factor first",
        "    password: …",
        f"Articula is at {site}/ (its administration at {site}/admin/).",
        "Ctrl-C stops it.",
        "Stopped.",
    ]
    assert again.getvalue().count("password: ") == 1
