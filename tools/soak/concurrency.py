"""Many people who do the same at the same moment."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from typing import TYPE_CHECKING

from assessment.models import Response, Result
from tools.html_page import form_data

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tools.reply import Reply
    from tools.soak.visitor import Visitor


def run_at_once(works: Sequence[Callable[[], Reply | None]]) -> list[Reply | None]:
    ready = Barrier(len(works))

    def one(work: Callable[[], Reply | None]) -> Reply | None:
        ready.wait(timeout=60)
        return work()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(one, works))


def concurrent_saves(visitors: Sequence[Visitor], saves: int) -> int:
    """How many saves were refused while all saved at once."""

    def save_some(visitor: Visitor) -> None:
        for _ in range(saves):
            visitor.save()

    before = sum(len(visitor.refusals) for visitor in visitors)
    run_at_once([partial(save_some, visitor) for visitor in visitors])
    return sum(len(visitor.refusals) for visitor in visitors) - before


def concurrent_submits(visitor: Visitor, number: int) -> dict[str, int]:
    """One response submitted by many at once and three times more."""
    visitor.save()
    form, path = visitor.submit_form(), f"{visitor.address}submit/"
    before = Result.objects.count()
    replies = run_at_once([lambda: visitor.request("POST", path, form)] * number)
    replies += [visitor.request("POST", path, form) for _ in range(3)]
    receipts = {(reply.status, reply.headers.get("Location")) for reply in replies if reply}
    return {
        "different receipts": len(receipts),
        "refused": sum(1 for status, _ in receipts if status != 302),
        "results": Result.objects.count() - before,
    }


def concurrent_starts(visitor: Visitor, number: int) -> int:
    """How many responses came of one form that was sent many times at once."""
    before, form = Response.objects.count(), form_data(visitor.request("GET", "/begin/"))
    run_at_once([lambda: visitor.request("POST", "/begin/", form)] * number)
    return Response.objects.count() - before
