"""Answers that several people of a round gave as one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from assessment.method.result import TOO_FEW
from tests.instrument.build import instrument, level, multi, person, rule
from tests.method.judging import assess_raw

if TYPE_CHECKING:
    from assessment.method.result import Respondent, Result

SP, AG = "social_protection", "agriculture"
BANK = instrument(
    level("HC1", "HC"),
    level("HC2", "HC"),
    level("VC1", "VC"),
    rules=(rule("G3", "disagreement.any > 5/6"),),
)


def apart(sector: str, tier: str, *levels: int) -> list[Respondent]:
    return [person(BANK, {"HC1": n, "HC2": n}, tier, sector) for n in levels]


def joint(sector: str, tier: str, level: int) -> Respondent:
    return replace(apart(sector, tier, level)[0], people=7)


def judged(*people: Respondent) -> Result:
    return assess_raw(instrument=BANK, profile={}, responses=people, minimum=3, draws=0)


def shown(result: Result) -> dict[tuple[str | None, str | None], float | None]:
    return {(g.sector, g.tier): g.dimensions["HC"].score for g in result.groups if not g.hidden}


def numbers(result: Result) -> dict[tuple[str | None, str | None], int]:
    return {(g.sector, g.tier): g.n for g in result.groups}


def test_joint_answer_counts_once_in_the_mean_and_not_in_the_number() -> None:
    """It is no disagreement either."""
    result = judged(*apart(SP, "local", 0, 0, 0), joint(SP, "local", 4))
    agreeing = judged(*apart(SP, "local", 0, 0, 0, 0, 0), joint(SP, "local", 4))

    assert (result.respondents, numbers(result)[SP, "local"]) == (3, 3)
    assert result.items["HC1"].score == 25
    assert [(one.people, one.dimensions["HC"].score) for one in result.together] == [(7, 100)]
    assert {(a.question, a.n, a.ad) for a in agreeing.agreement} == {("HC1", 5, 0), ("HC2", 5, 0)}


def test_no_margin_is_shown_whose_rest_has_fewer_than_the_minimum() -> None:
    result = judged(
        *apart(SP, "local", 1, 1), joint(SP, "national", 4), *apart(AG, "local", 2, 2, 2)
    )

    sizes = numbers(result)
    assert (sizes[SP, "national"], sizes[SP, None], sizes[None, None]) == (0, 2, 5)
    assert shown(result) == {
        (SP, "national"): 100,
        (None, "national"): 100,
        (None, "local"): 37.5,
        (None, None): 175 / 3,
    }


def test_round_of_a_joint_answer_and_a_few_shows_that_answer_alone() -> None:
    result = judged(*apart(SP, "local", 1, 1), joint(SP, "local", 4))

    assert (result.status, result.respondents, shown(result)) == (TOO_FEW, 2, {})
    assert [one.dimensions["HC"].level for one in result.together] == [4]


def test_joint_answers_are_a_result_whatever_the_minimum() -> None:
    """Alone, one is judged as one response."""
    two = judged(joint(SP, "local", 4), joint(AG, "local", 1))
    one = assess_raw(instrument=BANK, profile={}, responses=[joint(SP, "local", 4)], draws=0)

    assert (two.respondents, two.dimensions["HC"].score) == (0, 62.5)
    assert {gap.on: gap.levels for gap in two.gaps} == {"HC": 3, "HC1": 3, "HC2": 3}
    assert (one.minimum, one.respondents, one.together[0].people) == (None, 0, 7)
    assert one.dimensions["HC"].level == 4


def test_one_who_has_a_question_hidden_beside_a_joint_answer_is_a_group_of_one() -> None:
    """It counts for her with nought: less the joint answer, a gap would tell that she said none."""
    bank = instrument(
        multi("HC3", {"none": 0, "body": 10}, "HC"),
        level("HC1", "HC"),
        level("HC4", "HC", shown_if='"none" not in answer.HC3', hidden_points=0),
    )

    def said(sector: str, tier: str, **answers: object) -> Respondent:
        return person(bank, answers, tier, sector)

    answered = [(SP, "regional", 2), (SP, "national", 2), (AG, "national", 3)]
    people = [
        said(sector, tier, HC1=2, HC3=["body"], HC4=n) for sector, tier, n in answered * 3
    ] + [said(AG, "local", HC1=2, HC3=["body"]) for _ in range(3)]
    given = replace(said(AG, "regional", HC1=2, HC3=["body"], HC4=3), people=7)
    alone = said(AG, "regional", HC1=2, HC3=["none"])

    result = assess_raw(
        instrument=bank, profile={}, responses=[*people, given, alone], minimum=3, draws=0
    )

    assert {gap.on: gap.levels for gap in result.gaps}["HC4"] == 2 - 3
