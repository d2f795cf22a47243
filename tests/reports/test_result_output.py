from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from assessment.method.result import Overall, Recommendation
from assessment.reports.result_output import json_of, result_text

if TYPE_CHECKING:
    from assessment.reports.report_data import Reading

ENTRIES = [
    "edition",
    "method",
    "dimensions",
    "weakest",
    "overall",
    "verdicts",
    "cases",
    "rules",
    "recommendations",
    "next_steps",
    "robustness",
    "groups",
    "gaps",
    "agreement",
    "arranged_like",
    "agreed",
    "raw",
    "status",
    "notice",
]


def test_door_has_its_entries(reading: Reading) -> None:
    assert list(json_of(reading)) == ENTRIES


def test_dimension_has_its_entries(reading: Reading) -> None:
    assert list(json_of(reading)["dimensions"]["PC"]) == [
        "score",
        "low",
        "high",
        "level",
        "name",
        "limited_by",
        "sufficient",
        "dont_know_share",
        "formal",
        "practice",
    ]


def test_scores_are_not_rounded(reading: Reading) -> None:
    scores = {c: d["score"] for c, d in json_of(reading)["dimensions"].items()}

    assert scores == {c: d.score for c, d in reading.result.dimensions.items()}


def test_rules_are_true_false_or_unknown(empty: Reading) -> None:
    assert set(json_of(empty)["rules"].values()) <= {"true", "false", "unknown"}


def test_recommendations_flag_the_first(reading: Reading) -> None:
    flags = [found["first"] for found in json_of(reading)["recommendations"]]

    assert flags == [found.first for found in reading.result.recommendations]


def test_recommendation_has_horizon_as_a_letter_and_reasons_as_words(reading: Reading) -> None:
    found = Recommendation("R15", None, True, reading.result.recommendations[0].because)
    told = replace(reading, result=replace(reading.result, recommendations=(found,)))

    printed = json_of(told)["recommendations"][0]

    assert (printed["code"], printed["horizon"], len(printed["because"]) > 0) == ("R15", "S", True)


def test_cases_of_the_same_arrangement_say_what_else_is_the_same(reading: Reading) -> None:
    assert {"case": "MX", "programmes": False, "intention": False} in json_of(reading)[
        "arranged_like"
    ]


def test_overall_is_null_without_information(empty: Reading) -> None:
    assert json_of(empty)["overall"] is None


def test_overall_stands_with_its_interval(reading: Reading) -> None:
    told = replace(reading, result=replace(reading.result, overall=Overall(40.5, 30.0, 50.0)))

    assert json_of(told)["overall"] == {"score": 40.5, "low": 30.0, "high": 50.0}


def test_round_prints_groups_and_gaps(round_reading: Reading) -> None:
    printed = json_of(round_reading)

    assert (len(printed["groups"]), printed["gaps"][0]["between"]) == (
        12,
        ["social_protection", "agriculture"],
    )


def test_text_has_a_line_for_each_dimension(reading: Reading) -> None:
    lines = result_text(reading).splitlines()

    assert [line[:2] for line in lines[:9]] == list(reading.result.dimensions)


def test_text_says_what_is_not_known(empty: Reading) -> None:
    lines = result_text(empty).splitlines()

    assert (lines[0], lines[10]) == (
        "PC  Political commitment and sector priority: not enough information",
        "Weakest: none",
    )


def test_agreed_and_raw_results_are_both_printed(agreed_reading: Reading) -> None:
    printed = json_of(agreed_reading)

    assert printed["agreed"] == ["HC3"]
    assert printed["raw"]["HC"]["score"] != printed["dimensions"]["HC"]["score"]
    assert printed["raw"]["PC"] == printed["dimensions"]["PC"]


def test_without_agreed_answers_there_is_no_raw_result(reading: Reading) -> None:
    printed = json_of(reading)

    assert (printed["agreed"], printed["raw"]) == ([], None)


def test_round_that_is_too_small_says_so_in_both_forms(few_reading: Reading) -> None:
    sentence = "Fewer than 5 responses, so nothing is shown."
    printed = json_of(few_reading)

    assert (printed["status"], printed["notice"]) == ("too_few", sentence)
    assert {d["score"] for d in printed["dimensions"].values()} == {None}
    assert result_text(few_reading) == sentence


def test_result_that_stands_needs_no_notice(reading: Reading) -> None:
    printed = json_of(reading)

    assert (printed["status"], printed["notice"]) == ("judged", None)
