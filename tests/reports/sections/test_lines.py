"""Lines that several sections share."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from assessment.reports.sections.lines import answer_line, interval_words, score_line
from tests.reports.section_content import changed

if TYPE_CHECKING:
    from assessment.reports.report_data import ReportData


def test_score_line_of_an_indication_tells_how_little_is_answered(sparse: ReportData) -> None:
    line = score_line(sparse, sparse.result.dimensions["PC"])

    assert (line.level, line.score) == ("Mixed so far: 1 of 4 questions answered", "")
    assert line.interval == "13 to 88"


def test_score_line_without_information_has_no_number(empty: ReportData) -> None:
    line = score_line(empty, empty.result.dimensions["PC"])

    assert (line.level, line.score, line.interval) == ("Not enough information", "", "")


def test_score_line_of_a_dimension_that_was_not_asked(empty: ReportData) -> None:
    found = replace(empty.result.dimensions["PC"], asked=False, low=None, high=None)

    assert (score_line(empty, found).level, interval_words(empty, found)) == ("Not asked", "")


def test_answer_without_item_is_not_answered(report: ReportData) -> None:
    question = report.instrument.question["PC1"]

    line = answer_line(changed(report, items={}), question)

    assert (line.words, line.open) == (("Not answered",), True)


def test_mean_of_a_question_that_is_not_scored_has_no_words(report: ReportData) -> None:
    item = replace(report.result.items["PC1"], value=None, score=None)

    line = answer_line(changed(report, items={"PC1": item}), report.instrument.question["PC1"])

    assert line.open
