"""What a section holds, and reports that differ in one part of their result."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from assessment.reports.report_data import ReportData
    from assessment.reports.sections.lines import Section


def content(section: Callable[[ReportData], Section | None], report: ReportData) -> Any:
    drawn = section(report)
    assert drawn is not None
    return drawn.content


def changed(report: ReportData, **result: Any) -> ReportData:
    return replace(report, result=replace(report.result, **result))
