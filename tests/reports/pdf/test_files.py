from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.conf import settings

from assessment.method.seats import Seat
from assessment.reports.logos import ReportLogo
from assessment.reports.pdf import files

if TYPE_CHECKING:
    from assessment.reports.report_data import ReportData


def test_key_changes_with_everything_that_is_drawn(report: ReportData) -> None:
    table: list[dict[str, Any]] = [
        {"notes": {"PC1": "Other."}},
        {"texts": {"X1": "Other."}},
        {"scheme": "Other"},
        {"language": "es"},
        {"result_hash": "0" * 64},
        {"demo": False},
        {"superseded": True},
        {"programmes": ()},
        {"reference": "other"},
        {"seat": Seat("local")},
        {"logos": (ReportLogo("0" * 64, "Ministry", 9, 3),)},
    ]

    assert [
        change
        for change in table
        if files.pdf_key(replace(report, **change)) == files.pdf_key(report)
    ] == []


def test_key_changes_with_every_file_that_draws() -> None:
    reports = settings.BASE_DIR / "assessment" / "reports"
    named = {file for file in files.rendering_files() if file.suffix == ".py"}

    assert named == set(reports.rglob("*.py"))
    assert {"wording.py", "brief.py", "render.py"} <= {file.name for file in named}
