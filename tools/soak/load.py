"""People who save at their own pace for a while, then as many at once as a hall has."""

from __future__ import annotations

import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from tools.soak.audit import audit
from tools.soak.figures import said, seconds, tell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tools.soak.visitor import Visitor

PAUSE = 5.0
SLOW = 0.3
BURST = 50
BURST_SECONDS = 30


def load(visitors: Sequence[Visitor], minutes: float) -> dict[str, int]:
    """Everybody saves every five seconds; then fifty save each second for half a minute."""
    steady = paced(visitors, PAUSE, 60 * minutes)
    at_once = paced(visitors[:BURST], 1.0, BURST_SECONDS)
    late = statistics.quantiles(steady, n=20)[-1]
    tell("load: saves, one each five seconds", f"{len(steady)} by {len(visitors)}")
    tell("load: seconds of a save", f"{seconds(steady)}, 95th percentile {late:.2f}")
    tell("burst: saves", f"{len(at_once)} in {BURST_SECONDS} s")
    tell("burst: seconds of a save", seconds(at_once))
    return {
        "load: 95th percentile above 0.3 s": int(late > SLOW),
        "load: refused": sum(len(visitor.refusals) for visitor in visitors),
        "load: lost": audit(visitors).total(),
        "load: faults": said(list(visitors)),
    }


def paced(visitors: Sequence[Visitor], pause: float, longest: float) -> list[float]:
    """The seconds of each save; the visitors begin one after the other within a pause."""
    began = time.monotonic()
    with ThreadPoolExecutor(len(visitors)) as pool:
        found = [
            pool.submit(at_pace, one, began + pause * place / len(visitors), pause, began + longest)
            for place, one in enumerate(visitors)
        ]
        return [took for one in found for took in one.result()]


def at_pace(visitor: Visitor, due: float, pause: float, until: float) -> list[float]:
    took = []
    while due < until:
        time.sleep(max(0.0, due - time.monotonic()))
        began = time.monotonic()
        visitor.save()
        took.append(time.monotonic() - began)
        due += pause
    return took
