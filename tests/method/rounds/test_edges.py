"""Figures of enough people that would tell of a hidden group all the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assessment.method.result import TOO_FEW
from tests.instrument.build import instrument, level, multi, person
from tests.method.judging import assess_raw

if TYPE_CHECKING:
    from assessment.method.result import Respondent, Result

SP, AG = "social_protection", "agriculture"
BANK = instrument(level("HC1", "HC"), level("HC2", "HC"), level("VC1", "VC"))


def cell(sector: str, tier: str, *levels: int) -> list[Respondent]:
    return [person(BANK, {"HC1": n, "HC2": n, "VC1": 2}, tier, sector) for n in levels]


def judged(*cells: list[Respondent]) -> Result:
    people = [one for cell in cells for one in cell]
    return assess_raw(instrument=BANK, profile={}, responses=people, minimum=5, draws=0)


def scores(result: Result, dimension: str) -> dict[tuple[str | None, str | None], float | None]:
    return {
        (g.sector, g.tier): g.dimensions[dimension].score for g in result.groups if not g.hidden
    }


def round_with_two_hidden(*levels: int) -> Result:
    """The regions and the territory of agriculture are three people each, and are hidden."""
    return judged(
        cell(SP, "national", 0, 1, 2, 2, 1),
        cell(AG, "national", 1, 2, 1, 2, 1),
        cell(AG, "regional", *levels),
        cell(AG, "local", *levels),
    )


def test_two_hidden_groups_are_not_told_where_all_of_them_answer_the_best() -> None:
    """The whole less what is shown is their sum, and it can be the best in one way only.

    What is not at its edge is shown beside it.
    """
    at_the_edge, between = round_with_two_hidden(4, 4, 4), round_with_two_hidden(1, 2, 3)
    told = scores(at_the_edge, "HC")

    assert [group for group, score in told.items() if score is not None] == [(None, None)]
    assert None not in scores(at_the_edge, "VC").values()
    assert {gap.on for gap in at_the_edge.gaps} == {"VC", "VC1"}
    assert None not in scores(between, "HC").values()


def test_question_with_little_room_in_a_hidden_group_is_named_in_no_gap() -> None:
    """Its dimension has room, by the other question."""
    people = [
        *cell(SP, "national", 1, 1, 1, 2, 2),
        *cell(AG, "national", 1, 1, 2, 2, 2),
        *(person(BANK, {"HC1": 4, "HC2": 2}, tier, AG) for tier in ("regional", "local") * 3),
    ]
    result = assess_raw(instrument=BANK, profile={}, responses=people, minimum=5, draws=0)

    assert {gap.on for gap in result.gaps} >= {"HC", "HC2"}
    assert "HC1" not in {gap.on for gap in result.gaps}


def test_one_person_beside_others_counts_in_no_figure() -> None:
    """Five people, of whom one alone would weigh as much as four, have no result."""
    small = judged(cell(SP, "national", 1, 2, 3, 2), cell(AG, "national", 4))
    large = cell(SP, "national", 1, 2, 3, 2, 2)
    one, other = (judged(large, cell(AG, "national", n)) for n in (0, 4))

    assert (small.status, small.respondents, small.items["HC1"].score) == (TOO_FEW, 5, None)
    assert (one.items, one.groups) == (other.items, other.groups)
    assert one.items["HC1"].score == 50


def test_question_shown_again_is_left_out_where_two_means_would_tell_a_group() -> None:
    """Of three in the regions two had it hidden: with and without these, their mean is another."""
    bank = instrument(
        multi("HC3", {"body": 1}, "HC"),
        level("HC4", "HC", shown_if='"none" not in answer.HC3', hidden_points=0),
    )
    asked: dict[str, object] = {"HC3": ["body"], "HC4": 2}
    none: dict[str, object] = {"HC3": ["none"]}
    large = [person(bank, asked, "national", SP) for _ in range(6)]
    more = [person(bank, asked, "local", SP) for _ in range(6)]
    small = [person(bank, answers, "regional", SP) for answers in (asked, asked, asked, none)]

    def score(people: list[Respondent], **agreed: object) -> float | None:
        result = assess_raw(
            instrument=bank, profile={}, responses=people, minimum=5, draws=0, agreed=agreed
        )
        return result.items["HC4"].score

    assert score([*large, *more, *small], HC3=["body"]) is None
    assert score([*large, *more], HC3=["body"]) == 50
