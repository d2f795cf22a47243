from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.template import Context, Template

from assessment.reports import charts
from assessment.reports.chart_tag import PRINT
from assessment.reports.marks import place

if TYPE_CHECKING:
    from assessment.reports.report_data import ReportData


def test_place_stays_on_the_scale() -> None:
    table: list[tuple[float, str]] = [
        (0, "0.00%"),
        (33.333, "33.33%"),
        (120, "100.00%"),
        (-1, "0.00%"),
    ]

    assert [(value, place(value)) for value, _ in table] == table


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


def test_tag_draws_the_same_chart_for_screen_and_print(report: ReportData) -> None:
    table: list[tuple[str, str]] = [("screen", "var(--accent)"), (PRINT, "#0e4d54")]

    def outcome(output: str) -> object:
        page = Template("{% load chart %}{% chart drawn %}")
        drawn = charts.range_chart(report)
        html = page.render(Context({"drawn": drawn, "output": output}))
        bars = re.findall(r'<circle [^>]*fill="([^"]+)"', html)
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
