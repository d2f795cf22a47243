"""The plan's own page: its lines, filtered, and what was deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils import timezone

from assessment.reports.plan_wording import deleted_entries, plan_entries
from assessment.web.plans.filters import PlanFilter, is_overdue

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from assessment.web.plans.plan_access import PlanAccess


def plan(request: HttpRequest, access: PlanAccess) -> HttpResponse:
    now = timezone.now()
    report = access.report()
    entries = plan_entries(report)
    filters = PlanFilter(request.GET, entries)
    context = {
        "access": access,
        "scheme": report.scheme,
        "filters": filters,
        "entries": filters.chosen(now.date()),
        "total": len(entries),
        "dated": any(entry.due_date for entry in entries),
        "overdue": [entry.uuid for entry in entries if is_overdue(entry, now.date())],
        "deleted": deleted_entries(report, access.round.plan_lines.to_put_back(now)),
    }
    return render(request, "plans/plan.html", access.context() | context)
