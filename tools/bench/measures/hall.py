"""A hall: all its people press “save” on their phones within some seconds."""

from __future__ import annotations

import threading
import time
from math import ceil
from random import Random
from typing import TYPE_CHECKING

from django.utils import timezone

from assessment.actions.responses.start import add_response
from assessment.actions.rounds.make import make_round, open_round
from assessment.actions.rounds.schemes import make_scheme
from assessment.models import Answer
from tools.bench.server_process import ServedClient, served
from tools.bench.table import Measurement

if TYPE_CHECKING:
    from assessment.models import Response
    from tools.bench.measured_site import MeasuredSite
    from tools.bench.server_process import BenchServer

WITHIN = 10.0
"""Seconds in which everybody presses, each at a moment of her own."""
MOST_MS = 2_000
CODES = ("TG2", "TG3", "TG4")
SAVED = 302


def hall(site: MeasuredSite, phones: int, within: float = WITHIN) -> list[Measurement]:
    """On the clock, because waiting is what people feel; the slowest five of a hundred aside."""
    with served() as server:
        return hall_at(site, server, phones, within)


def hall_at(
    site: MeasuredSite, server: BenchServer, phones: int, within: float
) -> list[Measurement]:
    responses = seats(site, phones)
    random = Random(phones)
    waits: list[float] = []
    ready = threading.Barrier(phones)
    threads = [
        threading.Thread(
            target=press,
            args=(ServedClient(one, server.connection()), one, ready, waits),
            kwargs={"after": random.uniform(0, within)},
        )
        for one in responses
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    acknowledged = len(waits)
    stored = Answer.objects.filter(response__in=responses, status="answered").count()
    lost = acknowledged * len(CODES) - stored
    refused = phones - acknowledged
    slow = sorted(waits)[ceil(acknowledged * 0.95) - 1] * 1000 if waits else float("inf")
    what = f"{phones} phones save within {within:g} s"
    counts = {"saved": acknowledged, "refused": refused, "lost": lost}
    return [
        Measurement(what, "refused or lost", [refused + abs(lost)], bound=0, remarks=counts),
        Measurement(f"{what}, 95 of 100 wait at most", "ms", [round(slow)], bound=MOST_MS),
    ]


def press(
    client: ServedClient,
    response: Response,
    ready: threading.Barrier,
    waits: list[float],
    *,
    after: float,
) -> None:
    """What is not answered with the next page was not saved, and does not count as such."""
    ready.wait()
    time.sleep(after)
    form = dict.fromkeys(CODES, "2") | {f"{code}-revision": "0" for code in CODES}
    began = time.monotonic()
    try:
        if client.post(f"/response/{response.uuid}/tg/", form).status == SAVED:
            waits.append(time.monotonic() - began)
    except OSError:
        pass
    finally:
        client.connection.close()


def seats(site: MeasuredSite, phones: int) -> list[Response]:
    """All in one round of several, at one tier of one sector."""
    now = timezone.now()
    scheme = make_scheme(name="Hall", programmes=(), now=now)
    made = open_round(
        round=make_round(
            scheme=scheme, edition=site.edition, profile=site.example["profile"], now=now
        ),
        now=now,
    )
    return [
        add_response(
            round=made, tier="local", sector="agriculture", language="en", notice="1", now=now
        ).response
        for _ in range(phones)
    ]
