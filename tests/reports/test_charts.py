from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.template import Context, Template

from assessment.reports import charts
from assessment.reports.chart_tag import PRINT

if TYPE_CHECKING:
    from assessment.reports.report_data import ReportData


def changed(report: ReportData, **figures: Any) -> ReportData:
    """The first dimension with other figures."""
    code, found = next(iter(report.result.dimensions.items()))
    others = {**report.result.dimensions, code: replace(found, **figures)}
    return replace(report, result=replace(report.result, dimensions=others))


def with_level(report: ReportData, level: int) -> ReportData:
    return changed(report, level=level)


def with_indication(report: ReportData) -> ReportData:
    return changed(report, standing="indicative", direction="low", level=None, score=10.0)


def test_place_stays_on_the_scale() -> None:
    table: list[tuple[float, str]] = [
        (0, "0.00%"),
        (33.333, "33.33%"),
        (120, "100.00%"),
        (-1, "0.00%"),
    ]

    assert [(value, charts.place(value)) for value, _ in table] == table


def test_profile_chart_tells_low_from_high_without_colour(report: ReportData) -> None:
    bars = {
        level: charts.profile_chart(with_level(report, level)).rows[0].marks[0].attributes
        for level in range(5)
    }

    assert [dict(bar)["fill"] for bar in bars.values()] == [
        *["url(#profile-low)"] * 2,
        "url(#profile-middle)",
        *["accent"] * 2,
    ]


def test_profile_chart_draws_an_indication_hollow(report: ReportData) -> None:
    row = charts.profile_chart(with_indication(report)).rows[0]
    bar = dict(row.marks[0].attributes)

    assert (row.value, bar["fill"], bar["stroke-dasharray"]) == ("4/5", "sheet", "4 3")


def test_whisker_is_missing_where_there_is_no_interval() -> None:
    table: list[tuple[float | None, float | None]] = [(None, 3.0), (3.0, None), (3.0, 3.0)]

    assert [charts.whisker(0, *interval) for interval in table] == [()] * len(table)


def test_bands_fill_the_scale(report: ReportData) -> None:
    bands = charts.bands_of(report)

    assert [(band.label, band.x, band.size) for band in bands] == [
        ("Absent", "0.00%", 20),
        ("Initial", "20.00%", 20),
        ("Emerging", "40.00%", 20),
        ("Established", "60.00%", 20),
        ("Consolidated", "80.00%", 20),
    ]


def test_profile_chart_says_every_dimension_in_its_title(report: ReportData) -> None:
    chart = charts.profile_chart(report)

    assert all(d.name in chart.title for d in report.instrument.dimensions)


def test_profile_chart_shows_a_zero(report: ReportData) -> None:
    for standing in ("settled", "indicative"):
        nothing = changed(report, score=0.0, level=0, standing=standing)
        row = charts.profile_chart(nothing).rows[0]

        assert dict(row.marks[0].attributes)["width"] == "3"


def test_profile_chart_draws_no_bar_without_information(empty: ReportData) -> None:
    chart = charts.profile_chart(empty)

    assert {(row.value, row.marks) for row in chart.rows} == {("–", ())}


def test_groups_chart_needs_both_sectors(report: ReportData, round_report: ReportData) -> None:
    hidden = tuple(replace(group, hidden=True) for group in round_report.result.groups)
    unseen = replace(round_report, result=replace(round_report.result, groups=hidden))

    drawn = [charts.groups_chart(one) is not None for one in (report, unseen, round_report)]

    assert drawn == [False, False, True]


def test_groups_chart_needs_a_common_dimension(round_report: ReportData) -> None:
    bare = tuple(
        replace(
            group,
            dimensions={code: replace(d, standing="open") for code, d in group.dimensions.items()},
        )
        for group in round_report.result.groups
    )

    unknown = replace(round_report, result=replace(round_report.result, groups=bare))

    assert charts.groups_chart(unknown) is None


def test_chart_of_the_sectors_has_a_circle_a_square_and_their_distance(
    round_report: ReportData,
) -> None:
    chart = charts.groups_chart(round_report)

    assert chart is not None
    elements = {tuple(mark.element for mark in row.marks) for row in chart.rows}
    assert elements <= {("rect", "svg", "circle"), ("svg", "circle")}
    assert not chart.valued


def test_tag_draws_the_same_chart_for_screen_and_print(report: ReportData) -> None:
    table: list[tuple[str, str]] = [("screen", "var(--accent)"), (PRINT, "#12454b")]

    def outcome(output: str) -> object:
        page = Template("{% load chart %}{% chart drawn %}")
        drawn = charts.profile_chart(report)
        html = page.render(Context({"drawn": drawn, "output": output}))
        bars = re.findall(r'<rect x="0" y="\d+" width="[^"]+" height="12" stroke="([^"]+)"', html)
        return (
            set(bars),
            "var(" in html,
            drawn.title in html,
            html.count("<svg"),
            html.count("</svg>"),
        )

    assert [outcome(output) for output, _ in table] == [
        ({accent}, output != PRINT, True, 1, 1) for output, accent in table
    ]
