"""The table of `manage.py bench`: what is printed and how it ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.bench.__main__ import measure_parts
from tools.bench.table import Measurement

if TYPE_CHECKING:
    import pytest

GOOD = Measurement("quick", "ms", [1, 2, 3], bound=5, aim=2)
ABOVE_AIM = Measurement("slower", "ms", [4], bound=5, aim=3)
MISSED = Measurement("slow", "ms", [6], bound=5, aim=3)


def fail() -> list[Measurement]:
    raise RuntimeError("no such page")


def test_failing_part_loses_no_other_row(capsys: pytest.CaptureFixture[str]) -> None:
    outcome = measure_parts({"first": lambda: [GOOD], "second": fail, "third": lambda: [ABOVE_AIM]})

    rows = [line.split() for line in capsys.readouterr().out.splitlines()[1:]]
    assert [(row[0], row[-1]) for row in rows] == [("quick", "ok"), ("slower", "missed")]
    assert outcome.summary == (
        "0 of 2 missed, 1 within their bound and not at their aim; not measured: second"
    )
    assert outcome.status == 1


def test_rows_say_whether_bound_and_aim_are_met() -> None:
    assert [row.verdict for row in (GOOD, ABOVE_AIM, MISSED)] == ["ok", "aim missed", "MISSED"]
    assert measure_parts({"all": lambda: [GOOD, ABOVE_AIM]}).status == 0
    assert measure_parts({"all": lambda: [GOOD, MISSED]}).status == 1
