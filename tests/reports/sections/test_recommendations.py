"""Recommendations and the action plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assessment.method.result import Recommendation
from assessment.reports.sections.recommendations import (
    action_plan,
    more_recommendations,
    recommendation_lines,
    recommendations,
)
from tests.reports.section_content import changed, content

if TYPE_CHECKING:
    from assessment.reports.report_data import ReportData


def test_first_recommendations_are_at_most_seven(report: ReportData) -> None:
    assert len(content(recommendations, report).first) <= 7


def test_further_recommendations_stand_in_the_annex(report: ReportData) -> None:
    all_lines = recommendation_lines(report)
    further = content(more_recommendations, report).lines

    assert len(further) == len(all_lines) - len(content(recommendations, report).first)


def test_no_annex_without_further_recommendations(report: ReportData) -> None:
    first = tuple(r for r in report.result.recommendations if r.first)

    assert more_recommendations(changed(report, recommendations=first)) is None


def test_variant_replaces_the_text_of_a_rule(report: ReportData) -> None:
    rule = next(rule for rule in report.instrument.rules if rule.variants)
    found = Recommendation(rule.code, 0, True, ())

    line = recommendation_lines(changed(report, recommendations=(found,)))[0]

    assert line.text == rule.variants[0].text


def test_action_plan_numbers_the_rows_to_fill_in(report: ReportData) -> None:
    found = content(action_plan, report)

    assert [line.number for line in found.lines] + list(found.blank) == [
        str(at) for at in range(1, len(found.lines) + 4)
    ]
