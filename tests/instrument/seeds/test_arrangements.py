"""The real bank fits each kind of scheme: enough is asked, not too much, and briefly at first."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from assessment.instrument.kinds.registry import kind_of, read_answer
from assessment.method.dimensions import judge_all
from assessment.method.items import items_of
from assessment.method.result import Respondent
from tools.simulate.answer_sets import REGIONS, RELATIONS
from tools.simulate.silence import best

if TYPE_CHECKING:
    from collections.abc import Iterable

    from assessment.instrument.model import Instrument
    from assessment.method.dimensions import Judgement
    from assessment.method.items import Item
    from tools.simulate.answer_sets import Profile

MOST_ASKED = 57
ARRANGEMENTS = ((1, "single"), *product((2, 14), RELATIONS))
CORE = 18


def profile_of(region: str, programmes: int, relation: str) -> Profile:
    return {"region": region, "programmes": programmes, "arrangement": relation}


def schemes() -> list[Profile]:
    return [profile_of(region, *kind) for region, kind in product(REGIONS, ARRANGEMENTS)]


def answered(bank: Instrument, profile: Profile, codes: Iterable[str]) -> dict[str, Item]:
    """Each at its best, so that nothing that could be asked is hidden; BI5 is above nothing."""
    replies = {c: read_answer(bank.question[c], best(bank.question[c])) for c in codes}
    return items_of(bank, profile, Respondent(replies))


def judged(bank: Instrument, profile: Profile, codes: Iterable[str]) -> dict[str, Judgement]:
    return judge_all(bank, answered(bank, profile, codes))


def dimension_codes(bank: Instrument) -> list[str]:
    return [question.code for question in bank.questions if question.dimension]


def test_every_arrangement_can_settle_every_dimension_and_nobody_is_asked_too_much(
    bank: Instrument,
) -> None:
    unsettled, asked = [], {}
    for profile in schemes():
        scheme = (profile["region"], profile["programmes"], profile["arrangement"])
        items = answered(bank, profile, dimension_codes(bank))
        judgements = judge_all(bank, items)
        unsettled += [(*scheme, code) for code, one in judgements.items() if not one.settled]
        asked[scheme] = sum(item.status != "hidden" for item in items.values())

    assert unsettled == []
    assert {scheme: number for scheme, number in asked.items() if number > MOST_ASKED} == {}


def test_short_way_asks_of_every_dimension_and_settles_none(bank: Instrument) -> None:
    core = [question.code for question in bank.questions if question.core]
    asked = {}
    for profile in schemes():
        judgements = judged(bank, profile, core)
        asked[str(profile)] = sum(j.questions_answered for j in judgements.values())
        assert [c for c, j in judgements.items() if j.questions_answered == 0] == []
        assert [c for c, j in judgements.items() if j.settled] == []

    assert max(asked.values()) <= CORE


def test_every_question_has_its_name_its_labels_and_its_steps(bank: Instrument) -> None:
    long_names = [q.code for q in bank.questions if not 1 <= len(q.short.split()) <= 5]
    long_labels = [
        (q.code, option.value)
        for q in bank.questions
        for option in q.options
        if not 1 <= len(option.label.split()) <= 8
    ]
    scored = [question for question in bank.questions if question.dimension and question.scored]
    without_steps = [
        question.code
        for question in scored
        if not (
            all(option.step for option in question.options if not option.exclusive)
            if kind_of(question).several
            else question.step_low and (question.step_high or not kind_of(question).has_levels)
        )
    ]

    assert (long_names, long_labels, without_steps) == ([], [], [])
