"""What too few people of a round answered, attacked from outside."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.instrument.answers import Answer
from assessment.instrument.conditions.shown_if import deciding_codes
from assessment.instrument.kinds.registry import read_answer
from assessment.instrument.model import TIERS
from assessment.method.result import Gap, Respondent
from assessment.method.stored_result import result_from_json, result_to_json
from tests.instrument.build import finding, instrument, level, multi, person, rule
from tests.method.judging import assess_raw
from tests.method.test_laws import answer, value
from tests.seeds_once import seeds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assessment.instrument.model import Instrument, Question
    from assessment.method.result import Result

SP, AG = "social_protection", "agriculture"
BANK = seeds()
DECIDING = {code for question in BANK.questions for code in deciding_codes(question.shown_if)}
SHOWING: dict[str, object] = {"BI5": 50, "HC3": ["named_body", "meets_by_schedule"], "LC3": 3}
"""An answer to each deciding question that hides nothing."""
LONE_CODES = sorted(
    question.code
    for question in BANK.questions
    if question.scored and question.routed_to("local", AG) and question.code not in DECIDING
    if question.dimension
)
PROFILE: dict[str, int | str] = {"region": "LA", "stage": "running", "programmes": 2}
SEEDS = st.integers(0, 2**32)
DONT_KNOW = Answer("dont_know")


def others(seed: int, silent: Sequence[str]) -> list[Respondent]:
    """Five people in each tier of both sectors, the last left out; all silent on some questions.

    What decides about other questions hides none, or few of them would answer those: a small group
    of its own, which may count in the mean of a dimension together with the lone one.
    """
    random = Random(seed)
    places = [(sector, tier) for sector in (SP, AG) for tier in TIERS for _ in range(5)][:-1]
    return [
        Respondent(
            {
                question.code: said(question, silent, random)
                for question in BANK.questions
                if question.dimension and question.routed_to(tier, sector)
            },
            tier,
            sector,
        )
        for sector, tier in places
    ]


def said(question: Question, silent: Sequence[str], random: Random) -> Answer:
    if question.code in silent:
        return DONT_KNOW
    return (
        read_answer(question, SHOWING[question.code])
        if question.code in SHOWING
        else (answer(question, random))
    )


def lone(codes: Sequence[str], random: Random) -> Respondent:
    replies = {c: read_answer(BANK.question[c], value(BANK.question[c], random)) for c in codes}
    return Respondent(replies, "local", AG)


def judged(people: list[Respondent], bank: Instrument = BANK, **more: Any) -> Result:
    found = assess_raw(instrument=bank, profile=PROFILE, responses=people, draws=0, **more)
    return replace(found, seed="")


@given(
    st.lists(st.sampled_from(LONE_CODES), min_size=1, max_size=5, unique=True),
    SEEDS,
    SEEDS,
    st.booleans(),
)
@settings(max_examples=10)
def test_nothing_tells_what_one_person_alone_answered(
    codes: list[str], seed: int, other: int, beside: bool
) -> None:
    people = others(seed, codes)
    if beside:
        people.append(replace(lone(codes, Random(seed + 1)), people=7))

    one = judged([*people, lone(codes, Random(seed))])
    same = judged([*people, lone(codes, Random(other))])

    assert one == same


SMALL = instrument(
    level("VC1", "VC", essential=True, weight=2, findings=("E1",)),
    level("VC2", "VC", findings=("E2",)),
    level("VC3", "VC", findings=("E2",)),
    level("VC4", "VC"),
    multi("LC1", {"map": 4, "plan": 6}, "LC"),
    level("LC2", "LC", shown_if='"none" not in answer.LC1', hidden_points=0),
    findings=(finding("E1", "enabler"), finding("E2", "enabler")),
    rules=(
        rule("R1", "answer.VC1 <= 1"),
        rule("R2", "points.LC1 < 6"),
        rule("R3", "level.VC <= 4"),
    ),
)


def voices(**given: Sequence[object]) -> list[Respondent]:
    """Six people at the local tier of agriculture, the answers to each question in turn."""
    return [
        person(SMALL, {code: said[n] for code, said in given.items() if n < len(said)}, "local", AG)
        for n in range(6)
    ]


def test_verdict_and_score_leave_out_what_few_answered() -> None:
    """A subtraction would tell it."""
    verdicts = judged(
        voices(VC1=[4, 4, 4], VC2=["dont_know"] * 3 + [2, 2, 2], VC3=[3] * 6, VC4=[3] * 6), SMALL
    ).verdicts
    result = judged(voices(VC2=[0], VC1=[3] * 6, VC3=[3] * 6, VC4=[3] * 6), SMALL)
    dimension = result.dimensions["VC"]

    assert (verdicts["E1"].verdict, verdicts["E2"].questions) == ("no_information", ("VC3",))
    assert result.items["VC2"].status == "few"
    assert (dimension.score, dimension.answered_share) == (75.0, 0.8)


def test_answer_and_agreement_of_few_are_not_shown_nor_told_by_their_order() -> None:
    table: list[tuple[int, str]] = [(3, "few"), (4, "few"), (5, "answered")]
    people = voices(VC1=[0, 4, 0, 4, 0])

    def outcome(answering: int) -> str:
        result = judged(voices(VC2=[2] * answering, VC1=[3] * 6), SMALL, minimum=5)
        return result.items["VC2"].status

    assert [(answering, outcome(answering)) for answering, _ in table] == table
    assert [a.n for a in judged(people, SMALL, minimum=5).agreement] == [5]
    assert judged(people, SMALL, minimum=6).agreement == ()

    open_first = voices(VC1=[0, 4, 0, 4, 0, 4], VC3=[0, 4, 0, 4, 0, 4])
    open_first[0] = replace(open_first[0], answers={"VC3": open_first[0].answers["VC3"]})

    forwards, backwards = judged(open_first, SMALL), judged(open_first[::-1], SMALL)

    assert forwards.agreement == backwards.agreement


def test_question_that_few_answered_or_have_hidden_stands_as_for_the_others() -> None:
    table: list[tuple[int, int, list[object], tuple[object, ...]]] = [
        (5, 6, [4], ("hidden", 0.0, True)),
        (1, 6, [4], ("few", None, False)),
        (0, 6, [4], ("few", None, False)),
        (1, 1, ["dont_know"], ("few", None, False)),
    ]

    def outcome(none: int, telling: int, said: list[object]) -> tuple[object, ...]:
        bodies: list[object] = [*[["none"]] * none, *[["map"]] * (telling - none)]
        bodies += ["dont_know"] * (6 - telling)
        item = judged(voices(LC1=bodies, LC2=["dont_know"] * 5 + said), SMALL).items["LC2"]
        return item.status, item.score, item.counted

    assert [
        (none, telling, said, outcome(none, telling, said)) for none, telling, said, _ in table
    ] == table


def test_gap_and_chain_leave_out_what_few_of_a_side_answered() -> None:
    people = [
        person(SMALL, {"VC3": 3, "VC4": n if tier == "local" else 2}, tier, sector)
        for sector in (SP, AG)
        for tier in TIERS
        for n in range(3)
    ]
    silent = [
        replace(one, answers={**one.answers, "VC4": DONT_KNOW}) if one.tier == "local" else one
        for one in people
    ]
    silent[-1] = people[-1]
    result = judged([*silent, *silent[:6]], SMALL)

    assert [found.question for found in result.chain] == ["VC3"]
    assert [g for g in result.gaps if g.between == ("national", "local")] == [
        Gap(("national", "local"), "VC", 0.0, ("VC3",)),
        Gap(("national", "local"), "VC3", 0.0, ("VC3",)),
    ]

    # Both sectors answered the question nationally, one of them also in regions, by three.
    regions = [person(SMALL, {"VC2": 2}, "national", sector) for sector in (SP, AG)] * 5
    regions += [person(SMALL, {"VC2": 2}, "regional", AG)] * 3
    regions += [person(SMALL, {"VC3": 2}, "regional", AG)] * 2

    gaps = {gap.on for gap in judged(regions, SMALL).gaps}

    assert "VC2" not in gaps


def test_dimensions_of_two_tiers_do_not_tell_the_answers_of_three_in_the_third() -> None:
    """The whole less two tiers would be the three local answers: one of the two leaves it out."""
    people = [
        person(SMALL, dict.fromkeys(("VC1", "VC2", "VC3", "VC4"), 3), tier, SP)
        for tier in TIERS
        for _ in range(5)
    ]
    for n in range(13, 15):
        people[n] = replace(people[n], answers={**people[n].answers, "VC2": DONT_KNOW})
    result = judged(people, SMALL)
    shares = {g.tier: g.dimensions["VC"].answered_share for g in result.groups if not g.sector}

    assert shares == {"national": 0.8, "regional": 1.0, "local": 0.8, None: 1.0}
    assert result.items["VC2"].score == 75.0
    assert [found.question for found in result.chain] == ["VC1", "VC3", "VC4"]


def test_who_did_not_know_is_counted_over_shown_cells() -> None:
    """A sector less two shown tiers would tell of one person how much she did not know."""
    bank = instrument(level("HC1", "HC"), level("HC2", "HC"))
    people = [
        person(bank, {"HC1": 2, "HC2": 3}, tier, SP)
        for tier in ("national", "regional")
        for _ in range(5)
    ]
    lone = person(bank, {"HC1": "dont_know", "HC2": "dont_know"}, "local", SP)

    def shares(result: Result) -> dict[object, object]:
        shown = [group for group in result.groups if not group.hidden]
        return {(g.sector, g.tier): g.dimensions["HC"].dont_know_share for g in shown}

    people[0] = person(bank, {"HC1": 2, "HC2": "dont_know"}, "national", SP)
    without = shares(assess_raw(instrument=bank, profile=PROFILE, responses=people))
    result = assess_raw(instrument=bank, profile=PROFILE, responses=[*people, lone])

    assert shares(result) == {**without, (None, None): 1 / 20}
    assert result.dimensions["HC"].dont_know_share == 1 / 20
    read = result_from_json(result_to_json(result), "2.0")
    old = shares(read)
    assert (old.pop((None, None)), set(old.values())) == (1 / 20, {None})
    assert result_from_json(result_to_json(result), "2.1") == result
