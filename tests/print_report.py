"""What a worker does with one report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assessment.tasks import print_reports, stop_printer

if TYPE_CHECKING:
    from assessment.models import Response


def print_report(response: Response) -> None:
    assert response.result_id is not None
    try:
        print_reports.call(response.result_id)
    finally:
        stop_printer()
