from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from django.template import Context, Template

from assessment.reports.chart_tag import PRINT
from assessment.reports.profile_picture import brackets_of
from assessment.reports.profile_table import ProfileRow, profile_table, rings

if TYPE_CHECKING:
    from assessment.reports.report_data import ReportData


def first_row(report: ReportData, **figures: Any) -> ProfileRow:
    """The row of the first dimension with other figures."""
    code, found = next(iter(report.result.dimensions.items()))
    others = {**report.result.dimensions, code: replace(found, **figures)}
    return profile_table(replace(report, result=replace(report.result, dimensions=others))).rows[0]


def drawn(row: ProfileRow, output: str = "screen") -> str:
    page = Template("{% load chart %}{% picture row.picture %}")
    return page.render(Context({"row": row, "output": output}))


def test_every_level_has_a_look_of_its_own(report: ReportData) -> None:
    looks = []
    for level in range(5):
        html = drawn(first_row(report, level=level, score=20.0 * level + 10), PRINT)
        bar = re.findall(r'<rect x="0" y="3" [^>]*fill="([^"]+)"', html)[0]
        ground = re.findall(r'<pattern .*?fill="([^"]+)"', html)
        looks.append((bar, *ground))

    assert looks == [
        ("#fff",),
        ("url(#bar-pc)", "#f8e6bf"),
        ("url(#bar-pc)", "#cfdcae"),
        ("url(#bar-pc)", "#74a99a"),
        ("#0e4d54",),
    ]


def test_interval_lies_on_a_halo(report: ReportData) -> None:
    html = drawn(first_row(report, level=4, score=90.0, low=80.0, high=95.0))
    lines = re.findall(
        r'<line x1="80.00%" x2="95.00%"[^>]*stroke="([^"]+)" stroke-width="(\d)"', html
    )

    assert lines == [("var(--sheet)", "6"), ("var(--ink)", "2")]


def test_exact_score_has_no_interval(report: ReportData) -> None:
    assert 'stroke-width="6"' not in drawn(first_row(report, low=50.0, high=50.0, score=50.0))


def test_indication_is_hollow_with_a_broken_edge(report: ReportData) -> None:
    row = first_row(report, standing="indicative", direction="low", level=None, score=10.0)

    assert (row.value, row.detail, row.standing) == ("Points low", "4 of 5 answered", "indicative")
    assert 'stroke-dasharray="4 3"' in drawn(row)
    assert "<pattern" not in drawn(row)


def test_zero_is_an_open_wedge(report: ReportData) -> None:
    table: list[dict[str, Any]] = [
        {"standing": "settled", "level": 0},
        {"standing": "indicative", "level": None, "direction": "low"},
    ]

    for figures in table:
        assert "L12 9.5L1 16" in drawn(first_row(report, score=0.0, **figures))


def test_open_dimension_is_a_dotted_line_and_one_not_asked_has_no_picture(
    report: ReportData,
) -> None:
    nothing = {"score": None, "level": None, "direction": None}
    asked = first_row(report, standing="open", questions_answered=0, **nothing)
    not_asked = first_row(
        report,
        standing="not_asked",
        asked=False,
        questions_asked=0,
        questions_answered=0,
        **nothing,
    )

    assert (asked.value, asked.detail) == ("Open", "0 of 5 answered")
    assert 'stroke-dasharray="1 4"' in drawn(asked)
    assert (not_asked.value, not_asked.detail) == ("Not asked", "no question applies")
    assert not_asked.picture is None


def test_results_of_before_do_not_tell_how_many_were_answered(report: ReportData) -> None:
    row = first_row(report, questions_answered=None, questions_asked=None)

    assert "answered" not in row.detail


def test_picture_says_its_row_in_words(report: ReportData) -> None:
    for row in profile_table(report).rows:
        assert row.picture is not None
        assert row.name in row.picture.title
        assert row.value in row.picture.title


def test_cases_of_one_interval_share_a_bracket_and_none_overlaps(report: ReportData) -> None:
    for dimension in report.instrument.dimensions:
        found = brackets_of(report.instrument, dimension.code)
        for lane in {one.lane for one in found}:
            ends = sorted((one.low, one.high) for one in found if one.lane == lane)
            assert all(before[1] < after[0] for before, after in pairwise(ends))
    names = [one.names for one in brackets_of(report.instrument, "DS")]
    assert "CO MX ET" in names


def test_rings_come_together_from_level_to_level() -> None:
    assert [len(rings(level)) for level in range(5)] == [2, 2, 2, 2, 1]


def test_summary_counts_what_stands_how(report: ReportData, empty: ReportData) -> None:
    assert profile_table(empty).summary == (
        "0 of 9 subjects have a level. Of all 9, 0 stand or point high, 0 low, 9 neither."
    )
    assert "Peru (PE)" in profile_table(report).countries
