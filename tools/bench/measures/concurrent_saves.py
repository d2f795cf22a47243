"""Many people save at the same moment: nothing may fail, nothing may be lost."""

from __future__ import annotations

import threading
import time
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
    sizes = [size for size in SIZES if size <= most]
    return [measurement for size in sizes for measurement in saving_at_once(site, size)]


def saving_at_once(site: MeasuredSite, size: int) -> list[Measurement]:
    """Saves that were refused or lost (acknowledged and not there), and what one save takes.

    The second is time on the clock: nearly all of it is waiting for the disk.
    """
    responses = [site.new_response(f"saver-{size}-{number}") for number in range(size)]
    statuses: list[int] = []
    ready = threading.Barrier(size + 1)
    threads = [threading.Thread(target=save, args=(r, ready, statuses)) for r in responses]
    for thread in threads:
        thread.start()
    ready.wait()
    began = time.monotonic()
    for thread in threads:
        thread.join()
    each = (time.monotonic() - began) * 1000 / (size * len(CODES))
    acknowledged = statuses.count(200)
    failed = size * len(CODES) - acknowledged
    lost = acknowledged - Answer.objects.filter(response__in=responses).count()
    what = f"{size} saving at once on SQLite"
    counts = {"saves": len(statuses), "failed": failed, "lost": lost}
    return [
        Measurement(what, "failed or lost", [failed + lost], bound=0, aim=0, remarks=counts),
        Measurement(f"{what}, each save on the clock", "ms", [each]),
    ]


def save(response: Response, ready: threading.Barrier, statuses: list[int]) -> None:
    client = Client(response)
    ready.wait()
    for code in CODES:
        form = {code: "2", f"{code}-note": "", f"{code}-revision": "0"}
        statuses.append(client.post(f"/response/{response.uuid}/answer/{code}/", form).status)
    connection.close()
