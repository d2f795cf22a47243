"""The plan's own page: its lines, filtered, and what was deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from assessment.reports.plan_wording import deleted_entries, plan_entries
from assessment.reports.report_data import report_of_plan
from assessment.web.access import plan_for
from assessment.web.languages import content_language
from assessment.web.plans.filters import PlanFilter, is_overdue

if TYPE_CHECKING:
    from assessment.models import Response, Result
    from assessment.reports.report_data import ReportData


def plan_report(response: Response, latest: Result) -> ReportData:
    """The plan in the language of the page, read with the latest result of its round."""
    return report_of_plan(response.round, latest, language=content_language())


def plan(request: HttpRequest, uuid: UUID) -> HttpResponse:
    response, latest = plan_for(request, uuid)
    now = timezone.now()
    report = plan_report(response, latest)
    entries = plan_entries(report)
    filters = PlanFilter(request.GET, entries)
    context = {
        "response": response,
        "judged": latest.response,
        "scheme": report.scheme,
        "filters": filters,
        "entries": filters.chosen(now.date()),
        "total": len(entries),
        "dated": any(entry.due_date for entry in entries),
        "overdue": [entry.uuid for entry in entries if is_overdue(entry, now.date())],
        "deleted": deleted_entries(report, response.round.plan_lines.to_put_back(now)),
    }
    return render(request, "plans/plan.html", context)
