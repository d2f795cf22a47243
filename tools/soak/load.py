"""People who save at their own pace for a while, then as many at once as a hall has."""

from __future__ import annotations

import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from tools.soak.audit import audit
from tools.soak.output import median_and_most, print_faults, print_figure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tools.soak.visitor import Visitor

PAUSE = 5.0
SLOW = 0.3
BURST = 50
BURST_SECONDS = 30


def load(visitors: Sequence[Visitor], minutes: float) -> dict[str, int]:
    """Everybody saves every five seconds; then fifty save each second for half a minute."""
    steady = save_at_pace(visitors, PAUSE, 60 * minutes)
    burst = save_at_pace(visitors[:BURST], 1.0, BURST_SECONDS)
    late = statistics.quantiles(steady, n=20)[-1]
    print_figure("load: saves, one each five seconds", f"{len(steady)} by {len(visitors)}")
    print_figure(
        "load: seconds of a save", f"{median_and_most(steady)}, 95th percentile {late:.2f}"
    )
    print_figure("burst: saves", f"{len(burst)} in {BURST_SECONDS} s")
    print_figure("burst: seconds of a save", median_and_most(burst))
    return {
        "load: 95th percentile above 0.3 s": int(late > SLOW),
        "load: refused": sum(len(visitor.refusals) for visitor in visitors),
        "load: lost": audit(visitors).total(),
        "load: faults": print_faults(list(visitors)),
    }


def save_at_pace(visitors: Sequence[Visitor], pause: float, longest: float) -> list[float]:
    """The seconds of each save; the visitors begin one after the other within a pause."""
    began = time.monotonic()
    until, delay = began + longest, pause / len(visitors)
    with ThreadPoolExecutor(len(visitors)) as pool:
        works = [
            pool.submit(_one_at_pace, visitor, began + delay * n, pause, until)
            for n, visitor in enumerate(visitors)
        ]
        return [seconds for work in works for seconds in work.result()]


def _one_at_pace(visitor: Visitor, due: float, pause: float, until: float) -> list[float]:
    seconds = []
    while due < until:
        time.sleep(max(0.0, due - time.monotonic()))
        began = time.monotonic()
        visitor.save()
        seconds.append(time.monotonic() - began)
        due += pause
    return seconds
