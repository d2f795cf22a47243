"""The plan of the round as it stands: no part of the result, printed beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from assessment.reports import formats
from assessment.reports.plan_wording import PlanEntry, plan_entries
from assessment.reports.sections.lines import Section

if TYPE_CHECKING:
    from assessment.reports.report_data import ReportData


@dataclass(frozen=True, slots=True)
class Plan:
    """`stood_on` is the day of the last change."""

    entries: tuple[PlanEntry, ...]
    stood_on: str


def plan(report: ReportData) -> Section | None:
    """None where nothing was taken: the rows to fill in by hand stand in its place."""
    entries = plan_entries(report)
    if not entries:
        return None
    stood_on = formats.date_words(max(entry.changed_at for entry in entries))
    return Section("plan", _("The plan"), "report/_plan.html", Plan(entries, stood_on))
