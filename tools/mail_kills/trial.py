"""One run: messages are written, workers that send them are killed, and all is counted."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.models import User
from django.utils import timezone

from assessment.actions.mail.queue import queue_mail
from assessment.models import OutgoingMail
from tools.mail_sink import MailSink

if TYPE_CHECKING:
    from collections.abc import Iterator

WAITING = 12
"""So many messages can be taken at least while workers are killed."""
LONGEST_END = 300.0
SHORTEST_LIFE, LONGEST_LIFE = 0.05, 0.6
"""Seconds from a worker's birth to its end."""
FAULTS = ("lost", "copies outside the dialogue", "not over")


def run_trial(
    *, kills: int, seed: int, lease: float, environment: dict[str, str]
) -> dict[str, int]:
    """What became of the messages, on the database of this process and of `environment`."""
    draw = random.Random(seed)
    with MailSink(pause=0.01) as sink, nursery(sink, lease, environment) as pids:
        for _ in range(kills):
            fill_up()
            pid = next(pids)
            time.sleep(draw.uniform(SHORTEST_LIFE, LONGEST_LIFE))
            os.kill(pid, signal.SIGKILL)
        last = next(pids)
        wait_until_over()
        os.kill(last, signal.SIGKILL)
        return figures(sink, kills)


@contextmanager
def nursery(sink: MailSink, lease: float, environment: dict[str, str]) -> Iterator[Iterator[int]]:
    """The numbers of its workers, each as soon as it lives."""
    process = subprocess.Popen(
        (sys.executable, "-m", "tools.mail_kills.nursery", str(lease)),
        cwd=settings.BASE_DIR,
        env=os.environ | mail_settings(sink) | environment,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None  # noqa: S101 -- as it was started
    try:
        yield (int(line) for line in process.stdout)
    finally:
        os.killpg(process.pid, signal.SIGKILL)  # with the worker that it has forked meanwhile
        process.wait()
        process.stdout.close()


def mail_settings(sink: MailSink) -> dict[str, str]:
    return {
        "ARTICULA_MAIL_HOST": "127.0.0.1",
        "ARTICULA_MAIL_PORT": str(sink.port),
        "ARTICULA_MAIL_TLS": "0",
        "ARTICULA_MAIL_FROM": "articula@example.org",
        "ARTICULA_LOG": "ERROR",
    }


def fill_up() -> None:
    rosa, _made = User.objects.get_or_create(username="rosa")
    params = {"about": "password_changed", "user": rosa.pk}
    for _ in range(WAITING - OutgoingMail.objects.due(timezone.now()).count()):
        queue_mail(
            kind=OutgoingMail.Kind.ACCOUNT,
            to="rosa@example.org",
            language="en",
            origin="https://articula.example.org",
            params=params,
            now=timezone.now(),
        )


def wait_until_over() -> None:
    until = time.monotonic() + LONGEST_END
    while OutgoingMail.objects.in_queue().exists() and time.monotonic() < until:
        time.sleep(0.2)


def figures(sink: MailSink, kills: int) -> dict[str, int]:
    taken = Counter(sink.ids)
    mails = list(OutgoingMail.objects.values_list("message_id", "state", "doubts"))
    return {
        "kills": kills,
        "messages": len(mails),
        "kills within a dialogue": sum(doubts for _id, _state, doubts in mails),
        "copies too many": sum(taken.values()) - len(taken),
        "lost": sum(not taken[message] for message, _state, _doubts in mails),
        "copies outside the dialogue": sum(
            taken[message] > 1 + doubts for message, _state, doubts in mails
        ),
        "not over": sum(state != OutgoingMail.State.SENT for _id, state, _doubts in mails),
    }
