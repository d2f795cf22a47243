"""The plan as files for other programs: a workbook and a calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment.interchange.plan_calendar import to_ics
from assessment.interchange.plan_workbook import to_plan_workbook
from assessment.reports.plan_tables import plan_dates, plan_table
from assessment.reports.plan_wording import plan_entries
from assessment.web.access import plan_for
from assessment.web.plans.plan import plan_report

if TYPE_CHECKING:
    from assessment.models import Response

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ICS = "text/calendar; charset=utf-8"


def xlsx(request: HttpRequest, uuid: UUID) -> HttpResponse:
    response, latest = plan_for(request, uuid)
    report = plan_report(response, latest)
    table = plan_table(plan_entries(report), country=report.result.profile.get("country"))
    return _file(response, to_plan_workbook(table), XLSX, "xlsx")


def ics(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """An event for each line that has a date; a calendar of none is no file."""
    response, latest = plan_for(request, uuid)
    report = plan_report(response, latest)
    calendar = plan_dates(plan_entries(report), scheme=report.scheme)
    if not calendar.events:
        messages.error(request, _("No line has a date yet: a calendar would be empty."))
        return redirect("plan", uuid)
    return _file(response, to_ics(calendar, now=timezone.now()), ICS, "ics")


def _file(response: Response, content: bytes, type_: str, ending: str) -> HttpResponse:
    name = f"articula-{response.reference}-plan.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=type_, headers=headers)
