"""What people were told beside what the database holds."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from assessment.models import Answer, Response

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tools.soak.visitor import SavedAnswer, Visitor

FAULTS = ("lost", "torn", "doubled")


def audit(visitors: Iterable[Visitor]) -> Counter[str]:
    """Counts of each fault; what was sent and not acknowledged may stand whole or not at all."""
    counts: Counter[str] = Counter(dict.fromkeys(FAULTS, 0))
    for visitor in visitors:
        uuid = visitor.address.rstrip("/").rpartition("/")[2]
        with visitor.lock:  # nothing is acknowledged while her rows are read
            rows = {row.code: row for row in Answer.objects.filter(response__uuid=uuid)}
            counts += Counter(_faults(visitor.saved, visitor.unconfirmed, rows))
    return counts


def doubled_starts(visitors: Iterable[Visitor]) -> int:
    """Every visitor insisted on one start: more responses than visitors are doubles."""
    return Response.objects.count() - len({visitor.address for visitor in visitors})


def _faults(
    saved: Mapping[str, SavedAnswer],
    unconfirmed: Mapping[str, SavedAnswer],
    rows: Mapping[str, Answer],
) -> Iterable[str]:
    stored = {code for code, answer in unconfirmed.items() if _is(rows.get(code), answer)}
    if 0 < len(stored) < len(unconfirmed):
        yield "torn"
    for code in saved.keys() | rows.keys():
        expected = unconfirmed[code] if code in stored else saved.get(code)
        row = rows.get(code)
        if expected is None:
            yield "doubled"
        elif row is None or row.note != expected.note:
            yield "lost"
        elif row.value != expected.value:
            yield "torn"
        elif row.revision != expected.revision:
            yield "doubled"


def _is(row: Answer | None, answer: SavedAnswer) -> bool:
    return row is not None and row.note == answer.note
