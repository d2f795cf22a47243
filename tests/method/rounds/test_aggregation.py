"""Several respondents of one round."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from assessment.method.assess import assess
from assessment.method.result import JUDGED, TOO_FEW
from assessment.method.rounds.aggregation import aggregate_items
from assessment.method.rounds.cells import cells_of
from assessment.method.rounds.disclosure import disclosure_policy
from tests.instrument.build import finding, instrument, level, multi, number, person, rule
from tests.method.judging import assess_raw

if TYPE_CHECKING:
    from assessment.instrument.model import Instrument
    from assessment.method.items import Item
    from assessment.method.result import GroupResult, Respondent, Result

SP, AG = "social_protection", "agriculture"
BANK = instrument(
    level("HC1", "HC", findings=("E1",)),
    level("HC2", "HC", essential=True, weight=2),
    multi("HC3", {"body": 4, "plan": 6}, "HC"),
    level("HC4", "HC", shown_if='not "none" in answer.HC3', hidden_points=0),
    number("BI5", 0, 100, "BI", scored=False),
    number("TG5", 0, 10, "TG", goalposts=(0, 8)),
    level("TG6", "TG", tiers=("local",), not_applicable=True),
    findings=(finding("E1", "enabler"),),
    rules=(
        rule("R1", "answer.HC1 > 1.4 and answer.HC1 < 1.6"),
        rule("R2", "answer.TG5 == 5 and answer.BI5 == 50"),
        rule("R3", '"body" in answer.HC3'),
        rule("R4", "points.HC3 == 5"),
        rule("G1", "gap.sectors.any >= 1"),
        rule("G3", "disagreement.any > 5/6"),
        rule("G4", "unknown.any > 0.3"),
    ),
)


def cell(sector: str, tier: str, *everyone: dict[str, object]) -> list[Respondent]:
    return [person(BANK, answers, tier, sector) for answers in everyone]


def merged(*respondents: Respondent, bank: Instrument = BANK) -> dict[str, Item]:
    cells = cells_of(bank, {}, respondents)
    return aggregate_items(bank, cells, cells, disclosure_policy(cells, 1))


def test_group_means_count_alike_whatever_the_size_and_where_somebody_answered() -> None:
    people = [
        *cell(SP, "national", {"HC1": 4}),
        *cell(AG, "national", {"HC1": 0}, {"HC1": 0}, {"HC1": 3}),
    ]
    partly_silent = [
        *cell(SP, "national", {"HC1": "dont_know"}),
        *cell(AG, "national", {"HC1": 3}, {}),
    ]

    assert merged(*people)["HC1"].score == Fraction(125, 2)
    assert merged(*partly_silent)["HC1"].score == 75


def test_question_stands_for_the_round() -> None:
    table: list[tuple[list[dict[str, object]], str, Fraction | int | None]] = [
        ([{"HC4": 3, "HC3": ["body"]}, {"HC3": ["none"]}], "answered", Fraction(75, 2)),
        ([{"HC3": ["none"]}, {"HC4": "dont_know"}], "hidden", 0),
        ([{"HC4": "dont_know"}, {}], "dont_know", None),
        ([{}, {}], "unanswered", None),
    ]

    def outcome(answers: list[dict[str, object]]) -> object:
        item = merged(*cell(SP, "national", *answers))["HC4"]
        return item.status, item.score, item.counted

    assert [outcome(answers) for answers, _, _ in table] == [
        (status, points, status == "hidden") for _, status, points in table
    ]


def test_routing_and_what_does_not_apply_or_is_hidden_stand_as_for_everybody() -> None:
    table: list[tuple[str, dict[str, object], str]] = [
        ("national", {}, "not_routed"),
        ("local", {"TG6": "not_applicable"}, "not_applicable"),
        ("local", {"TG6": 0}, "answered"),
    ]
    hiding = instrument(level("HC1", "HC"), level("HC4", "HC", shown_if="answer.HC1 > 0"))
    people = [person(hiding, {"HC1": 0}, "local", SP) for _ in range(2)]

    assert [
        (tier, answers, merged(*cell(SP, tier, answers, answers))["TG6"].status)
        for tier, answers, _ in table
    ] == table
    assert merged(*people, bank=hiding)["HC4"].status == "hidden"


def people_of(*groups: tuple[str, str, int], n: int = 5) -> list[Respondent]:
    return [
        person(BANK, {"HC1": s, "HC2": s, "HC3": ["body"], "HC4": s, "TG5": 2 * s, "BI5": 50}, t, g)
        for g, t, s in groups
        for _ in range(n)
    ]


def round_of(people: list[Respondent], **more: object) -> Result:
    return assess_raw(instrument=BANK, profile={}, responses=people, draws=0, **more)  # type: ignore[arg-type]


def group(result: Result, sector: str | None, tier: str | None) -> GroupResult:
    return next(g for g in result.groups if (g.sector, g.tier) == (sector, tier))


def test_round_is_judged_on_question_means() -> None:
    result = round_of(people_of((SP, "national", 4), (AG, "national", 1)))

    assert (result.status, result.respondents, result.minimum) == (JUDGED, 10, 5)
    assert (result.items["HC1"].score, result.items["HC1"].value) == (62.5, None)
    assert result.dimensions["HC"].score == 58
    assert result.verdicts["E1"].mean == 62.5
    assert result.rules["R2"] is True
    assert [(s.question, s.option, s.start, s.to) for s in result.next_steps] == [
        ("HC3", "plan", 0.0, 1),
        ("HC2", "", 2.5, 3),
        ("HC1", "", 2.5, 3),
        ("HC4", "", 2.5, 3),
        ("TG5", "", 0.625, 1),
    ]
    assert group(result, SP, "national").dimensions["HC"].level == 4
    assert group(result, AG, None).dimensions["HC"].level == 1
    assert group(result, None, None).dimensions == result.dimensions


def test_rules_read_the_means_of_a_round() -> None:
    result = round_of(people_of((SP, "national", 2), (AG, "national", 1)))

    assert [result.rules[code] for code in ("R1", "R3", "R4")] == [True, True, False]


def test_groups_below_the_minimum_show_their_size_only_and_it_can_be_lower() -> None:
    people = people_of((SP, "national", 4), (AG, "national", 1))
    people += people_of(("finance", "national", 2), n=2)
    finance = group(round_of(people), "finance", "national")
    lower = round_of(people_of((SP, "national", 4), n=4), minimum=4)

    assert (finance.n, finance.hidden, finance.dimensions) == (2, True, {})
    assert (lower.minimum, lower.dimensions["HC"].level) == (4, 4)


def test_round_below_its_minimum_shows_nothing_but_its_number() -> None:
    def outcome(n: int) -> object:
        people = people_of((SP, "national", 4), n=5)[:n]
        found = assess(
            instrument=BANK, profile={}, responses=people, alone=False, minimum=5, draws=0
        )
        return (
            (found.status, found.respondents, found.minimum),
            {(i.status, i.value, i.score) for i in found.items.values()},
            {d.score for d in found.dimensions.values()},
            [(g.sector, g.tier, g.n, g.hidden) for g in found.groups],
        )

    assert {n: outcome(n) for n in (0, 1, 4)} == {
        n: ((TOO_FEW, n, 5), {("not_routed", None, None)}, {None}, [(None, None, n, True)])
        for n in (0, 1, 4)
    }


def test_round_below_its_minimum_hears_no_rule_that_reads_the_profile_alone(
    bank: Instrument,
) -> None:
    people = [person(bank, {}, "local", SP) for _ in range(4)]
    result = assess_raw(instrument=bank, profile={"intention": "no"}, responses=people, draws=0)

    assert (result.status, result.minimum, result.recommendations) == (TOO_FEW, 5, ())
    assert set(result.rules.values()) == {None}


def test_person_alone_sees_everything_wherever_she_sits() -> None:
    result = round_of(people_of((SP, "national", 4), n=1))

    assert (result.groups, result.minimum, result.items["HC1"].value) == ((), None, 4)
    assert result.items["TG6"].status == "unanswered"
    with pytest.raises(ValueError, match="unpack"):
        assess(
            instrument=BANK, profile={}, responses=people_of((SP, "national", 4), n=2), alone=True
        )


def test_agreed_answer_replaces_the_mean_and_raw_is_kept() -> None:
    people = people_of((SP, "national", 4), (AG, "national", 1))
    raw, result = round_of(people), round_of(people, agreed={"HC2": 0, "HC3": ["body", "plan"]})

    assert result.agreed == ("HC2", "HC3")
    assert (result.items["HC2"].score, result.items["HC2"].value) == (0.0, 0)
    assert result.items["HC2"].agreed is True
    assert result.dimensions["HC"].limited_by == ("HC2",)
    assert result.raw == raw.dimensions
    assert result.groups == raw.groups
    assert result.rules["R3"] is True


def test_share_and_interval_of_a_round_are_over_everybody_who_was_asked() -> None:
    sure: dict[str, object] = {"HC1": 1}
    unsure: dict[str, object] = {"HC1": "dont_know", "HC2": 1, "HC3": ["body"]}
    answers: dict[str, object] = {"HC1": 2, "HC2": 2, "HC3": ["plan"]}
    half_sure = round_of([*cell(SP, "national", *[unsure] * 3), *cell(AG, "national", *[sure] * 3)])
    open_ended = round_of(cell(SP, "national", *[answers] * 5)).dimensions["HC"]

    assert half_sure.dimensions["HC"].dont_know_share == 3 / 24
    assert half_sure.rules["G4"] is False
    assert (open_ended.low, open_ended.score, open_ended.high) == (42.0, 52.5, 62.0)
