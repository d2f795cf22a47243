"""The method: one person's answers judged, without draws and with a thousand."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from assessment.method.assess import assess
from tools.bench.table import Measurement
from tools.bench.timing import interleave

if TYPE_CHECKING:
    from tools.bench.measured_site import MeasuredSite


def judging(site: MeasuredSite, rounds: int) -> list[Measurement]:
    response = site.answered_response("judging")
    judge = partial(
        assess,
        instrument=site.instrument,
        profile=response.round.facts(),
        responses=[response.respondent()],
        alone=True,
    )
    times = interleave(
        {
            "plain": (lambda: judge(draws=0), 10),
            "draws": (lambda: judge(draws=1000), 1),
        },
        rounds,
    )
    draws = [both - plain for both, plain in zip(times["draws"], times["plain"], strict=True)]
    draws_to_plain = [draw / plain for draw, plain in zip(draws, times["plain"], strict=True)]
    return [
        Measurement("assess() without draws", "ms", times["plain"], 10),
        Measurement("1,000 draws", "ms", draws),
        Measurement("1,000 draws", "× assess() without", draws_to_plain, 6),
    ]
