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
FULL = " and ".join(
    f"score.BI > {n} and answer.BI5 > {n} and unknown.HC < .{n + 1}" for n in range(7)
)


TOGETHER = {
    "answer.BI5 == 0 and answer.BI6 <= 1": False,
    '"none" in answer.HC3 and answer.HC4 <= 1': False,
    "answer.HC4 < 3 and (answer.HC5 <= 1 or answer.HC5 > 1)": False,
    "profile.programmes < 2 and answer.HC9 <= 1": False,
    "level.HC >= 4 and score.HC < 10": False,
    "level.HC >= 3 and score.HC < 60": False,
    "level.BI <= 2 and score.BI > 90": False,
    "answer.BI5 > 0 and answer.BI6 <= 1": True,
    "answer.BI5 == 0 or answer.BI6 <= 1": True,
    "answer.BI8 <= 1 and answer.BI9 <= 1": True,
    '"body" in answer.HC3 and answer.HC4 <= 1': True,
    "answer.HC4 >= 3 and answer.HC5 <= 1": True,
    "answer.BI7 <= 1": True,
    '"none" in answer.HC3 and answer.HC5 <= 1': True,
    "answer.HC7 <= 1 and answer.HC8 > 1": True,
    "level.HC <= 2 and score.HC > 90": True,
    "level.BI >= 4 and score.BI >= 80": True,
    # Too many mixtures: each part is tried.
    f"{FULL} and (score.BI < 0 or score.HC < 0)": False,
    f"({FULL}) or score.BI < 0": True,
    f"not ({FULL})": True,
}


def test_condition_is_refused_where_no_mixture_of_answers_makes_it_true() -> None:
    assert {text: check(parse(text), BANK) for text in TOGETHER} == {
        text: [] if possible else [Issue("never_true")] for text, possible in TOGETHER.items()
    }
