"""Agreement inside a group."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from assessment.method.result import Agreement
from assessment.method.rounds.agreement import average_deviation, ordinal_alpha
from tests.instrument.build import instrument, level, person, rule
from tests.method.judging import assess_raw

if TYPE_CHECKING:
    from assessment.method.result import Respondent, Result

SP = "social_protection"
BANK = instrument(
    level("HC1", "HC"),
    level("HC2", "HC"),
    rules=(rule("G3", "disagreement.any > 5/6"),),
)


def test_v8_average_deviation_about_the_mean() -> None:
    answers = [1, 3, 2, 1, 4, 2, 3, 3, 4, 3]

    assert average_deviation([Fraction(value) for value in answers]) == Fraction(88, 100)


def test_agreement_is_told_of_shown_groups_and_enough_answers() -> None:
    few = [person(BANK, {"HC1": 1}, "local", SP) for _ in range(3)]

    def found(answers: list[dict[str, int]], *beside: Respondent) -> Result:
        people = [person(BANK, one, "national", SP) for one in answers]
        return assess_raw(instrument=BANK, profile={}, responses=[*people, *beside], draws=0)

    one_question = [{"HC1": n % 5, "HC2": 2} for n in range(4)] + [{"HC1": 4}]
    both_questions = [{"HC1": n, "HC2": n} for n in range(5)]
    alone, with_few = found(one_question), found(one_question, *few)

    assert alone.agreement == (Agreement("social_protection/national", "HC1", 1.2, 5),)
    assert (with_few.agreement, with_few.alphas) == ((), ())
    assert (alone.rules["G3"], with_few.rules["G3"]) == (True, None)
    assert [(a.group, a.dimension, a.questions) for a in found(both_questions).alphas] == [
        ("social_protection/national", "HC", ("HC1", "HC2"))
    ]
    assert found(both_questions, *few).alphas == ()


def units(*raters: str) -> list[list[Fraction]]:
    """By unit the values that were given; a star is none."""
    return [
        [Fraction(value) for value in unit if value != "*"]
        for unit in zip(*(one.split(",") for one in raters), strict=True)
    ]


FOUR_OBSERVERS = units(
    "1,2,3,3,2,1,4,1,2,*,*,*",
    "1,2,3,3,2,2,4,1,2,5,*,3",
    "*,3,3,3,2,3,4,2,2,5,1,*",
    "1,2,3,3,2,4,4,1,2,5,1,*",
)
"""Krippendorff's example of twelve units."""


def test_ordinal_alpha_is_that_of_the_textbook_and_none_where_nothing_can_be_compared() -> None:
    table: list[tuple[list[list[Fraction]], float | None]] = [
        (FOUR_OBSERVERS, 0.815),
        (units("1,2,4", "1,2,4"), 1.0),
        (units("3,3,3", "3,3,3"), None),
        (units("1,*", "*,2"), None),
        ([], None),
    ]

    def outcome(given: list[list[Fraction]]) -> float | None:
        alpha = ordinal_alpha(given)
        return None if alpha is None else round(float(alpha), 3)

    assert [(given, outcome(given)) for given, _ in table] == table
