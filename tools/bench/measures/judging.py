"""The method: one person's answers judged, without draws and with a thousand, and submitted."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from assessment.instrument.kinds.registry import kind_of, read_answer
from assessment.method.assess import assess
from assessment.method.result import Respondent
from tools.bench.measures.requests import Submit
from tools.bench.table import Measurement
from tools.bench.timing import interleave

if TYPE_CHECKING:
    from assessment.instrument.model import Instrument
    from tools.bench.measured_site import MeasuredSite

SUBMITS = 10


def judging(site: MeasuredSite, rounds: int) -> list[Measurement]:
    """Of the example, and of a scheme whose answers are so low that most rules are true."""
    response = site.answered_response("judging")
    judge = partial(assess, instrument=site.instrument, profile=response.round.facts(), alone=True)
    example, low = [response.respondent()], [all_low(site.instrument)]
    submits = [Submit(site.answered_response(f"submit {n}")) for n in range(rounds * SUBMITS + 1)]
    times = interleave(
        {
            "plain": (lambda: judge(responses=example, draws=0), 10),
            "low": (lambda: judge(responses=low, draws=0), 10),
            "draws": (lambda: judge(responses=example, draws=1000), 1),
            "submit": (lambda: submits.pop().send(), SUBMITS),
        },
        rounds,
    )
    draws = [both - plain for both, plain in zip(times["draws"], times["plain"], strict=True)]
    draws_to_plain = [draw / plain for draw, plain in zip(draws, times["plain"], strict=True)]
    return [
        Measurement("assess() without draws", "ms", times["plain"], 15),
        Measurement("assess() without draws, all answers low", "ms", times["low"], 15),
        Measurement("1,000 draws", "ms", draws, 100),
        Measurement("1,000 draws", "× assess() without", draws_to_plain, 6),
        Measurement("submit, all answered", "ms", times["submit"], 30),
    ]


def all_low(bank: Instrument) -> Respondent:
    levels = [q for q in bank.questions if q.scored and kind_of(q).has_levels]
    return Respondent({question.code: read_answer(question, 1) for question in levels})
