"""How questions stand, and what a dimension's interval takes from them."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from assessment.instrument.model import Question
from assessment.method.dimensions import judge_all
from assessment.method.items import items_of
from tests.instrument.build import instrument, level, multi, number, person, seen

if TYPE_CHECKING:
    from assessment.instrument.model import Instrument
    from assessment.method.dimensions import Judgement

BODY = instrument(
    level("HC1", "HC"),
    multi("HC3", {"named_body": 0, "meets": 10}, "HC"),
    level("HC4", "HC", shown_if='not "none" in answer.HC3', hidden_points=0),
)
MONEY = instrument(
    level("BI1", "BI"),
    level("BI2", "BI"),
    number("BI5", 0, 100, "BI", scored=False),
    level("BI6", "BI", shown_if="answer.BI5 > 0", not_applicable=True),
)
MANY = instrument(
    level("DS1", "DS"),
    level("DS2", "DS"),
    level(
        "DS3",
        "DS",
        shown_if="profile.programmes >= 2 and answer.DS1 >= 4",
        hidden_points=1,
    ),
)


def judged(
    bank: Instrument, answers: dict[str, object], profile: dict[str, int | str] | None = None
) -> Judgement:
    items = items_of(bank, profile or {}, person(bank, answers))
    return next(iter(judge_all(bank, items).values()))


def test_question_stands() -> None:
    """Free text leaves only that it was given."""
    table: list[tuple[dict[str, object], str, bool]] = [
        ({"HC3": ["none"]}, "hidden", True),
        ({"HC3": ["none"], "HC4": 4}, "hidden", True),
        ({"HC3": ["meets"]}, "unanswered", False),
        ({"HC3": "dont_know"}, "unanswered", False),
        ({}, "unanswered", False),
        ({"HC3": ["meets"], "HC4": 4}, "answered", False),
        ({"HC4": "dont_know"}, "dont_know", False),
    ]
    bank = instrument(level("PC1"), Question("O1", "text", "What else?", scored=False))
    text = items_of(bank, {}, person(bank, {"O1": "A road."}))["O1"]

    def outcome(answers: dict[str, object]) -> tuple[str, bool]:
        item = items_of(BODY, {}, person(BODY, answers))["HC4"]
        return item.status, item.counted

    assert [(answers, *outcome(answers)) for answers, _, _ in table] == table
    assert (text.status, text.value, text.score) == ("answered", None, None)


UNCERTAIN = instrument(
    level("BI1", "BI"),
    number("BI5", 0, 9, "BI", scored=False),
    level("BI6", "BI", shown_if="answer.BI5 > 0"),
    level("BI7", "BI", shown_if="answer.BI6 > 2"),
)
ONLY_ONE = instrument(level("BI6", "BI", shown_if="profile.programmes >= 2"))
NO_ENTRY = instrument(level("BI1", "BI", shown_if="answer.XX > 2"), level("BI2", "BI"))
ALONE: dict[str, int | str] = {"programmes": 1}
TWO: dict[str, int | str] = {"programmes": 2}


def test_hidden_points_count_as_an_answer_and_what_does_not_apply_is_left_out() -> None:
    left_out = {"BI1": 2, "BI2": 2, "BI5": 10, "BI6": "not_applicable"}
    found = {
        "hidden points": judged(BODY, {"HC1": 3, "HC3": ["none"]}),
        "hidden points and an answer": judged(BODY, {"HC1": 3, "HC3": ["none"], "HC4": 4}),
        "hidden points above nothing": judged(MANY, {"DS1": 3, "DS2": 2}, TWO),
        "what no such scheme is asked": judged(MANY, {"DS1": 3, "DS2": 2}, ALONE),
        "what does not apply": judged(MONEY, left_out),
        "a condition on no entry": judged(NO_ENTRY, {"BI1": 2, "BI2": 2}),
    }

    points = {name: seen(one.low, one.score, one.high) for name, one in found.items()}
    assert points == {
        "hidden points": (25, 25, 25),
        "hidden points and an answer": (25, 25, 25),
        "hidden points above nothing": (50, 50, 50),
        "what no such scheme is asked": (62.5, 62.5, 62.5),
        "what does not apply": (50, 50, 50),
        "a condition on no entry": (50, 50, 50),
    }
    assert {one.answered_share for one in found.values()} == {1}
    assert found["hidden points"] == found["hidden points and an answer"]


def test_interval_counts_what_is_open_as_nothing_as_everything_and_as_left_out() -> None:
    third, most = Fraction(100, 3), Fraction(200, 3)
    table: list[tuple[Instrument, dict[str, object], tuple[object, ...]]] = [
        (BODY, {"HC1": 2, "HC3": ["meets"]}, (50, 75, Fraction(250, 3))),
        # BI6 stands at 4, but without BI5 nobody knows whether it is asked at all.
        (MONEY, {"BI1": 0, "BI2": 0, "BI6": 4}, (0, third, third)),
        (MONEY, {"BI1": 0, "BI2": 0, "BI5": 10, "BI6": 4}, (third, third, third)),
        # With HC3 open, HC4 may turn out to be hidden and to count as nothing.
        (BODY, {"HC1": 4, "HC4": 4}, (third, 100, 100)),
        (MANY, {"DS1": 4, "DS2": 4}, (most, 100, 100)),
        # Of one programme DS3 is not asked, of several it is hidden and counts.
        (MANY, {"DS1": 3, "DS2": 2}, (50, 50, 62.5)),
        (ONLY_ONE, {"BI6": 2}, (50, 50, 50)),
        # BI6 hides BI7 only as long as BI6 is asked, and that hangs on BI5.
        (UNCERTAIN, {"BI1": 2, "BI6": 0, "BI7": 4}, (25, 25, 75)),
    ]

    def outcome(bank: Instrument, answers: dict[str, object]) -> tuple[object, ...]:
        found = judged(bank, answers)
        return found.low, found.score, found.high

    assert [outcome(bank, answers) for bank, answers, _ in table] == [row[2] for row in table]


def test_a_condition_on_what_can_never_be_known_shows_for_good() -> None:
    bank = instrument(
        level("BI5", "BI", tiers=("national",)),
        level("BI6", "BI", shown_if="answer.BI5 > 0"),
        level("BI7", "BI"),
    )
    items = items_of(bank, {}, person(bank, {"BI6": 4, "BI7": 0}, "local", "other"))
    judgement = judge_all(bank, items)["BI"]

    assert items["BI5"].status == "not_routed"
    assert judgement.low == judgement.score == judgement.high == 50


def test_condition_asks_for_points_and_shows_where_what_it_asks_is_hidden() -> None:
    points = instrument(
        multi("LC2", {"actors": 3, "plan": 7}, "LC"),
        level("LC3", "LC", shown_if="points.LC2 < 6"),
    )
    hiding = instrument(
        level("DS1", "DS", shown_if="profile.programmes >= 2"),
        level("DS2", "DS", shown_if="answer.DS1 > 2"),
    )
    table: list[tuple[Instrument, dict[str, object], tuple[str, str]]] = [
        (points, {"LC2": ["plan"]}, ("answered", "hidden")),
        (points, {"LC2": ["actors"]}, ("answered", "unanswered")),
        (hiding, {"DS1": 0, "DS2": 3}, ("hidden", "answered")),
    ]

    def outcome(bank: Instrument, answers: dict[str, object]) -> tuple[str, ...]:
        items = items_of(bank, ALONE, person(bank, answers))
        return tuple(items[q.code].status for q in bank.questions if q.dimension)

    assert [outcome(bank, answers) for bank, answers, _ in table] == [row[2] for row in table]
