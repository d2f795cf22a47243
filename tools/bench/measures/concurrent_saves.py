"""Many people save at the same moment: nothing may fail, nothing may be lost."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

from assessment.models import Answer
from tools.bench.server_process import ServedClient, served
from tools.bench.table import Measurement

if TYPE_CHECKING:
    from assessment.models import Response
    from tools.bench.measured_site import MeasuredSite
    from tools.bench.server_process import BenchServer

CODES = ("TG1", "TG2", "TG3", "TG4", "HC1", "HC2", "VC1", "SC1")
SIZES = (1, 10, 50, 200)


def concurrent_saves(site: MeasuredSite, most: int) -> list[Measurement]:
    """All as the site serves them, each over a connection that stays open."""
    sizes = [size for size in SIZES if size <= most]
    with served() as server:
        before = server.logged()
        found = [row for size in sizes for row in saving_at_once(site, size, server)]
        noise = server.logged() - before
    return [*found, Measurement("lines in the log of these good saves", "", [noise], bound=0)]


def saving_at_once(site: MeasuredSite, size: int, server: BenchServer) -> list[Measurement]:
    """Saves that were refused or lost (acknowledged and not there), and what one save takes.

    The second is time on the clock: nearly all of it is waiting for the disk.
    """
    responses = [site.new_response(f"saver-{size}-{number}") for number in range(size)]
    statuses: list[int] = []
    ready = threading.Barrier(size + 1)
    clients = [ServedClient(response, server.connection()) for response in responses]
    threads = [
        threading.Thread(target=save, args=(client, response, ready, statuses))
        for client, response in zip(clients, responses, strict=True)
    ]
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


def save(
    client: ServedClient, response: Response, ready: threading.Barrier, statuses: list[int]
) -> None:
    ready.wait()
    for code in CODES:
        form = {code: "2", f"{code}-note": "", f"{code}-revision": "0"}
        statuses.append(client.post(f"/response/{response.uuid}/answer/{code}/", form).status)
    client.connection.close()
