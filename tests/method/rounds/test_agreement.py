"""Agreement inside a group."""

from __future__ import annotations

from fractions import Fraction

import pytest

from assessment.method.assess import assess
from assessment.method.result import Agreement
from assessment.method.rounds.agreement import NoAlpha, alpha, alpha_of, average_deviation
from tests.instrument.build import instrument, level, person, rule

SP = "social_protection"
BANK = instrument(
    level("HC1", "HC"),
    level("HC2", "HC"),
    rules=(rule("G3", "disagreement.any > 5/6"),),
)


def test_v8_average_deviation_about_the_mean() -> None:
    answers = [1, 3, 2, 1, 4, 2, 3, 3, 4, 3]

    assert average_deviation([Fraction(value) for value in answers]) == Fraction(88, 100)


A = "*****3412113 3*3".replace(" ", "")
B = "1*213343*******"
C = "**21344*2113 3*4".replace(" ", "")


@pytest.mark.parametrize(("measure", "expected"), [("nominal", 0.691358), ("interval", 0.810845)])
def test_v5_alpha_of_the_textbook(measure: str, expected: float) -> None:
    rows = [[None if sign == "*" else float(sign) for sign in row] for row in (A, B, C)]

    assert alpha(rows, measure) == pytest.approx(expected, abs=1e-6)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([[3, 3, 3], [3, 3, None]], "same"),
        ([[3, None, 1], [None, 2, None]], "two values"),
        ([[], []], "two values"),
    ],
)
def test_v7_alpha_is_refused_with_a_reason(rows: list[list[float | None]], reason: str) -> None:
    with pytest.raises(NoAlpha, match=reason):
        alpha(rows)


def test_alpha_of_a_dimension_reads_its_answers() -> None:
    everyone = [
        person(BANK, {"HC1": 0, "HC2": 4}),
        person(BANK, {"HC1": 0, "HC2": 4}),
        person(BANK, {"HC1": 0, "HC2": "dont_know"}),
    ]

    assert alpha_of(BANK, {}, everyone, "HC") == 1.0


def test_agreement_is_told_of_shown_groups_and_enough_answers() -> None:
    spread = [{"HC1": n % 5, "HC2": 2} for n in range(4)] + [{"HC1": 4}]
    responses = [person(BANK, answers, "national", SP) for answers in spread]
    few = [person(BANK, {"HC1": 1}, "local", SP) for _ in range(2)]

    alone = assess(instrument=BANK, profile={}, responses=responses, draws=0)
    with_few = assess(instrument=BANK, profile={}, responses=responses + few, draws=0)

    assert alone.agreement == (Agreement("social_protection/national", "HC1", 1.2, 5),)
    assert alone.rules["G3"] is True
    assert with_few.agreement == ()
    assert with_few.rules["G3"] is None
