"""Conditions that no mixture of answers can make true."""

from __future__ import annotations

from assessment.instrument.conditions.check import check
from assessment.instrument.conditions.grammar import parse
from assessment.instrument.issues import Issue
from tests.instrument.build import instrument, level, multi, number

BANK = instrument(
    number("BI5", 0, 100, "BI"),
    level("BI6", "BI", shown_if="answer.BI5 > 0"),
    level("BI7", "BI", shown_if="answer.BI6 >= 2 and answer.NO1 > 1"),
    level("BI8", "BI", shown_if="answer.BI5 > 50"),
    level("BI9", "BI", shown_if="answer.BI5 < 20"),
    multi("HC3", {"body": 3, "plan": 7}, "HC"),
    level("HC4", "HC", shown_if='"none" not in answer.HC3', essential=True),
    level("HC5", "HC", shown_if="answer.HC4 >= 3"),
    level("HC7", "HC", shown_if="answer.HC8 >= 3"),
    level("HC8", "HC", shown_if="answer.HC7 >= 3"),
    level("HC9", "HC", shown_if="profile.programmes >= 2"),
)
NEVER = [Issue("never_true")]
FULL = " and ".join(
    f"score.BI > {n} and answer.BI5 > {n} and unknown.HC < .{n + 1}" for n in range(7)
)


def test_what_excludes_itself_can_never_be_true() -> None:
    table: list[str] = [
        "answer.BI5 == 0 and answer.BI6 <= 1",
        '"none" in answer.HC3 and answer.HC4 <= 1',
        "answer.HC4 < 3 and (answer.HC5 <= 1 or answer.HC5 > 1)",
        "profile.programmes < 2 and answer.HC9 <= 1",
        "level.HC >= 4 and score.HC < 10",
        "level.HC >= 3 and score.HC < 60",
        "level.BI <= 2 and score.BI > 90",
    ]

    assert {text: check(parse(text), BANK) for text in table} == dict.fromkeys(table, NEVER)


def test_what_can_occur_together_can_be_true() -> None:
    table: list[str] = [
        "answer.BI5 > 0 and answer.BI6 <= 1",
        "answer.BI5 == 0 or answer.BI6 <= 1",
        "answer.BI8 <= 1 and answer.BI9 <= 1",
        '"body" in answer.HC3 and answer.HC4 <= 1',
        "answer.HC4 >= 3 and answer.HC5 <= 1",
        "answer.BI7 <= 1",
        '"none" in answer.HC3 and answer.HC5 <= 1',
        "answer.HC7 <= 1 and answer.HC8 > 1",
        "level.HC <= 2 and score.HC > 90",
        "level.BI >= 4 and score.BI >= 80",
    ]

    assert {text: check(parse(text), BANK) for text in table} == {text: [] for text in table}


def test_where_there_are_too_many_mixtures_each_part_is_tried() -> None:
    assert check(parse(f"{FULL} and (score.BI < 0 or score.HC < 0)"), BANK) == NEVER
    assert check(parse(f"({FULL}) or score.BI < 0"), BANK) == []
    assert check(parse(f"not ({FULL})"), BANK) == []
