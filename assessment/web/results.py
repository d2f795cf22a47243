"""The report on screen and as PDF."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language

from assessment.models import ReportFile, Worker
from assessment.reports.page import report_context
from assessment.reports.report_data import report_of_response
from assessment.tasks import ask_for_report, content_of_file, file_of_report
from assessment.web.access import judged_response_for

if TYPE_CHECKING:
    from datetime import datetime

SHORTEST_PAUSE, LONGEST_PAUSE = 2, 30
"""Seconds until the waiting page looks again; it grows with the time that has passed."""
WORKER_IS_MISSED_AFTER = timedelta(seconds=30)
LONG = timedelta(minutes=10)


def report(request: HttpRequest, uuid: UUID) -> HttpResponse:
    response = judged_response_for(request, uuid)
    data = report_of_response(response, language=_language())
    newer = response.successor() if data.superseded else None
    context = {**report_context(data), "response": response, "newer": newer}
    return render(request, "report/report.html", context)


def report_pdf(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The whole file, where it is printed; else to where one waits for it."""
    response = judged_response_for(request, uuid)
    now = timezone.now()
    file = file_of_report(response=response, language=_language(), now=now)
    content = content_of_file(file=file, now=now)
    if content is None:
        return redirect("report_wait", uuid)
    name = f"articula-{response.reference}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def report_wait(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Where the printing stands; looks again of itself until it is over."""
    response = judged_response_for(request, uuid)
    now = timezone.now()
    if request.method == "POST":
        ask_for_report(response=response, language=_language(), now=now)
        return redirect("report_wait", uuid)
    file = file_of_report(response=response, language=_language(), now=now)
    page = render(
        request, "questionnaire/report_wait.html", {"response": response, **_standing(file, now)}
    )
    if not (file.is_ready or file.is_refused):
        page["Refresh"] = str(_pause(file.waited(now)))
    return page


def _standing(file: ReportFile, now: datetime) -> dict[str, Any]:
    if file.is_ready or file.is_refused:
        return {"file": file}
    waited = file.waited(now)
    missed = waited > WORKER_IS_MISSED_AFTER and not Worker.objects.at_work(now).exists()
    return {
        "file": file,
        "before": ReportFile.objects.before(file),
        "minutes": int(waited.total_seconds() // 60),
        "takes_long": waited > LONG,
        "nobody_prints": missed,
    }


def _pause(waited: timedelta) -> int:
    return min(max(int(waited.total_seconds() / 4), SHORTEST_PAUSE), LONGEST_PAUSE)


def _language() -> str:
    return get_language() or "en"
