"""Agreement inside a group."""

from __future__ import annotations

from fractions import Fraction

from assessment.method.result import Agreement
from assessment.method.rounds.agreement import average_deviation, ordinal_alpha
from tests.instrument.build import instrument, level, person, rule
from tests.method.judging import assess_raw

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
    spread = [{"HC1": n % 5, "HC2": 2} for n in range(4)] + [{"HC1": 4}]
    responses = [person(BANK, answers, "national", SP) for answers in spread]
    few = [person(BANK, {"HC1": 1}, "local", SP) for _ in range(3)]

    alone = assess_raw(instrument=BANK, profile={}, responses=responses, draws=0)
    with_few = assess_raw(instrument=BANK, profile={}, responses=responses + few, draws=0)

    assert alone.agreement == (Agreement("social_protection/national", "HC1", 1.2, 5),)
    assert alone.rules["G3"] is True
    assert with_few.agreement == ()
    assert with_few.rules["G3"] is None


def units(*raters: str) -> list[list[Fraction]]:
    """By unit the values that were given; a star is none."""
    return [
        [Fraction(value) for value in unit if value != "*"]
        for unit in zip(*(one.split(",") for one in raters), strict=True)
    ]


def test_ordinal_alpha_of_the_textbook() -> None:
    """Krippendorff's example of twelve units and four observers."""
    four = units(
        "1,2,3,3,2,1,4,1,2,*,*,*",
        "1,2,3,3,2,2,4,1,2,5,*,3",
        "*,3,3,3,2,3,4,2,2,5,1,*",
        "1,2,3,3,2,4,4,1,2,5,1,*",
    )
    alpha = ordinal_alpha(four)

    assert alpha is not None
    assert round(float(alpha), 3) == 0.815


def test_alpha_is_one_where_all_agree_and_not_told_where_nothing_can_be_compared() -> None:
    table: list[tuple[list[list[Fraction]], Fraction | None]] = [
        (units("1,2,4", "1,2,4"), Fraction(1)),
        (units("3,3,3", "3,3,3"), None),
        (units("1,*", "*,2"), None),
        ([], None),
    ]

    assert [(given, ordinal_alpha(given)) for given, _ in table] == table


def test_alpha_is_told_of_shown_groups_over_the_questions_told_in_them() -> None:
    spread = [{"HC1": n % 5, "HC2": n % 5} for n in range(5)]
    responses = [person(BANK, answers, "national", SP) for answers in spread]
    few = [person(BANK, {"HC1": 1}, "local", SP) for _ in range(3)]

    alone = assess_raw(instrument=BANK, profile={}, responses=responses, draws=0)
    with_few = assess_raw(instrument=BANK, profile={}, responses=responses + few, draws=0)

    assert [(a.group, a.dimension, a.questions) for a in alone.alphas] == [
        ("social_protection/national", "HC", ("HC1", "HC2"))
    ]
    assert with_few.alphas == ()
