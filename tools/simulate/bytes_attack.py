"""The attack on the bytes of all outlets of a round, of the day it closed and after its session."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from assessment.reports.report_data import ReportData, hash_of_result
from tools.simulate.attacker import Attacker
from tools.simulate.outlets import OUTLETS, PAPER
from tools.simulate.rounds import draw_round, hidden_in, results_of
from tools.simulate.shares import findings_of_shares

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assessment.instrument.model import Instrument
    from assessment.method.result import Result
    from tools.simulate.findings import Finding
    from tools.simulate.readings import Reading

FLAT = ("json", "csv")
"""After a session these tell apart which figures are those of before; the others follow them."""
DAY = datetime(2026, 1, 1, tzinfo=UTC)


def attacked_bytes(
    bank: Instrument, seed: int, names: Sequence[str] = tuple(OUTLETS), *, paper: bool = False
) -> list[Finding]:
    """What is found in these outlets together, and in the files after the session beside them."""
    drawn = draw_round(bank, seed)
    result, later = results_of(bank, drawn)
    read = readings_in(bank, result, names, paper=paper)
    if later is not None:
        read += readings_in(bank, later, [name for name in names if name in FLAT])
    cells, policy = hidden_in(bank, drawn)
    attacker = Attacker(bank, cells, policy, result, drawn.own, later, read)
    return [*attacker.findings(), *findings_of_shares(attacker)]


def readings_in(
    bank: Instrument, result: Result, names: Sequence[str], *, paper: bool = False
) -> list[Reading]:
    report = ReportData(
        result=result, instrument=bank, generated_at=DAY, result_hash=hash_of_result(result)
    )
    # Of a round that is too small for any group the paper prints no table, and is refused for it.
    printed = paper and any(not group.hidden for group in result.groups)
    outlets = [*(OUTLETS[name] for name in names), *([PAPER] if printed else [])]
    return [reading for make, read in outlets for reading in read(make(report), bank)]
