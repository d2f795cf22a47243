"""Many at the same moment."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from typing import TYPE_CHECKING

from assessment.models import Response, Result
from tools.html_page import filled

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tools.soak.visitor import Told, Visitor


def at_once(works: Sequence[Callable[[], Told | None]]) -> list[Told | None]:
    ready = Barrier(len(works))

    def one(work: Callable[[], Told | None]) -> Told | None:
        ready.wait(timeout=60)
        return work()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(one, works))


def crowd_of_savers(visitors: Sequence[Visitor], saves: int) -> int:
    """How many saves were refused while all saved at once."""

    def save_some(visitor: Visitor) -> None:
        for _ in range(saves):
            visitor.save()

    before = sum(len(visitor.refusals) for visitor in visitors)
    at_once([partial(save_some, visitor) for visitor in visitors])
    return sum(len(visitor.refusals) for visitor in visitors) - before


def crowd_of_submits(visitor: Visitor, number: int) -> dict[str, int]:
    """One response submitted by many at once and three times more."""
    visitor.save()
    form, path = visitor.submit_form(), f"{visitor.address}submit/"
    before = Result.objects.count()
    told = at_once([lambda: visitor.ask("POST", path, form)] * number)
    told += [visitor.ask("POST", path, form) for _ in range(3)]
    receipts = {(one.status, one.headers.get("Location")) for one in told if one}
    return {
        "submits at once": number,
        "different receipts": len(receipts),
        "refused": sum(1 for status, _ in receipts if status != 302),
        "results": Result.objects.count() - before,
    }


def crowd_of_starts(visitor: Visitor, number: int) -> int:
    """How many responses came of one form that was sent many times at once."""
    before, form = Response.objects.count(), filled(visitor.ask("GET", "/begin/"))
    at_once([lambda: visitor.ask("POST", "/begin/", form)] * number)
    return Response.objects.count() - before
