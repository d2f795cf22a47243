"""The section on agreed answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assessment.reports.sections.agreed import agreed
from assessment.reports.sections.lines import score_line
from tests.reports.section_content import changed, content

if TYPE_CHECKING:
    from assessment.reports.report_data import ReportData


def test_agreed_section_shows_both_results(agreed_report: ReportData) -> None:
    found = content(agreed, agreed_report)
    lines = {line.name: line for line in found.lines}
    raw = agreed_report.result.raw or {}

    assert [line.code for line in found.answers] == ["HC3"]
    assert [line.changed for line in found.lines].count(True) == 1
    assert lines["Coordination between ministries"].raw == "{}, {}".format(
        score_line(agreed_report, raw["HC"]).level, score_line(agreed_report, raw["HC"]).score
    )


def test_agreed_section_has_no_number_without_information(
    agreed_report: ReportData, empty: ReportData
) -> None:
    blank = empty.result.dimensions
    found = content(agreed, changed(agreed_report, raw=blank))

    assert {line.raw for line in found.lines} == {"Not enough information"}


def test_agreed_section_is_left_out_where_nothing_was_agreed(report: ReportData) -> None:
    assert agreed(report) is None
