"""The condition language."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.instrument.conditions.check import ANSWER_FAMILIES, check
from assessment.instrument.conditions.domains import Categories, Numbers, OptionSets
from assessment.instrument.conditions.evaluate import (
    AnyOf,
    Fact,
    LevelInterval,
    comparisons,
    evaluate,
    names,
)
from assessment.instrument.conditions.explain import Reason, explain
from assessment.instrument.conditions.grammar import ConditionError, parse
from tests.instrument.build import instrument, level, multi, number

if TYPE_CHECKING:
    from assessment.instrument.model import Instrument

SMALL = instrument(
    level("PC1"),
    multi("PC2", {"body": 3, "plan": 7}),
    number("PC3", 0, 10),
    level("BI1", "BI"),
)
MANY_NAMES = (
    "level.PC > 1 and level.BI > 1 and score.PC > 2 and score.BI > 3 and unknown.PC > 0.1 "
    "and unknown.BI > 0.2"
)
FACTS: dict[str, Fact] = {
    "level.PC": Fraction(3),
    "level.BI": Fraction(1),
    "score.PC": Fraction(200, 3),
    "answer.PC2": frozenset({"body"}),
    "profile.region": "LA",
    "unknown.any": AnyOf((("unknown.PC", Fraction(1, 10)), ("unknown.BI", Fraction(4, 10)))),
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("level.PC >= 3", True),
        ("3 <= level.PC", True),
        ("1 < level.PC <= 3", True),
        ("level.PC == 3 and level.BI > 1", False),
        ("level.PC == 2 or level.BI < 2", True),
        ("not level.PC == 3", False),
        ("level.PC != 3", False),
        ("level.TG <= 1", None),
        ("level.TG <= 1 or level.PC == 3", True),
        ("level.TG <= 1 and level.PC == 3", None),
        ("level.TG <= 1 and level.PC == 2", False),
        ("not level.TG <= 1", None),
        ("level.BI in (0, 1)", True),
        ("level.BI not in (0, 1)", False),
        ("profile.region in ('LA', 'AF')", True),
        ('"body" in answer.PC2', True),
        ('"plan" in answer.PC2', False),
        ('"plan" not in answer.PC2', True),
        ("score.PC > 66.6", True),
        ("score.PC > 200/3", False),
        ("level.PC > -1", True),
        ("unknown.any > 0.3", True),
        ("unknown.any > 0.5", False),
        ("(\n level.PC == 3\n)", True),
    ],
)
def test_evaluate_knows_three_values(text: str, expected: bool | None) -> None:
    assert evaluate(parse(text), FACTS) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("level.DS <= 2", True), ("level.DS < 2", None), ("level.DS > 2", False)],
)
def test_evaluate_of_an_interval_needs_all_its_levels(text: str, expected: bool | None) -> None:
    facts = {"level.DS": LevelInterval((Fraction(1), Fraction(2)))}

    assert evaluate(parse(text), facts) is expected


@pytest.mark.parametrize(
    ("text", "offset"),
    [
        ("", 0),
        ("   ", 0),
        ("level.PC >=", 11),
        ("  level.PC >=", 13),
        ("level.PC", 0),
        ("level.PC + 1 > 2", 0),
        ("level.PC is 3", 0),
        ("level.PC > level.BI", 0),
        ("1 < 2", 0),
        ("nonsense.PC > 2", 0),
        ("level > 2", 0),
        ("level.PC.x > 2", 0),
        ("f(level).PC > 2", 0),
        ("level.PC > True", 11),
        ("level.PC > None", 11),
        ("level.PC > 1j", 11),
        ("level.PC > 1e999", 11),
        ("level.PC > 1/0", 11),
        ("level.PC > 2**9", 11),
        ("level.PC > f'2'", 11),
        ("level.PC in ()", 12),
        ("level.PC in 3", 12),
        ("level.PC == (1, 2)", 12),
        ("(1, 2) == level.PC", 0),
        ("3 in answer.PC2", 0),
        ("'é' == profile.region and level.PC", 26),
        ("level.PC > 2 # note", 13),
        ("profile.region == '\\n'", 19),
        ("level.PC > 2\0", None),
        ("level.PC > '\ud800'", 0),
        ("not " * 20 + "level.PC > 2", 80),
        ("-" * 480 + "1 < level.PC", None),
        ("(" * 499, None),
        ("9" * 501, 500),
    ],
)
def test_parse_names_the_place_of_an_error(text: str, offset: int | None) -> None:
    with pytest.raises(ConditionError) as caught:
        parse(text)

    assert caught.value.message
    assert offset is None or caught.value.offset == offset


def test_parse_keeps_the_text() -> None:
    assert parse(" level.PC>1 ").source_text == " level.PC>1 "


TOKENS = """level.PC answer.PC2 profile.region gap.sectors.any and or not in ( ) , 1 5/6 -2 0.3
'LA' < <= == != >= is lambda : [ ] { } * ** . if else await yield := é"""
WORDS = st.sampled_from([*TOKENS.split(), "\n", "\t"])


@given(st.one_of(st.text(max_size=520), st.lists(WORDS, max_size=40).map(" ".join)))
def test_parse_of_anything_is_a_condition_or_a_condition_error(text: str) -> None:
    try:
        condition = parse(text)
    except ConditionError as error:
        offset = error.offset
    else:
        offset = 0
        assert evaluate(condition, {}) is None
    assert 0 <= offset <= len(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("level.PC >= 3 and level.BI <= 1", [("level.PC", ">="), ("level.BI", "<=")]),
        ("level.PC >= 3 or level.BI > 1", [("level.PC", ">=")]),
        ("level.TG > 1 or level.BI <= 1", [("level.BI", "<=")]),
        ("not (level.PC < 3 or level.BI > 1)", [("level.PC", ">="), ("level.BI", "<=")]),
        ("not (level.PC < 3 and level.TG > 1)", [("level.PC", ">=")]),
        ("level.PC > 1 and level.PC > 1", [("level.PC", ">")]),
        ('"plan" not in answer.PC2', [("answer.PC2", "not_in")]),
        ("unknown.any > 0.3", [("unknown.BI", ">")]),
        ("not unknown.any > 0.5", [("unknown.PC", "<="), ("unknown.BI", "<=")]),
    ],
)
def test_explain_returns_the_comparisons_that_decided(
    text: str, expected: list[tuple[str, str]]
) -> None:
    reasons = explain(parse(text), FACTS)

    assert [(reason.name, reason.operator) for reason in reasons] == expected


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("level.PC >= 3", Reason("level.PC", ">=", 3.0, 3.0)),
        ("profile.region in ('LA',)", Reason("profile.region", "in", ("LA",), "LA")),
        ("level.BI in (0, 1)", Reason("level.BI", "in", (0.0, 1.0), 1.0)),
        ('"body" in answer.PC2', Reason("answer.PC2", "in", "body", ("body",))),
    ],
)
def test_explain_gives_limit_and_observation(text: str, reason: Reason) -> None:
    assert explain(parse(text), FACTS) == (reason,)


@pytest.mark.parametrize("text", ["level.TG > 1", "level.PC > 3", "level.TG > 1 and level.PC > 3"])
def test_explain_of_what_does_not_hold_is_empty(text: str) -> None:
    assert explain(parse(text), FACTS) == ()


def test_explain_of_an_interval_names_its_lowest_level() -> None:
    facts = {"level.DS": LevelInterval((Fraction(1), Fraction(2)))}

    assert explain(parse("level.DS < 3"), facts) == (Reason("level.DS", "<", 3.0, 1.0),)


def test_names_are_all_that_a_condition_speaks_of() -> None:
    condition = parse("not level.PC > 1 and (answer.PC1 < 2 or level.PC < 3)")

    assert names(condition) == {"level.PC", "answer.PC1"}


@pytest.mark.parametrize(
    "text",
    [
        "level.PC >= 3 and level.BI <= 1",
        "score.PC < 50",
        "unknown.PC > 0.3 or unknown.any > 0.3",
        "gap.sectors.any >= 1 or gap.tiers.PC >= 1 or gap.sectors.PC1 >= 1",
        "gap.sectors.any >= 3 and not gap.sectors.any >= 4",
        "gap.sectors.any >= 3 and gap.sectors.any <= 1",
        "disagreement.any > 5/6",
        '"body" in answer.PC2 and "plan" not in answer.PC2',
        '"none" in answer.PC2',
        "points.PC2 < 6",
        "answer.PC3 > 9.5",
        "answer.PC1 > 1 and answer.PC1 < 2",
        "profile.programmes >= 2 and profile.region != 'LA'",
        "profile.country == 'PE'",
        "profile.stage in ('design', 'running')",
        MANY_NAMES,
        f"not ({MANY_NAMES})",
    ],
)
def test_check_accepts_what_can_be_true(text: str) -> None:
    assert check(parse(text), SMALL) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("level.XX > 1", "level.XX does not exist in this edition."),
        ("answer.XX > 1", "answer.XX does not exist in this edition."),
        ("answer.P5 > 1", "answer.P5 does not exist in this edition."),
        ("points.PC1 > 1", "points.PC1 does not exist in this edition."),
        ("profile.weather == 'LA'", "profile.weather does not exist in this edition."),
        ("disagreement.PC > 1", "disagreement.PC does not exist in this edition."),
        ("gap.sides.PC > 1", "gap.sides.PC does not exist in this edition."),
        ("gap.sectors.P5 > 1", "gap.sectors.P5 does not exist in this edition."),
        ("level.PC == 'high'", "level.PC is a number and cannot be compared with a text."),
        ("unknown.any == 0.3", "unknown.any can only be compared with < <= > >=."),
        ("profile.region > 'LA'", "profile.region is a text and has no order."),
        ("profile.region == 'XX'", "profile.region can never be XX."),
        ("profile.region == 3", "profile.region can never be 3."),
        ("'LA' in profile.region", "profile.region holds one value, not several."),
        ("profile.stronger == 'dont_know'", "profile.stronger can never be dont_know."),
        ("answer.PC2 == 3", 'answer.PC2 holds several options: ask "option" in answer.PC2.'),
        ("'roof' in answer.PC2", "answer.PC2 can never be roof."),
        ("level.PC > 4", "This can never be true, whatever is answered."),
        ("level.PC > 2.5 and level.PC < 2.9", "This can never be true, whatever is answered."),
        (
            "profile.region == 'LA' and profile.region == 'AF'",
            "This can never be true, whatever is answered.",
        ),
        (
            "'none' in answer.PC2 and 'body' in answer.PC2",
            "This can never be true, whatever is answered.",
        ),
        (
            f"{MANY_NAMES} and level.PC > 4",
            "This can never be true, whatever is answered.",
        ),
    ],
)
def test_check_refuses_what_cannot_be_meant(text: str, fault: str) -> None:
    assert check(parse(text), SMALL) == [fault]


@pytest.mark.parametrize(
    ("domain", "condition"),
    [
        (Numbers(0, 4), "answer.PC1 == 3"),
        (Categories(("3", "4")), 'answer.PC1 == "3"'),
        (OptionSets(("3", "4"), ()), '"3" in answer.PC1'),
    ],
)
def test_domain_asks_for_a_value_in_a_way_that_it_takes(
    domain: Numbers | Categories | OptionSets, condition: str
) -> None:
    (asked,) = comparisons(parse(domain.asking("answer.PC1", "3")).tree)

    assert domain.asking("answer.PC1", "3") == condition
    assert domain.fault(asked) == ""


def test_check_keeps_results_out_of_the_condition_of_a_question() -> None:
    faults = check(parse("level.PC > 1"), SMALL, families=ANSWER_FAMILIES)

    assert faults == ["level.PC cannot be used here: only answers and the profile."]


def test_check_without_profile_questions_knows_the_number_of_programmes() -> None:
    bare = instrument(level("PC1"), questions=(level("PC1"),))

    assert check(parse("profile.programmes > 50"), bare) == [
        "This can never be true, whatever is answered."
    ]


def test_every_condition_of_the_bank_can_be_true(bank: Instrument) -> None:
    assert [rule.code for rule in bank.rules if check(rule.when, bank)] == []
