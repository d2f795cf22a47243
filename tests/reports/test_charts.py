from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.template import Context, Template

from assessment.reports import charts
from assessment.reports.chart_tag import PRINT
from assessment.reports.marks import place

if TYPE_CHECKING:
    from assessment.reports.report_data import ReportData


def test_scale_is_filled_by_its_bands_and_nothing_is_drawn_beside_it(report: ReportData) -> None:
    """A whisker is missing where there is no interval."""
    places: list[tuple[float, str]] = [
        (0, "0.00%"),
        (33.333, "33.33%"),
        (120, "100.00%"),
        (-1, "0.00%"),
    ]
    intervals: list[tuple[float | None, float | None]] = [(None, 3.0), (3.0, None), (3.0, 3.0)]

    assert [(band.label, band.x, band.size) for band in charts.bands_of(report)] == [
        ("Absent", "0.00%", 20),
        ("Initial", "20.00%", 20),
        ("Emerging", "40.00%", 20),
        ("Established", "60.00%", 20),
        ("Consolidated", "80.00%", 20),
    ]
    assert [(value, place(value)) for value, _ in places] == places
    assert [charts.whisker(0, *interval) for interval in intervals] == [()] * len(intervals)


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
