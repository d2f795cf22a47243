"""Many people save at the same moment: nothing may fail, nothing may be lost."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from django.db import connection

from assessment.models import Answer
from tools.bench.browser import Browser
from tools.bench.table import Row

if TYPE_CHECKING:
    from assessment.models import Response
    from tools.bench.ground import Ground

CODES = ("TG1", "TG2", "TG3", "TG4", "HC1", "HC2", "VC1", "SC1")
SIZES = (1, 10, 50, 200)


def saving_at_once(ground: Ground, most: int) -> list[Row]:
    return [bad_of(ground, size) for size in SIZES if size <= most]


def bad_of(ground: Ground, size: int) -> Row:
    """Saves that were refused, and answers that were acknowledged and are not there."""
    responses = [ground.begun(f"saver-{size}-{number}") for number in range(size)]
    said: list[int] = []
    gate = threading.Barrier(size)
    threads = [threading.Thread(target=save, args=(one, gate, said)) for one in responses]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    failed = size * len(CODES) - said.count(200)
    lost = said.count(200) - Answer.objects.filter(response__in=responses).count()
    remarks = {"saves": len(said), "failed": failed, "lost": lost}
    return Row(f"{size} saving at once on SQLite", "failed or lost", [failed + lost], 0, 0, remarks)


def save(response: Response, gate: threading.Barrier, said: list[int]) -> None:
    device = Browser(response)
    gate.wait()
    for code in CODES:
        sent = {code: "2", f"{code}-note": "", f"{code}-revision": "0"}
        said.append(device.post(f"/response/{response.uuid}/answer/{code}/", sent).status)
    connection.close()
