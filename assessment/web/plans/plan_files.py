"""The plan as files for other programs: a workbook and a calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment.interchange.plan_calendar import to_ics
from assessment.interchange.plan_workbook import to_plan_workbook
from assessment.reports.budget_words import budget_words
from assessment.reports.plan_tables import plan_dates, plan_table
from assessment.reports.plan_wording import plan_entries

if TYPE_CHECKING:
    from assessment.web.plans.plan_access import PlanAccess

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ICS = "text/calendar; charset=utf-8"


def xlsx(request: HttpRequest, access: PlanAccess) -> HttpResponse:
    report = access.report()
    budget = budget_words(report.instrument)
    table = plan_table(plan_entries(report), budget=budget, several=bool(access.sides))
    return _file(access, to_plan_workbook(table), XLSX, "xlsx")


def ics(request: HttpRequest, access: PlanAccess) -> HttpResponse:
    """An event for each line that has a date; a calendar of none is no file."""
    report = access.report()
    calendar = plan_dates(plan_entries(report), scheme=report.scheme)
    if not calendar.events:
        messages.error(request, _("No line has a date yet: a calendar would be empty."))
        return redirect(access.at.to("plan"))
    return _file(access, to_ics(calendar, now=timezone.now()), ICS, "ics")


def _file(access: PlanAccess, content: bytes, type_: str, ending: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{access.file_name}.{ending}"'}
    return HttpResponse(content, content_type=type_, headers=headers)
