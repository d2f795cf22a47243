"""The report as PDF, and where one waits for it; its pages are in `report_pages.py`."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from assessment.models import ReportFile, Worker
from assessment.tasks import ask_for_report, content_of_file, file_of_report
from assessment.web.access import judged_response_for
from assessment.web.languages import content_language

if TYPE_CHECKING:
    from datetime import datetime

SHORTEST_PAUSE, LONGEST_PAUSE = 2, 30
"""Seconds until the waiting page looks again; it grows with the time that has passed."""
WORKER_IS_MISSED_AFTER = timedelta(seconds=30)
LONG = timedelta(minutes=10)


PDF_NAMES = {
    "brief": "articula-{reference}-brief.pdf",
    "report": "articula-{reference}-without-annexes.pdf",
    "all": "articula-{reference}.pdf",
}
FILE_NAMES = {"brief": "brief", "report": "main", "all": "report"}
"""By layer the first part of the names of its addresses: `brief_pdf`, `brief_wait`."""


def report_pdf(request: HttpRequest, uuid: UUID, layer: str) -> HttpResponse:
    """The whole file, where it is printed; else to where one waits for it."""
    response = judged_response_for(request, uuid)
    now = timezone.now()
    file = file_of_report(response=response, language=_language(), now=now, layer=layer)
    content = content_of_file(file=file, now=now)
    if content is None:
        return redirect(f"{FILE_NAMES[layer]}_wait", uuid)
    name = PDF_NAMES[layer].format(reference=response.reference)
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def report_wait(request: HttpRequest, uuid: UUID, layer: str) -> HttpResponse:
    """Where the printing stands; looks again of itself until it is over."""
    response = judged_response_for(request, uuid)
    now = timezone.now()
    here = reverse(f"{FILE_NAMES[layer]}_wait", args=[uuid])
    if request.method == "POST":
        ask_for_report(response=response, language=_language(), now=now, layer=layer)
        return redirect(here)
    file = file_of_report(response=response, language=_language(), now=now, layer=layer)
    addresses = {"here": here, "pdf": reverse(f"{FILE_NAMES[layer]}_pdf", args=[uuid])}
    addresses["screen"] = reverse("brief", args=[uuid])
    page = render(
        request,
        "questionnaire/report_wait.html",
        {"response": response, "may_retry": True, **addresses, **standing(file, now)},
    )
    if not (file.is_ready or file.is_refused):
        page["Refresh"] = str(pause(file.waited(now)))
    return page


def standing(file: ReportFile, now: datetime) -> dict[str, Any]:
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


def pause(waited: timedelta) -> int:
    return min(max(int(waited.total_seconds() / 4), SHORTEST_PAUSE), LONGEST_PAUSE)


def _language() -> str:
    return content_language()
