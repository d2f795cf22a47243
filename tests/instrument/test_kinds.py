"""How answers of each kind are read, scored, put in words and drawn."""

from __future__ import annotations

from fractions import Fraction
from random import Random
from typing import TYPE_CHECKING

from assessment.instrument.answers import Answer, BadAnswer, Value
from assessment.instrument.conditions.domains import Numbers, OptionSets
from assessment.instrument.kinds.kind import ScoredKind
from assessment.instrument.kinds.parse import as_number, as_options
from assessment.instrument.kinds.registry import (
    KINDS,
    kind_of,
    max_points,
    read_answer,
    read_sent,
    score,
    scored_kind_of,
)
from assessment.instrument.model import Question
from tests.instrument.build import choice, level, multi
from tests.instrument.build import number as number_question
from tests.tables import raised

LEVEL = level("PC1", not_applicable=True)
MULTI = multi("PC2", {"body": 0, "plan": 7, "money": 3})
NUMBER = number_question("PC3", 0, 10, goalposts=(0, 8), unit="households")
WIDE = Question("PC4", "number", "How many?", dimension="PC")
STAGE = choice("P4", "stage", "design", "running")
COUNTRY = Question("P1", "country", "Country?", profile="country")
TEXT = Question("O1", "text", "What else?", scored=False)

if TYPE_CHECKING:
    pass


def test_read_answer_takes() -> None:
    table: list[tuple[Question, object, Answer]] = [
        (LEVEL, 0, Answer("answered", 0)),
        (LEVEL, 4, Answer("answered", 4)),
        (LEVEL, "3", Answer("answered", 3)),
        (LEVEL, "not_applicable", Answer("not_applicable")),
        (MULTI, ["plan", "body"], Answer("answered", ("body", "plan"))),
        (MULTI, ("none",), Answer("answered", ("none",))),
        (MULTI, "dont_know", Answer("dont_know")),
        (NUMBER, 10, Answer("answered", 10)),
        (NUMBER, "10", Answer("answered", 10)),
        (WIDE, -5, Answer("answered", -5)),
        (STAGE, "design", Answer("answered", "design")),
        (COUNTRY, "PE", Answer("answered", "PE")),
        (TEXT, "  A road.  ", Answer("answered", "A road.")),
        (TEXT, "cafe\u0301\r\n\ttea\r", Answer("answered", "café\n\ttea")),
        (TEXT, "dont_know", Answer("answered", "dont_know")),
    ]

    assert [(question, raw, read_answer(question, raw)) for question, raw, _ in table] == table


def test_read_answer_refuses() -> None:
    table: list[tuple[Question, object, str]] = [
        (LEVEL, True, "not_whole"),
        (LEVEL, 3.0, "not_whole"),
        (LEVEL, "three", "not_whole"),
        (LEVEL, "٣", "not_whole"),
        (LEVEL, "9" * 5000, "not_whole"),
        (LEVEL, None, "not_whole"),
        (LEVEL, [3], "not_whole"),
        (LEVEL, 5, "out_of_range"),
        (LEVEL, -1, "out_of_range"),
        (NUMBER, 11, "out_of_range"),
        (NUMBER, "3,5", "between_whole"),
        (NUMBER, "-0,5", "out_of_range"),
        (NUMBER, "1" + "0" * 9, "out_of_range"),
        (NUMBER, "9" * 61, "out_of_range"),
        (WIDE, 10**9, "out_of_range"),
        (MULTI, "plan", "not_list"),
        (MULTI, [], "empty"),
        (MULTI, ["roof"], "unknown_option"),
        (MULTI, [3], "unknown_option"),
        (MULTI, ["plan", "plan"], "twice"),
        (MULTI, ["none", "plan"], "not_alone"),
        (MULTI, "not_applicable", "not_offered"),
        (STAGE, "dreaming", "unknown_option"),
        (COUNTRY, "Peru", "unknown_country"),
        (COUNTRY, 51, "unknown_country"),
        (TEXT, 3, "not_text"),
        (TEXT, "   ", "empty"),
        *((TEXT, f"a{odd}b", "odd_character") for odd in "\0\a\x7f\ud800\ufffe"),
        (TEXT, "a" * 4001, "too_long"),
    ]

    assert [
        (question, raw, raised(BadAnswer, read_answer, question, raw).code)
        for question, raw, _ in table
    ] == table


