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
    """And rings that come together from level to level."""
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
    assert [len(rings(level)) for level in range(5)] == [2, 2, 2, 2, 1]


def test_interval_lies_on_a_halo_and_an_exact_score_has_none(report: ReportData) -> None:
    html = drawn(first_row(report, level=4, score=90.0, low=80.0, high=95.0))
    lines = re.findall(
        r'<line x1="80.00%" x2="95.00%"[^>]*stroke="([^"]+)" stroke-width="(\d)"', html
    )
    exact = drawn(first_row(report, low=50.0, high=50.0, score=50.0))

    assert lines == [("var(--sheet)", "6"), ("var(--ink)", "2")]
    assert 'stroke-width="6"' not in exact


def test_indication_is_hollow_with_a_broken_edge_and_zero_an_open_wedge(
    report: ReportData,
) -> None:
    """Zero stands as a wedge whether it is settled or an indication."""
    pointing = {"standing": "indicative", "direction": "low", "level": None}
    row = first_row(report, score=10.0, **pointing)
    zeros = [
        drawn(first_row(report, score=0.0, **figures))
        for figures in ({"standing": "settled", "level": 0}, pointing)
    ]

    assert (row.value, row.detail, row.standing) == ("Points low", "4 of 5 answered", "indicative")
    assert 'stroke-dasharray="4 3"' in drawn(row)
    assert "<pattern" not in drawn(row)
    assert ["L12 9.5L1 16" in html for html in zeros] == [True, True]


def test_open_dimension_is_a_dotted_line_and_one_not_asked_has_no_picture(
    report: ReportData,
) -> None:
    """Results of before do not tell how many questions were answered."""
    nothing = {"score": None, "level": None, "direction": None}
    none_asked = {"questions_asked": 0, "questions_answered": 0}
    asked = first_row(report, standing="open", questions_answered=0, **nothing)
    not_asked = first_row(report, standing="not_asked", asked=False, **none_asked, **nothing)
    before = first_row(report, questions_answered=None, questions_asked=None)

    assert (asked.value, asked.detail) == ("Open", "0 of 5 answered")
    assert 'stroke-dasharray="1 4"' in drawn(asked)
    assert (not_asked.value, not_asked.detail) == ("Not asked", "no question applies")
    assert not_asked.picture is None
    assert "answered" not in before.detail


def test_table_and_each_of_its_pictures_say_in_words_what_they_show(
    report: ReportData, empty: ReportData
) -> None:
    table = profile_table(report)
    titles = {row.code: row.picture.title if row.picture else "" for row in table.rows}

    assert len(titles) == 9
    assert [
        row.code
        for row in table.rows
        if row.name not in titles[row.code] or row.value not in titles[row.code]
    ] == []
    assert "Peru (PE)" in table.countries
    assert profile_table(empty).summary == (
        "0 of 9 subjects have a level. Of all 9, 0 stand or point high, 0 low, 9 neither."
    )


def test_cases_of_one_interval_share_a_bracket_and_none_overlaps(report: ReportData) -> None:
    bank = report.instrument
    found = {one.code: brackets_of(bank, one.code) for one in bank.dimensions}
    lanes = {
        (code, lane): sorted((one.low, one.high) for one in brackets if one.lane == lane)
        for code, brackets in found.items()
        for lane in {one.lane for one in brackets}
    }

    overlapping = {
        place: ends
        for place, ends in lanes.items()
        if any(before[1] >= after[0] for before, after in pairwise(ends))
    }
    assert overlapping == {}
    assert "CO MX ET" in [one.names for one in found["DS"]]
