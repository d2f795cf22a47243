from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from assessment.method.result import Overall, Recommendation
from assessment.reports.result_output import json_of, result_text

if TYPE_CHECKING:
    from assessment.reports.report_data import ReportData

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
    "withheld",
    "patterns",
    "packages",
    "contrast",
    "advice",
    "together",
    "status",
    "notice",
]


def test_door_has_its_entries(report: ReportData) -> None:
    assert list(json_of(report)) == ENTRIES


def test_dimension_has_its_entries(report: ReportData) -> None:
    assert list(json_of(report)["dimensions"]["PC"]) == [
        "score",
        "low",
        "high",
        "level",
        "name",
        "limited_by",
        "sufficient",
        "standing",
        "direction",
        "answered",
        "asked",
        "dont_know_share",
        "formal",
        "practice",
    ]


def test_scores_are_not_rounded(report: ReportData) -> None:
    scores = {c: d["score"] for c, d in json_of(report)["dimensions"].items()}

    assert scores == {c: d.score for c, d in report.result.dimensions.items()}


def test_rules_are_true_false_or_unknown(empty: ReportData) -> None:
    assert set(json_of(empty)["rules"].values()) <= {"true", "false", "unknown"}


def test_recommendations_flag_the_first(report: ReportData) -> None:
    flags = [found["first"] for found in json_of(report)["recommendations"]]

    assert flags == [found.first for found in report.result.recommendations]


def test_recommendation_has_horizon_as_a_letter_and_reasons_as_words(report: ReportData) -> None:
    found = Recommendation("R15", None, True, report.result.recommendations[0].because)
    changed_report = replace(report, result=replace(report.result, recommendations=(found,)))

    printed = json_of(changed_report)["recommendations"][0]

    assert (printed["code"], printed["horizon"], len(printed["because"]) > 0) == ("R15", "S", True)


def test_cases_of_the_same_arrangement_say_what_else_is_the_same(report: ReportData) -> None:
    assert {"case": "MX", "programmes": False, "intention": False} in json_of(report)[
        "arranged_like"
    ]


def test_overall_is_null_without_information(empty: ReportData) -> None:
    assert json_of(empty)["overall"] is None


def test_overall_stands_with_its_interval(report: ReportData) -> None:
    changed_report = replace(
        report, result=replace(report.result, overall=Overall(40.5, 30.0, 50.0))
    )

    assert json_of(changed_report)["overall"] == {"score": 40.5, "low": 30.0, "high": 50.0}


def test_round_prints_groups_and_gaps(round_report: ReportData) -> None:
    printed = json_of(round_report)

    assert (len(printed["groups"]), printed["gaps"][0]["between"]) == (
        12,
        ["social_protection", "agriculture"],
    )


def test_text_has_a_line_for_each_dimension(report: ReportData) -> None:
    lines = result_text(report).splitlines()

    assert [line[:2] for line in lines[:9]] == list(report.result.dimensions)


def test_text_says_what_is_not_known(empty: ReportData) -> None:
    lines = result_text(empty).splitlines()

    assert (lines[0], lines[10]) == (
        "PC  Political commitment and sector priority: not enough information",
        "Weakest: none",
    )


def test_agreed_and_raw_results_are_both_printed(agreed_report: ReportData) -> None:
    printed = json_of(agreed_report)

    assert printed["agreed"] == ["HC3"]
    assert printed["raw"]["HC"]["score"] != printed["dimensions"]["HC"]["score"]
    assert printed["raw"]["PC"] == printed["dimensions"]["PC"]


def test_without_agreed_answers_there_is_no_raw_result(report: ReportData) -> None:
    printed = json_of(report)

    assert (printed["agreed"], printed["raw"]) == ([], None)


def test_round_that_is_too_small_says_so_in_both_forms(few_report: ReportData) -> None:
    sentence = "Fewer than 5 responses, so nothing is shown."
    printed = json_of(few_report)

    assert (printed["status"], printed["notice"]) == ("too_few", sentence)
    assert {d["score"] for d in printed["dimensions"].values()} == {None}
    assert result_text(few_report) == sentence


def test_result_that_stands_needs_no_notice(report: ReportData) -> None:
    printed = json_of(report)

    assert (printed["status"], printed["notice"]) == ("judged", None)
