"""From questions to a dimension."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from assessment.method.dimensions import geometric, judge_all, mean, overall, weakest
from assessment.method.items import items_of
from assessment.method.next_steps import next_steps
from tests.instrument.build import SCALE, instrument, level, multi, number, person, seen

if TYPE_CHECKING:
    from assessment.instrument.model import Instrument
    from assessment.method.dimensions import Judgement

THREE = instrument(level("PC1"), level("PC2"), level("PC3"))
ESSENTIAL = instrument(
    level("PC1", essential=True, weight=2), level("PC2"), level("PC3"), level("PC4")
)
TWO = instrument(level("PC1"), level("PC2"), level("BI1", "BI"), level("BI2", "BI"))


def judged(bank: Instrument, answers: dict[str, object]) -> Judgement:
    items = items_of(bank, {}, person(bank, answers))
    return next(iter(judge_all(bank, items).values()))


def test_v1_mean_of_enough_answers() -> None:
    table: list[tuple[dict[str, object], Fraction]] = [
        ({"PC1": 1, "PC2": 3, "PC3": 1}, Fraction(5, 3)),
        ({"PC1": 3, "PC3": 1}, Fraction(2)),
    ]

    assert [judged(THREE, answers).score for answers, _ in table] == [
        points * 25 for _, points in table
    ]


def test_v1_too_few_answers_are_insufficient() -> None:
    judgement = judged(THREE, {"PC1": 2})

    assert (judgement.sufficient, judgement.level, judgement.name) == (False, None, None)
    assert (judgement.low, judgement.high) == (Fraction(50, 3), Fraction(250, 3))


def test_v2_the_arithmetic_mean_compensates() -> None:
    table: list[tuple[int, int]] = [(0, 10), (5, 5)]

    assert [mean((1, Fraction(value)) for value in values) for values in table] == [5] * len(table)


def test_v3_weighted_means() -> None:
    pairs = [(11 - value, Fraction(value)) for value in range(1, 11)]

    assert mean(pairs) == 4
    assert geometric(pairs) == pytest.approx(3.205381, abs=1e-6)


def test_mean_of_nothing_is_none() -> None:
    assert mean([]) is None


def test_band_is_that_of_the_unrounded_score() -> None:
    table: list[tuple[Fraction, int]] = [
        (Fraction(0), 0),
        (Fraction(20) - Fraction(1, 10**9), 0),
        (Fraction(20), 1),
        (Fraction(40), 2),
        (Fraction(60), 3),
        (Fraction(80) - Fraction(1, 10**9), 3),
        (Fraction(80), 4),
        (Fraction(100), 4),
    ]

    assert [(value, SCALE.band_of(value)) for value, _ in table] == table


def test_essential_question_limits_the_level() -> None:
    table: list[tuple[object, tuple[object, ...]]] = [
        (1, (2, ("PC1",), (), True)),
        (2, (4, (), (), False)),
        ("dont_know", (2, ("PC1",), ("PC1",), True)),
        ("not_applicable", (4, (), (), False)),
    ]

    def outcome(essential: object) -> tuple[object, ...]:
        first = level("PC1", essential=True, weight=2, not_applicable=True)
        others = [level(f"PC{n}") for n in range(2, 7)]
        bank = instrument(first, *others)
        found = judged(bank, {"PC1": essential, **{question.code: 4 for question in others}})
        return (found.level, found.limited_by, found.unknown_essentials, found.capped)

    assert [(essential, outcome(essential)) for essential, _ in table] == table


def test_limits_are_named_where_they_do_not_bind() -> None:
    judgement = judged(ESSENTIAL, {"PC1": 0, "PC2": 1, "PC3": 1, "PC4": 1})

    assert (judgement.limited_by, judgement.capped, judgement.level) == (("PC1",), False, 0)


def test_one_question_is_never_enough() -> None:
    judgement = judged(instrument(level("PC1")), {"PC1": 4})

    assert (judgement.sufficient, judgement.standing) == (False, "indicative")
    assert seen(judgement.low, judgement.high) == (100, 100)


@pytest.mark.parametrize(
    ("answers", "standing", "direction", "counts"),
    [
        ({}, "open", None, (0, 4)),
        ({"PC1": "dont_know"}, "open", None, (0, 4)),
        ({"PC2": 4}, "indicative", "high", (1, 4)),
        ({"PC2": 2}, "indicative", "mixed", (1, 4)),
        ({"PC2": 1}, "indicative", "low", (1, 4)),
        # Answered low, the essential question holds the direction; unknown, only the level.
        ({"PC1": 1, "PC2": 4, "PC3": 4, "PC4": 4}, "settled", "mixed", (4, 4)),
        ({"PC1": "dont_know", "PC2": 4, "PC3": 4, "PC4": 4}, "indicative", "high", (3, 4)),
    ],
)
def test_standing_and_direction(
    answers: dict[str, object], standing: str, direction: str | None, counts: tuple[int, int]
) -> None:
    found = judged(ESSENTIAL, answers)

    assert (found.standing, found.direction) == (standing, direction)
    assert (found.questions_answered, found.questions_asked) == counts


def test_a_hidden_question_that_counts_is_no_answer() -> None:
    bank = instrument(
        level("HC3", "HC", weight=2),
        level("HC4", "HC", weight=4, shown_if="answer.HC3 >= 1", hidden_points=0),
    )

    found = judged(bank, {"HC3": 0})

    assert (found.sufficient, found.standing, found.questions_answered) == (True, "indicative", 1)


def test_dimension_that_nobody_asked_has_no_figures() -> None:
    bank = instrument(level("PC1", tiers=("national",)))
    items = items_of(bank, {}, person(bank, {}, "local", "other"))
    judgement = judge_all(bank, items)["PC"]

    assert (judgement.asked, judgement.low, judgement.answered_share) == (False, None, None)
    assert judgement.dont_know_share is None


def test_aspects_stand_side_by_side() -> None:
    bank = instrument(
        level("PC1", aspect="formal", weight=2, essential=True),
        level("PC2", aspect="formal"),
        level("PC3", aspect="practice"),
    )
    both = judged(bank, {"PC1": 4, "PC2": 1, "PC3": 1})
    one = judged(bank, {"PC1": 4, "PC2": 1})

    assert seen(both.formal, both.practice) == (75, 25)
    assert (one.formal, one.practice) == (None, None)


def test_dont_know_share_counts_what_applies_and_is_asked() -> None:
    bank = instrument(
        level("BI1", "BI"),
        level("BI2", "BI", not_applicable=True),
        level("BI3", "BI", tiers=()),
        number("BI5", 0, 9, "BI", scored=False),
    )
    items = items_of(
        bank,
        {},
        person(bank, {"BI1": 3, "BI2": "not_applicable", "BI5": "dont_know"}, "local", "other"),
    )

    assert judge_all(bank, items)["BI"].dont_know_share == Fraction(1, 2)


def test_weakest_ranks_nothing_that_is_equal() -> None:
    bank = instrument(*(level(f"{d}{n}", d) for d in ("PC", "DS", "TG", "BI") for n in (1, 2)))

    def named(pc: int, ds: int, tg: int, bi: int) -> tuple[str, ...]:
        scores = {"PC": pc, "DS": ds, "TG": tg, "BI": bi}
        answers = {q.code: scores[q.dimension] for q in bank.questions if q.dimension}
        return weakest(bank, judge_all(bank, items_of(bank, {}, person(bank, answers))))

    assert named(2, 2, 2, 2) == ()
    assert named(3, 1, 2, 4) == ("DS", "TG")
    assert named(3, 1, 2, 2) == ("DS", "TG", "BI")


def test_overall_is_the_geometric_mean() -> None:
    items = items_of(TWO, {}, person(TWO, {"PC1": 4, "PC2": 4, "BI1": 1, "BI2": 1}))
    found = overall(judge_all(TWO, items))

    assert found is not None
    assert found.score == pytest.approx(50)


def test_overall_counts_nothing_as_one() -> None:
    items = items_of(TWO, {}, person(TWO, {"PC1": 4, "PC2": 4, "BI1": 0, "BI2": 0}))
    found = overall(judge_all(TWO, items))

    assert found is not None
    assert found.score == pytest.approx(10)


def test_overall_needs_every_dimension() -> None:
    items = items_of(TWO, {}, person(TWO, {"PC1": 4, "PC2": 4}))

    assert overall(judge_all(TWO, items)) is None
    assert overall({}) is None


def test_next_steps_come_by_gain_then_essential_then_code() -> None:
    bank = instrument(
        level("PC1"),
        level("PC2", essential=True),
        level("PC3", weight=2),
        level("PC4"),
        multi("PC5", {"plan": 1}),
    )
    answers = {"PC1": 1, "PC2": 1, "PC3": 3, "PC4": 4, "PC5": ["none"]}
    items = items_of(bank, {}, person(bank, answers))
    steps = next_steps(bank, items, judge_all(bank, items))

    assert [(s.question, s.option, s.start, s.to) for s in steps] == [
        ("PC5", "plan", 0.0, 1),
        ("PC3", "", 3.0, 4),
        ("PC2", "", 1.0, 2),
        ("PC1", "", 1.0, 2),
    ]
    assert [s.gain for s in steps] == pytest.approx([100 / 6, 50 / 6, 25 / 6, 25 / 6])


def test_next_steps_begin_with_what_is_settled() -> None:
    bank = instrument(*(level(f"{d}{n}", d) for d in ("PC", "BI") for n in (1, 2, 3)))
    items = items_of(bank, {}, person(bank, {"PC1": 0, "BI1": 3, "BI2": 3, "BI3": 4}))

    assert [s.question for s in next_steps(bank, items, judge_all(bank, items))] == [
        *("BI1", "BI2", "PC1")
    ]
