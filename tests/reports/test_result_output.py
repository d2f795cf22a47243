from __future__ import annotations

from typing import TYPE_CHECKING

from assessment.method.result import Overall, Recommendation
from assessment.reports.result_output import json_of, result_text
from tests.reports.section_content import changed

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


OF_A_DIMENSION = [
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


def test_door_has_its_entries(report: ReportData) -> None:
    """A result that stands needs no notice, and has no raw one where nothing was agreed."""
    printed = json_of(report)

    assert list(printed) == ENTRIES
    assert {tuple(found) for found in printed["dimensions"].values()} == {tuple(OF_A_DIMENSION)}
    assert {name: printed[name] for name in ("status", "notice", "agreed", "raw")} == {
        "status": "judged",
        "notice": None,
        "agreed": [],
        "raw": None,
    }


def test_door_gives_the_result_as_it_was_judged(report: ReportData) -> None:
    """Scores are not rounded; a horizon is a letter, and reasons are told in words."""
    result = report.result
    found = Recommendation("R15", None, True, result.recommendations[0].because)
    other = changed(report, recommendations=(found,), overall=Overall(40.5, 30.0, 50.0))
    printed, of_other = json_of(report), json_of(other)

    scores = {code: one["score"] for code, one in printed["dimensions"].items()}
    assert scores == {code: one.score for code, one in result.dimensions.items()}
    assert [one["first"] for one in printed["recommendations"]] == [
        one.first for one in result.recommendations
    ]
    alike = {"case": "MX", "programmes": False, "intention": False}
    assert alike in printed["arranged_like"]
    assert of_other["overall"] == {"score": 40.5, "low": 30.0, "high": 50.0}
    (told,) = of_other["recommendations"]
    assert (told["code"], told["horizon"], len(told["because"]) > 0) == ("R15", "S", True)


def test_text_has_a_line_for_each_dimension_and_says_what_is_not_known(
    report: ReportData, empty: ReportData
) -> None:
    """Which the fixed form gives as neither true nor a number."""
    printed, lines = json_of(empty), result_text(empty).splitlines()
    first = result_text(report).splitlines()[:9]

    assert [line[:2] for line in first] == list(report.result.dimensions)
    assert set(printed["rules"].values()) <= {"true", "false", "unknown"}
    assert printed["overall"] is None
    assert (lines[0], lines[10]) == (
        "PC  Political commitment and sector priority: not enough information",
        "Weakest: none",
    )


def test_round_prints_groups_gaps_and_both_results_where_something_was_agreed(
    round_report: ReportData, agreed_report: ReportData
) -> None:
    printed, agreed = json_of(round_report), json_of(agreed_report)

    assert (len(printed["groups"]), printed["gaps"][0]["between"]) == (
        12,
        ["social_protection", "agriculture"],
    )
    assert agreed["agreed"] == ["HC3"]
    assert agreed["raw"]["HC"]["score"] != agreed["dimensions"]["HC"]["score"]
    assert agreed["raw"]["PC"] == agreed["dimensions"]["PC"]


def test_round_that_is_too_small_says_so_in_both_forms(few_report: ReportData) -> None:
    sentence = "Fewer than 5 responses, so nothing is shown."
    printed = json_of(few_report)

    assert (printed["status"], printed["notice"]) == ("too_few", sentence)
    assert {d["score"] for d in printed["dimensions"].values()} == {None}
    assert result_text(few_report) == sentence
