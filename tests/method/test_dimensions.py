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


def test_v1_mean_of_enough_answers_and_none_of_too_few() -> None:
    """Of one question it is never enough, and a hidden one is no answer."""
    few, just = judged(THREE, {"PC1": 2}), judged(THREE, {"PC1": 3, "PC3": 1})

    assert judged(THREE, {"PC1": 1, "PC2": 3, "PC3": 1}).score == Fraction(125, 3)
    assert seen(just.score, just.sufficient, just.level) == (50, True, 2)
    assert (few.sufficient, few.level, few.name) == (False, None, None)
    assert (few.low, few.high) == (Fraction(50, 3), Fraction(250, 3))

    one = judged(instrument(level("PC1")), {"PC1": 4})
    hiding = instrument(
        level("HC3", "HC", weight=2),
        level("HC4", "HC", weight=4, shown_if="answer.HC3 >= 1", hidden_points=0),
    )
    hidden = judged(hiding, {"HC3": 0})

    assert (one.sufficient, one.standing, one.questions_answered) == (False, "indicative", 1)
    assert seen(one.low, one.high) == (100, 100)
    assert (hidden.sufficient, hidden.standing, hidden.questions_answered) == (
        *(True, "indicative"),
        1,
    )


def test_v2_v3_means_compensate_and_weigh() -> None:
    table = [(0, 10), (5, 5), ()]
    pairs = [(11 - value, Fraction(value)) for value in range(1, 11)]

    assert [mean((1, Fraction(value)) for value in values) for values in table] == [5, 5, None]
    assert mean(pairs) == 4
    assert geometric(pairs) == pytest.approx(3.205381, abs=1e-6)


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


def test_essential_question_limits_the_level_and_is_named_where_it_does_not_bind() -> None:
    table: list[tuple[object, int, tuple[object, ...]]] = [
        (1, 4, (2, ("PC1",), (), True)),
        (2, 4, (4, (), (), False)),
        ("dont_know", 4, (2, ("PC1",), ("PC1",), True)),
        ("not_applicable", 4, (4, (), (), False)),
        (0, 0, (0, ("PC1",), (), False)),
    ]

    def outcome(essential: object, rest: int) -> tuple[object, ...]:
        first = level("PC1", essential=True, weight=2, not_applicable=True)
        others = [level(f"PC{n}") for n in range(2, 7)]
        answers = {"PC1": essential, **{question.code: rest for question in others}}
        found = judged(instrument(first, *others), answers)
        return (found.level, found.limited_by, found.unknown_essentials, found.capped)

    assert [(essential, rest, outcome(essential, rest)) for essential, rest, _ in table] == table


def test_standing_and_direction() -> None:
    table: list[tuple[dict[str, object], tuple[object, ...]]] = [
        ({}, ("open", None, 0, 4)),
        ({"PC1": "dont_know"}, ("open", None, 0, 4)),
        ({"PC2": 4}, ("indicative", "high", 1, 4)),
        ({"PC2": 2}, ("indicative", "mixed", 1, 4)),
        ({"PC2": 1}, ("indicative", "low", 1, 4)),
        # Answered low, the essential question holds the direction; unknown, only the level.
        ({"PC1": 1, "PC2": 4, "PC3": 4, "PC4": 4}, ("settled", "mixed", 4, 4)),
        ({"PC1": 1, "PC2": 1, "PC3": 1, "PC4": 1}, ("settled", "low", 4, 4)),
        ({"PC1": "dont_know", "PC2": 4, "PC3": 4, "PC4": 4}, ("indicative", "high", 3, 4)),
    ]

    def outcome(answers: dict[str, object]) -> tuple[object, ...]:
        found = judged(ESSENTIAL, answers)
        return (found.standing, found.direction, found.questions_answered, found.questions_asked)

    assert [(answers, outcome(answers)) for answers, _ in table] == table


def test_shares_are_of_what_applies_and_is_asked() -> None:
    bank = instrument(
        level("PC1", tiers=("national",)),
        level("BI1", "BI"),
        level("BI2", "BI", not_applicable=True),
        level("BI3", "BI", tiers=()),
        number("BI5", 0, 9, "BI", scored=False),
    )
    answers = {"BI1": 3, "BI2": "not_applicable", "BI5": "dont_know"}
    found = judge_all(bank, items_of(bank, {}, person(bank, answers, "local", "other")))
    unasked = found["PC"]

    assert found["BI"].dont_know_share == Fraction(1, 2)
    assert (unasked.asked, unasked.low, unasked.answered_share) == (False, None, None)
    assert unasked.dont_know_share is None


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


def test_weakest_ranks_nothing_that_is_equal() -> None:
    bank = instrument(*(level(f"{d}{n}", d) for d in ("PC", "DS", "TG", "BI") for n in (1, 2)))

    def named(pc: int, ds: int, tg: int, bi: int) -> tuple[str, ...]:
        scores = {"PC": pc, "DS": ds, "TG": tg, "BI": bi}
        answers = {q.code: scores[q.dimension] for q in bank.questions if q.dimension}
        return weakest(bank, judge_all(bank, items_of(bank, {}, person(bank, answers))))

    assert named(2, 2, 2, 2) == ()
    assert named(3, 1, 2, 4) == ("DS", "TG")
    assert named(3, 1, 2, 2) == ("DS", "TG", "BI")


def test_overall_is_the_geometric_mean_of_every_dimension_with_nothing_as_one() -> None:
    def score(**levels: int) -> float | None:
        answers = {f"{d}{n}": s for d, s in levels.items() for n in (1, 2)}
        found = overall(judge_all(TWO, items_of(TWO, {}, person(TWO, answers))))
        return None if found is None else found.score

    assert [score(PC=4, BI=1), score(PC=4, BI=0)] == pytest.approx([50, 10])
    assert [score(PC=4), overall({})] == [None, None]


def test_next_steps_begin_with_what_is_settled_then_come_by_gain_essential_and_code() -> None:
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

    apart = instrument(*(level(f"{d}{n}", d) for d in ("PC", "BI") for n in (1, 2, 3)))
    found = items_of(apart, {}, person(apart, {"PC1": 0, "BI1": 3, "BI2": 3, "BI3": 4}))

    assert [s.question for s in next_steps(apart, found, judge_all(apart, found))] == [
        *("BI1", "BI2", "PC1")
    ]
