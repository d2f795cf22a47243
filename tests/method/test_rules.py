"""Rules: what holds, what is recommended, and in which order."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from assessment.instrument.answers import Answer
from assessment.instrument.conditions.explain import Reason
from assessment.instrument.conditions.grammar import parse
from assessment.instrument.kinds.registry import read_answer
from assessment.instrument.model import RuleVariant
from assessment.method.dimensions import judge_all
from assessment.method.facts import Differences, facts_of
from assessment.method.items import items_of
from assessment.method.result import Respondent, WithheldRule
from assessment.method.rules import Advice, advice_of, evaluate_rules
from assessment.method.situation import Situation
from tests.instrument.build import SCALE, finding, instrument, level, person, rule
from tests.method.judging import assess_raw

if TYPE_CHECKING:
    from assessment.instrument.model import Instrument, Rule
    from assessment.method.result import Recommendation

DIMENSIONS = ("PC", "BI", "RP", "TG")
QUESTIONS = tuple(level(f"{d}{n}", d) for d in DIMENSIONS for n in (1, 2))
LEVELS = {"PC": 1, "BI": 0, "RP": 3}
TRUE = "level.PC <= 4"


def judged(*rules: Rule, **levels: int) -> Situation:
    bank = instrument(*QUESTIONS, rules=rules, scale=replace(SCALE, first=3))
    answers = {f"{d}{n}": s for d, s in {**LEVELS, **levels}.items() for n in (1, 2)}
    items = items_of(bank, {"region": "LA"}, person(bank, answers))
    judgements = judge_all(bank, items)
    return Situation(bank, items, judgements, facts_of(bank, {"region": "LA"}, items, judgements))


def told(*rules: Rule, **levels: int) -> tuple[Recommendation, ...]:
    return advised(judged(*rules, **levels)).recommendations


def truths(found: Situation) -> dict[str, bool | None]:
    return evaluate_rules(found.instrument, found.facts)


def advised(found: Situation) -> Advice:
    return advice_of(found, truths(found))


def codes(found: tuple[Recommendation, ...], *, first: bool) -> list[str]:
    return [recommendation.rule for recommendation in found if recommendation.first is first]


def test_rules_have_three_verdicts_and_true_ones_are_told_as_their_first_fitting_variant() -> None:
    found = judged(rule("R1", TRUE), rule("R2", "level.PC > 3"), rule("R3", "level.TG > 3"))
    recommended = advised(found).recommendations

    assert truths(found) == {"R1": True, "R2": False, "R3": None}
    assert [(one.rule, [reason.name for reason in one.because]) for one in recommended] == [
        ("R1", ["level.PC"])
    ]

    variants = (
        RuleVariant(parse("profile.region == 'AF'"), "Africa"),
        RuleVariant(parse("profile.region == 'LA'"), "Latin America"),
    )

    assert told(rule("R1", TRUE, variants=variants))[0].variant == 1
    assert told(rule("R1", TRUE, variants=variants[:1]))[0].variant is None


def test_order_is_priority_score_horizon_code() -> None:
    found = told(
        rule("R1", TRUE, "TG"),
        rule("R2", TRUE),
        rule("R3", TRUE, "PC", horizon="M"),
        rule("R4", TRUE, "PC"),
        rule("R5", TRUE, "RP", "BI"),
        rule("R6", TRUE, "BI", priority=2),
    )

    assert [recommendation.rule for recommendation in found] == ["R5", "R4", "R3", "R1", "R2", "R6"]


def test_first_take_at_most_two_of_one_main_dimension_and_any_of_the_whole_scheme() -> None:
    bounded = told(
        rule("R1", TRUE, "BI"),
        rule("R2", TRUE, "BI"),
        rule("R3", TRUE, "BI"),
        rule("R4", TRUE, "PC", "BI", priority=2),
        rule("R5", TRUE, "RP", priority=3),
    )
    whole = told(*(rule(f"G{n}", TRUE) for n in range(4)))

    assert codes(bounded, first=True) == ["R1", "R2", "R4"]
    assert codes(bounded, first=False) == ["R3", "R5"]
    assert codes(whole, first=True) == ["G0", "G1", "G2"]


def test_low_rights_have_a_rule_among_the_first_where_there_is_one() -> None:
    general = [rule(f"G{n}", TRUE) for n in range(4)]
    last = rule("R9", TRUE, "RP", priority=3)
    table: list[tuple[list[Rule], int, list[str]]] = [
        ([*general, last], 1, ["G0", "G1", "R9"]),
        ([*general, last], 2, ["G0", "G1", "G2"]),
        (general, 0, ["G0", "G1", "G2"]),
        ([rule("G0", TRUE, priority=2), rule("R9", TRUE, "RP")], 0, ["R9", "G0"]),
        ([rule("R9", TRUE, "RP"), *general], 0, ["R9", "G0", "G1"]),
    ]

    assert [
        (rules, rights, codes(told(*rules, RP=rights), first=True)) for rules, rights, _ in table
    ] == table


def test_true_rule_is_withheld_by_another_or_by_an_answer_that_contradicts_it() -> None:
    """It is not suppressed by a rule that does not hold, nor by what nobody knows."""
    found = judged(
        rule("R1", TRUE, suppressed_by="R3"),
        rule("R2", TRUE, suppressed_by="R3", suppressed_when="answer.PC1 >= 3"),
        rule("R3", TRUE),
        rule("R4", TRUE, suppressed_by="R5"),
        rule("R5", "level.PC > 3"),
        rule("R6", TRUE, suppressed_by="R3", suppressed_when="answer.TG1 >= 3"),
    )

    assert [one.rule for one in advised(found).recommendations] == ["R2", "R3", "R4", "R6"]
    assert advised(found).withheld == (WithheldRule("R1", "R3"),)
    assert truths(found)["R1"] is True

    against = judged(
        rule("R1", TRUE, unless="answer.RP1 >= 3"),
        rule("R2", TRUE, unless="answer.RP1 <= 2"),
        rule("R3", TRUE, unless="answer.TG1 >= 3"),
        rule("R4", TRUE, suppressed_by="R1"),
    )

    assert [one.rule for one in advised(against).recommendations] == ["R2", "R3"]
    reason = Reason("answer.RP1", ">=", 3.0, 3.0)
    assert advised(against).withheld == (
        WithheldRule("R1", because=(reason,)),
        WithheldRule("R4", "R1"),
    )


def test_recommendation_says_what_it_rests_on() -> None:
    cited = tuple(
        replace(finding(code, kind), region=region)
        for code, kind, region in (
            ("A1", "advice", "LA"),
            ("A2", "advice", "AF"),
            ("B1", "barrier", "ALL"),
            ("P1", "principle", "ALL"),
        )
    )
    bank = instrument(
        *(level(f"PC{n}") for n in (1, 2)),
        *(level(f"HC{n}", "HC") for n in (1, 2, 3)),
        findings=cited,
        rules=(
            rule("R1", "answer.PC1 <= 1", findings=("P1", "A1")),
            rule("R2", "direction.PC == 'low' and answer.HC1 <= 1", findings=("A2", "B1")),
            rule("R3", "profile.region == 'LA'", findings=("P1",)),
        ),
    )
    profile: dict[str, int | str] = {"region": "LA"}
    items = items_of(bank, profile, person(bank, {"PC1": 0, "PC2": 1, "HC1": 1}))
    judgements = judge_all(bank, items)
    facts = facts_of(bank, profile, items, judgements)
    found = advised(Situation(bank, items, judgements, facts))

    assert [(r.rule, r.basis, r.standing, r.answers) for r in found.recommendations] == [
        ("R1", "advice", "settled", 1),
        ("R2", "observed", "indicative", 3),
        ("R3", "conclusion", "settled", 0),
    ]


def test_what_rests_on_one_answer_is_an_indication_even_where_it_is_not_scored(
    bank: Instrument,
) -> None:
    unknown = dict.fromkeys(("HC1", "HC2", "HC3"), Answer("dont_know"))
    answers = {**unknown, "BI5": read_answer(bank.question["BI5"], 80)}
    profile: dict[str, int | str] = {"region": "AF", "programmes": 2}
    found = assess_raw(
        instrument=bank, profile=profile, responses=[Respondent(answers)], draws=0
    ).recommendations

    # That something is not known is no indication: nobody knows it.
    assert [(r.rule, r.standing, r.answers) for r in found] == [
        ("R22", "indicative", 1),
        ("G4", "settled", 0),
    ]


def test_facts_count_dimensions_and_hold_what_only_several_respondents_show() -> None:
    found = judged()
    differences = Differences({"PC": Fraction(2), "PC1": Fraction(3)}, {}, Fraction(1))
    several = facts_of(found.instrument, {}, {}, found.judgements, differences)

    counted = {name: found.facts.get(name) for name in ("directions.low", "directions.high")}
    assert counted == {"directions.low": 2, "directions.high": 1}
    assert (found.facts["direction.PC"], found.facts["standing.TG"]) == ("low", "open")
    assert "direction.TG" not in found.facts
    assert several["gap.sectors.PC1"] == 3
    assert several["disagreement.any"] == 1
    assert several["gap.sectors.any"].members == (("gap.sectors.PC", Fraction(2)),)  # type: ignore[union-attr]
    assert "gap.tiers.any" not in several


def test_nothing_answered_leaves_only_the_profile_known(bank: Instrument) -> None:
    items = items_of(bank, {"region": "LA"}, Respondent({}))
    facts = facts_of(bank, {"region": "LA"}, items, judge_all(bank, items))

    standings = {f"standing.{code}" for code in bank.dimension}
    assert {name for name in facts if not name.startswith("unknown.")} == {
        "profile.region",
        *standings,
    }
