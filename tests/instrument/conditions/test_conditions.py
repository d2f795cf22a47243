"""The condition language."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from assessment.instrument.conditions.check import ANSWER_FAMILIES, check
from assessment.instrument.conditions.domains import Categories, Numbers, OptionSets
from assessment.instrument.conditions.evaluate import (
    AnyOf,
    Fact,
    Interval,
    comparisons,
    evaluate,
    names,
)
from assessment.instrument.conditions.explain import Reason, explain
from assessment.instrument.conditions.grammar import ConditionError, parse
from assessment.instrument.issues import Issue
from tests.instrument.build import instrument, level, multi, number
from tests.tables import raised

if TYPE_CHECKING:
    from assessment.instrument.issues import Param

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


def test_evaluate_knows_three_values() -> None:
    table: list[tuple[str, bool | None]] = [
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
    ]

    assert [(text, evaluate(parse(text), FACTS)) for text, _ in table] == table


def test_interval_needs_all_its_levels_and_is_explained_by_its_lowest() -> None:
    table: list[tuple[str, bool | None]] = [
        ("level.DS <= 2", True),
        ("level.DS < 2", None),
        ("level.DS > 2", False),
    ]
    facts = {"level.DS": Interval((Fraction(1), Fraction(2)))}

    assert [(text, evaluate(parse(text), facts)) for text, _ in table] == table
    assert explain(parse("level.DS < 3"), facts) == (Reason("level.DS", "<", 3.0, 1.0),)


def test_parse_names_the_place_of_an_error() -> None:
    table: list[tuple[str, str, int | None]] = [
        ("", "condition_empty", 0),
        ("   ", "condition_empty", 0),
        ("level.PC >=", "condition_unreadable", 11),
        ("  level.PC >=", "condition_unreadable", 13),
        ("level.PC", "no_comparison", 0),
        ("level.PC + 1 > 2", "no_number_or_text", 0),
        ("level.PC is 3", "unknown_operator", 0),
        ("level.PC > level.BI", "not_name_and_value", 0),
        ("1 < 2", "not_name_and_value", 0),
        ("nonsense.PC > 2", "no_name", 0),
        ("level > 2", "no_name", 0),
        ("level.PC.x > 2", "no_name", 0),
        ("f(level).PC > 2", "no_name", 0),
        ("level.PC > True", "no_number_or_text", 11),
        ("level.PC > None", "no_number_or_text", 11),
        ("level.PC > 1j", "no_number_or_text", 11),
        ("level.PC > 1e999", "no_number_or_text", 11),
        ("level.PC > 1/0", "division_by_zero", 11),
        ("level.PC > 2**9", "no_number_or_text", 11),
        ("level.PC > f'2'", "no_number_or_text", 11),
        ("level.PC in ()", "empty_list", 12),
        ("level.PC in 3", "list_without_in", 12),
        ("level.PC == (1, 2)", "list_without_in", 12),
        ("(1, 2) == level.PC", "list_without_in", 0),
        ("3 in answer.PC2", "option_not_quoted", 0),
        ("'é' == profile.region and level.PC", "no_comparison", 26),
        ("level.PC > 2 # note", "condition_sign", 13),
        ("profile.region == '\\n'", "condition_sign", 19),
        ("level.PC > 2\0", "condition_unreadable", None),
        ("level.PC > '\ud800'", "condition_unreadable", 0),
        ("not " * 20 + "level.PC > 2", "condition_too_deep", 80),
        ("-" * 480 + "1 < level.PC", "no_number_or_text", None),
        ("(" * 499, "condition_unreadable", None),
        ("9" * 501, "condition_too_long", 500),
    ]

    def outcome(text: str, offset: int | None) -> object:
        error = raised(ConditionError, parse, text)
        return error.issue.code, (offset is None or error.offset == offset)

    assert [outcome(text, offset) for text, _, offset in table] == [
        (code, True) for _, code, _ in table
    ]


def test_condition_keeps_its_text_and_knows_all_names_that_it_speaks_of() -> None:
    condition = parse("not level.PC > 1 and (answer.PC1 < 2 or level.PC < 3)")

    assert parse(" level.PC>1 ").source_text == " level.PC>1 "
    assert names(condition) == {"level.PC", "answer.PC1"}


TOKENS = """level.PC answer.PC2 profile.region gap.sectors.any and or not in ( ) , 1 5/6 -2 0.3
'LA' < <= == != >= is lambda : [ ] { } * ** . if else await yield := é"""
LETTERS = st.characters(exclude_categories=["Cs"])
WORDS = st.sampled_from([*TOKENS.split(), "\n", "\t"])


@given(st.one_of(st.text(LETTERS, max_size=520), st.lists(WORDS, max_size=40).map(" ".join)))
def test_parse_of_anything_is_a_condition_or_a_condition_error(text: str) -> None:
    try:
        condition = parse(text)
    except ConditionError as error:
        offset = error.offset
    else:
        offset = 0
        assert evaluate(condition, {}) is None
    assert 0 <= offset <= len(text)


def test_explain_returns_the_comparisons_that_decided() -> None:
    table: list[tuple[str, list[tuple[str, str]]]] = [
        ("level.PC >= 3 and level.BI <= 1", [("level.PC", ">="), ("level.BI", "<=")]),
        ("level.PC >= 3 or level.BI > 1", [("level.PC", ">=")]),
        ("level.TG > 1 or level.BI <= 1", [("level.BI", "<=")]),
        ("not (level.PC < 3 or level.BI > 1)", [("level.PC", ">="), ("level.BI", "<=")]),
        ("not (level.PC < 3 and level.TG > 1)", [("level.PC", ">=")]),
        ("level.PC > 1 and level.PC > 1", [("level.PC", ">")]),
        ('"plan" not in answer.PC2', [("answer.PC2", "not_in")]),
        ("unknown.any > 0.3", [("unknown.BI", ">")]),
        ("not unknown.any > 0.5", [("unknown.PC", "<="), ("unknown.BI", "<=")]),
        # What does not hold has no reason.
        ("level.TG > 1", []),
        ("level.PC > 3", []),
        ("level.TG > 1 and level.PC > 3", []),
    ]

    def outcome(text: str) -> list[tuple[str, str]]:
        reasons = explain(parse(text), FACTS)
        return [(reason.name, reason.operator) for reason in reasons]

    assert [(text, outcome(text)) for text, _ in table] == table


def test_explain_gives_limit_and_observation() -> None:
    table: list[tuple[str, Reason]] = [
        ("level.PC >= 3", Reason("level.PC", ">=", 3.0, 3.0)),
        ("profile.region in ('LA',)", Reason("profile.region", "in", ("LA",), "LA")),
        ("level.BI in (0, 1)", Reason("level.BI", "in", (0.0, 1.0), 1.0)),
        ('"body" in answer.PC2', Reason("answer.PC2", "in", "body", ("body",))),
    ]

    assert [explain(parse(text), FACTS) for text, _ in table] == [(reason,) for _, reason in table]


def test_check_accepts_what_can_be_true() -> None:
    table: list[str] = [
        "level.PC >= 3 and level.BI <= 1",
        "score.PC < 50",
        'direction.PC == "low" and standing.PC != "open"',
        "directions.high >= 1 and unknown.count < 2",
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
    ]

    assert {text: check(parse(text), SMALL) for text in table} == {text: [] for text in table}


def test_check_refuses_what_cannot_be_meant() -> None:
    table: list[tuple[str, str, dict[str, Param]]] = [
        ("level.XX > 1", "unknown_name", {"name": "level.XX"}),
        ("answer.XX > 1", "unknown_name", {"name": "answer.XX"}),
        ("answer.P5 > 1", "unknown_name", {"name": "answer.P5"}),
        ("points.PC1 > 1", "unknown_name", {"name": "points.PC1"}),
        ("profile.weather == 'LA'", "unknown_name", {"name": "profile.weather"}),
        ("disagreement.PC > 1", "unknown_name", {"name": "disagreement.PC"}),
        ("gap.sides.PC > 1", "unknown_name", {"name": "gap.sides.PC"}),
        ("gap.sectors.P5 > 1", "unknown_name", {"name": "gap.sectors.P5"}),
        ("direction.PC == 'none'", "impossible_value", {"name": "direction.PC", "value": "none"}),
        ("direction.XX == 'low'", "unknown_name", {"name": "direction.XX"}),
        ("directions.mixed > 1", "unknown_name", {"name": "directions.mixed"}),
        ("directions.high > 60", "never_true", {}),
        ("level.PC == 'high'", "text_for_number", {"name": "level.PC"}),
        ("unknown.any == 0.3", "only_orders", {"name": "unknown.any"}),
        ("profile.region > 'LA'", "text_without_order", {"name": "profile.region"}),
        ("profile.region == 'XX'", "impossible_value", {"name": "profile.region", "value": "XX"}),
        ("profile.region == 3", "impossible_value", {"name": "profile.region", "value": "3"}),
        ("'LA' in profile.region", "single_value", {"name": "profile.region"}),
        (
            "profile.stronger == 'dont_know'",
            "impossible_value",
            {"name": "profile.stronger", "value": "dont_know"},
        ),
        ("answer.PC2 == 3", "several_options", {"name": "answer.PC2"}),
        ("'roof' in answer.PC2", "impossible_value", {"name": "answer.PC2", "value": "roof"}),
        ("level.PC > 4", "never_true", {}),
        ("level.PC > 2.5 and level.PC < 2.9", "never_true", {}),
        ("profile.region == 'LA' and profile.region == 'AF'", "never_true", {}),
        ("'none' in answer.PC2 and 'body' in answer.PC2", "never_true", {}),
        (f"{MANY_NAMES} and level.PC > 4", "never_true", {}),
    ]

    assert [check(parse(text), SMALL) for text, _, _ in table] == [
        [Issue(code, params=params)] for _, code, params in table
    ]


def test_domain_asks_for_a_value_in_a_way_that_it_takes() -> None:
    table: list[tuple[Numbers | Categories | OptionSets, str]] = [
        (Numbers(0, 4), "answer.PC1 == 3"),
        (Categories(("3", "4")), 'answer.PC1 == "3"'),
        (OptionSets(("3", "4"), ()), '"3" in answer.PC1'),
    ]

    def outcome(domain: Numbers | Categories | OptionSets) -> object:
        (asked,) = comparisons(parse(domain.asking("answer.PC1", "3")).tree)
        return domain.asking("answer.PC1", "3"), domain.fault(asked)

    assert [outcome(domain) for domain, _ in table] == [(condition, None) for _, condition in table]


def test_check_keeps_results_out_of_a_question_and_needs_no_question_on_programmes() -> None:
    bare = instrument(level("PC1"), questions=(level("PC1"),))

    assert check(parse("level.PC > 1"), SMALL, families=ANSWER_FAMILIES) == [
        Issue("name_too_early", params={"name": "level.PC"})
    ]
    assert check(parse("profile.programmes > 50"), bare) == [Issue("never_true")]
