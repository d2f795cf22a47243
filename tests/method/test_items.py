"""How questions stand, and what a dimension's interval takes from them."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

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
    table: list[tuple[dict[str, object], str, bool]] = [
        ({"HC3": ["none"]}, "hidden", True),
        ({"HC3": ["none"], "HC4": 4}, "hidden", True),
        ({"HC3": ["meets"]}, "unanswered", False),
        ({"HC3": "dont_know"}, "unanswered", False),
        ({}, "unanswered", False),
        ({"HC3": ["meets"], "HC4": 4}, "answered", False),
        ({"HC4": "dont_know"}, "dont_know", False),
    ]

    def outcome(answers: dict[str, object]) -> tuple[str, bool]:
        item = items_of(BODY, {}, person(BODY, answers))["HC4"]
        return item.status, item.counted

    assert [(answers, *outcome(answers)) for answers, _, _ in table] == table


def test_hidden_points_count_as_an_answer() -> None:
    assert judged(BODY, {"HC1": 3, "HC3": ["none"]}).score == 25


def test_hidden_points_may_be_more_than_nothing() -> None:
    assert judged(MANY, {"DS1": 3, "DS2": 2}, {"programmes": 2}).score == 50


def test_what_no_such_scheme_is_asked_counts_nothing() -> None:
    alone = judged(MANY, {"DS1": 3, "DS2": 2}, {"programmes": 1})

    assert seen(alone.low, alone.score, alone.high) == (62.5, 62.5, 62.5)


def test_hidden_answer_does_not_count() -> None:
    with_answer = judged(BODY, {"HC1": 3, "HC3": ["none"], "HC4": 4})

    assert with_answer == judged(BODY, {"HC1": 3, "HC3": ["none"]})


def test_what_does_not_apply_is_left_out() -> None:
    left_out = judged(MONEY, {"BI1": 2, "BI2": 2, "BI5": 10, "BI6": "not_applicable"})

    assert seen(left_out.score, left_out.low, left_out.high) == (50, 50, 50)
    assert left_out.answered_share == 1


def test_interval_counts_missing_as_nothing_and_as_everything() -> None:
    missing = judged(BODY, {"HC1": 2, "HC3": ["meets"]})

    assert seen(missing.low, missing.score, missing.high) == (50, 75, Fraction(250, 3))


def test_interval_allows_for_a_question_that_may_drop_out() -> None:
    """BI6 stands at 4, but without BI5 nobody knows whether it is asked at all."""
    open_ended = judged(MONEY, {"BI1": 0, "BI2": 0, "BI6": 4})

    assert seen(open_ended.low, open_ended.score) == (0, Fraction(100, 3))
    assert open_ended.high == Fraction(100, 3)


def test_interval_keeps_a_question_that_no_answer_can_hide() -> None:
    settled = judged(MONEY, {"BI1": 0, "BI2": 0, "BI5": 10, "BI6": 4})

    assert settled.low == settled.high == Fraction(100, 3)


def test_interval_allows_for_hidden_points_instead_of_an_answer() -> None:
    """With HC3 open, HC4 may turn out to be hidden and to count as nothing."""
    open_ended = judged(BODY, {"HC1": 4, "HC4": 4})

    assert seen(open_ended.low, open_ended.high) == (Fraction(100, 3), 100)


def test_interval_allows_for_a_profile_that_is_not_known() -> None:
    open_ended = judged(MANY, {"DS1": 4, "DS2": 4})

    assert seen(open_ended.low, open_ended.high) == (Fraction(200, 3), 100)


def test_interval_of_only_what_may_drop_out_is_that_question() -> None:
    bank = instrument(level("BI6", "BI", shown_if="profile.programmes >= 2"))

    assert seen(judged(bank, {"BI6": 2}).low, judged(bank, {"BI6": 2}).high) == (50, 50)


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


def test_condition_on_an_uncertain_question_stays_open() -> None:
    """BI6 hides BI7 only as long as BI6 is asked, and that hangs on BI5."""
    bank = instrument(
        level("BI1", "BI"),
        number("BI5", 0, 9, "BI", scored=False),
        level("BI6", "BI", shown_if="answer.BI5 > 0"),
        level("BI7", "BI", shown_if="answer.BI6 > 2"),
    )
    judgement = judged(bank, {"BI1": 2, "BI6": 0, "BI7": 4})

    assert judgement.low == 25
    assert judgement.score == 25
    assert judgement.high == Fraction(150, 2)


def test_condition_on_a_hidden_question_is_unknown_and_shows() -> None:
    bank = instrument(
        level("DS1", "DS", shown_if="profile.programmes >= 2"),
        level("DS2", "DS", shown_if="answer.DS1 > 2"),
    )
    items = items_of(bank, {"programmes": 1}, person(bank, {"DS1": 0, "DS2": 3}))

    assert (items["DS1"].status, items["DS2"].status) == ("hidden", "answered")


def test_condition_on_a_question_without_entry_is_unknown() -> None:
    bank = instrument(level("BI1", "BI", shown_if="answer.XX > 2"), level("BI2", "BI"))

    assert judged(bank, {"BI1": 2, "BI2": 2}).score == 50


def test_points_of_a_multi_question_can_be_asked_for() -> None:
    bank = instrument(
        multi("LC2", {"actors": 3, "plan": 7}, "LC"),
        level("LC3", "LC", shown_if="points.LC2 < 6"),
    )

    assert items_of(bank, {}, person(bank, {"LC2": ["plan"]}))["LC3"].status == "hidden"
    assert items_of(bank, {}, person(bank, {"LC2": ["actors"]}))["LC3"].status == "unanswered"


def test_free_text_leaves_only_that_it_was_given() -> None:
    from assessment.instrument.model import Question

    bank = instrument(level("PC1"), Question("O1", "text", "What else?", scored=False))
    item = items_of(bank, {}, person(bank, {"O1": "A road."}))["O1"]

    assert (item.status, item.value, item.score) == ("answered", None, None)