def test_what_a_form_sends_is_read() -> None:
    table: list[tuple[Question, list[str], Answer | None]] = [
        (LEVEL, [], None),
        (LEVEL, ["3", "3"], Answer("answered", 3)),
        (MULTI, ["plan", "body"], Answer("answered", ("body", "plan"))),
        (MULTI, ["dont_know"], Answer("dont_know")),
    ]
    refused = [(LEVEL, ["3", "4"]), (LEVEL, ["3", "dont_know"]), (MULTI, ["plan", "dont_know"])]

    assert [(asked, sent, read_sent(asked, sent)) for asked, sent, _ in table] == table
    assert {raised(BadAnswer, read_sent, *row).code for row in refused} == {"not_alone"}


def test_score_is_exact() -> None:
    table: list[tuple[Question, Value, Fraction | None]] = [
        (LEVEL, 0, Fraction(0)),
        (LEVEL, 3, Fraction(75)),
        (MULTI, ("none",), Fraction(0)),
        (MULTI, ("body",), Fraction(0)),
        (MULTI, ("money", "plan"), Fraction(100)),
        (MULTI, ("plan",), Fraction(70)),
        (NUMBER, 0, Fraction(0)),
        (NUMBER, 3, Fraction(75, 2)),
        (NUMBER, 8, Fraction(100)),
        (NUMBER, 10, Fraction(100)),
        (number_question("BI5", 0, 100, scored=False), 30, None),
        (STAGE, "design", None),
        (COUNTRY, "PE", None),
        (TEXT, "A road.", None),
    ]

    assert [(question, value, score(question, value)) for question, value, _ in table] == table


def scored_kind(question: Question) -> ScoredKind:
    kind = scored_kind_of(question)
    assert kind is not None
    return kind


def test_sample_reaches_every_value() -> None:
    table: list[tuple[Question, set[float]]] = [
        (LEVEL, {0.0, 25.0, 50.0, 75.0, 100.0}),
        (MULTI, {0.0, 30.0, 70.0, 100.0}),
        (NUMBER, {12.5 * n for n in range(9)}),
    ]

    def outcome(question: Question) -> set[float]:
        sample = scored_kind(question).sampler(question, Random(1))
        return {sample() for _ in range(400)}

    assert [(question, outcome(question)) for question, _ in table] == table


def test_max_points_stand_for_a_hundred_and_a_value_of_another_kind_is_an_error() -> None:
    table: list[tuple[Question, int]] = [(LEVEL, 4), (MULTI, 10), (NUMBER, 10)]
    unscored = [STAGE, COUNTRY, TEXT]

    assert [(question, max_points(question)) for question, _ in table] == table
    assert [scored_kind_of(question) for question in unscored] == [None] * 3
    assert [type(raised(TypeError, max_points, question)) for question in unscored] == [
        TypeError
    ] * 3
    raised(TypeError, as_number, "text")
    raised(TypeError, as_options, "text")


def test_words_are_those_of_the_bank_and_domains_all_that_a_condition_can_meet() -> None:
    words: list[tuple[Question, Value, tuple[str, ...]]] = [
        (LEVEL, 3, ("Level 3",)),
        (MULTI, ("money", "plan"), ("plan", "money")),
        (NUMBER, 3, ("3 households",)),
        (WIDE, 3, ("3",)),
        (STAGE, "design", ("design",)),
        (COUNTRY, "PE", ("PE",)),
    ]
    domains: list[tuple[Question, object, object]] = [
        (LEVEL, Numbers(0, 4), None),
        (MULTI, OptionSets(("body", "plan", "money"), ("none",)), Numbers(0, 10)),
        (NUMBER, Numbers(0, 10), None),
        (STAGE, None, None),
    ]

    assert [
        (asked, value, kind_of(asked).words(asked, value)) for asked, value, _ in words
    ] == words
    assert [
        (asked, KINDS[asked.kind].domain(asked), KINDS[asked.kind].points_domain(asked))
        for asked, _, _ in domains
    ] == domains
