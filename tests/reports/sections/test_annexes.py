"""Answers and method."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from assessment.method.result import CaseDistance
from assessment.reports.sections.annexes import answers, method
from tests.reports.section_content import changed, content

if TYPE_CHECKING:
    from assessment.reports.report_data import ReportData


def test_answers_keep_the_notes(report: ReportData) -> None:
    lines = {line.code: line for group in content(answers, report) for line in group.lines}

    assert lines["PC1"].note == "The decree was signed in May."


def test_answers_leave_closing_out_where_the_bank_has_none(report: ReportData) -> None:
    bank = report.instrument
    kept = tuple(q for q in bank.questions if q.profile or q.dimension)
    groups = content(answers, replace(report, instrument=replace(bank, questions=kept)))

    assert groups[-1].name == "Rights and participation"


def test_method_gives_no_total_without_information(empty: ReportData) -> None:
    assert content(method, empty).overall == ""


def test_method_gives_distances(report: ReportData) -> None:
    distance = (CaseDistance("MX", 0.125, 4),)

    line = content(method, changed(report, distances=distance)).distances[0]

    assert (line.distance, line.overlap) == ("0.13", "4")
