"""Many people save at the same moment: nothing may fail, nothing may be lost."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from django.db import connection

from assessment.models import Answer
from tools.bench.client import Client
from tools.bench.table import Measurement

if TYPE_CHECKING:
    from assessment.models import Response
    from tools.bench.measured_site import MeasuredSite

CODES = ("TG1", "TG2", "TG3", "TG4", "HC1", "HC2", "VC1", "SC1")
SIZES = (1, 10, 50, 200)


def concurrent_saves(site: MeasuredSite, most: int) -> list[Measurement]:
    return [failed_or_lost(site, size) for size in SIZES if size <= most]


def failed_or_lost(site: MeasuredSite, size: int) -> Measurement:
    """Saves that were refused, and answers that were acknowledged and are not there."""
    responses = [site.new_response(f"saver-{size}-{number}") for number in range(size)]
    statuses: list[int] = []
    ready = threading.Barrier(size)
    threads = [threading.Thread(target=save, args=(r, ready, statuses)) for r in responses]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    acknowledged = statuses.count(200)
    failed = size * len(CODES) - acknowledged
    lost = acknowledged - Answer.objects.filter(response__in=responses).count()
    return Measurement(
        f"{size} saving at once on SQLite",
        "failed or lost",
        [failed + lost],
        bound=0,
        aim=0,
        remarks={"saves": len(statuses), "failed": failed, "lost": lost},
    )


def save(response: Response, ready: threading.Barrier, statuses: list[int]) -> None:
    client = Client(response)
    ready.wait()
    for code in CODES:
        form = {code: "2", f"{code}-note": "", f"{code}-revision": "0"}
        statuses.append(client.post(f"/response/{response.uuid}/answer/{code}/", form).status)
    connection.close()
