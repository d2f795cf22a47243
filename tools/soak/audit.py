"""What people were told beside what the database holds."""

from __future__ import annotations

import time
from collections import Counter
from typing import TYPE_CHECKING

from django.db import connection

from assessment.models import Answer, Response

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tools.soak.visitor import Held, Visitor

FAULTS = ("lost", "torn", "doubled")


def audit(visitors: Iterable[Visitor]) -> Counter[str]:
    """Counts of each fault; what was sent and not acknowledged may stand whole or not at all."""
    found: Counter[str] = Counter(dict.fromkeys(FAULTS, 0))
    for visitor in visitors:
        uuid = visitor.address.rstrip("/").rpartition("/")[2]
        with visitor.account:  # nothing is acknowledged while her rows are read
            rows = {row.code: row for row in Answer.objects.filter(response__uuid=uuid)}
            found += Counter(_faults(visitor.held, visitor.sending, rows))
    return found


def doubled_starts(visitors: Iterable[Visitor]) -> int:
    """Every visitor insisted on one start: more responses than visitors are doubles."""
    return Response.objects.count() - len({visitor.address for visitor in visitors})


def wait_for_others(longest: float = 10) -> None:
    """A killed server's last statement may still run inside PostgreSQL."""
    if connection.vendor != "postgresql":
        return
    until = time.monotonic() + longest
    while _others() and time.monotonic() < until:
        time.sleep(0.05)


def _others() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
            "AND backend_type = 'client backend' AND pid <> pg_backend_pid() AND state <> 'idle'"
        )
        return int(cursor.fetchone()[0])


def _faults(
    held: Mapping[str, Held], sending: Mapping[str, Held], rows: Mapping[str, Answer]
) -> Iterable[str]:
    arrived = {code for code, sent in sending.items() if _is(rows.get(code), sent)}
    if 0 < len(arrived) < len(sending):
        yield "torn"
    for code in held.keys() | rows.keys():
        wanted = sending[code] if code in arrived else held.get(code)
        row = rows.get(code)
        if wanted is None:
            yield "doubled"
        elif row is None or row.note != wanted.note:
            yield "lost"
        elif row.value != wanted.value:
            yield "torn"
        elif row.revision != wanted.revision:
            yield "doubled"


def _is(row: Answer | None, sent: Held) -> bool:
    return row is not None and row.note == sent.note
