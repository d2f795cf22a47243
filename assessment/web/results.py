"""The report on screen and as PDF."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language

from assessment.reports.page import report_context
from assessment.reports.pdf import PdfBusy, PdfUnavailable, kept_pdf
from assessment.reports.reading import reading_of
from assessment.web.access import closed_response_for


def report(request: HttpRequest, uuid: UUID) -> HttpResponse:
    response = closed_response_for(request, uuid)
    reading = reading_of(response, language=get_language() or "en")
    context = {**report_context(reading), "response": response}
    return render(request, "report/report.html", context)


def report_pdf(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Built whole before it is sent; a machine that cannot make it says what it lacks."""
    response = closed_response_for(request, uuid)
    reading = reading_of(response, language=get_language() or "en")
    try:
        content = kept_pdf(reading, timezone.now())
    except PdfUnavailable as lacking:
        context = {"response": response, "problem": str(lacking)}
        return render(request, "questionnaire/no_pdf.html", context, status=503)
    except PdfBusy:
        busy = render(request, "questionnaire/pdf_later.html", {"response": response}, status=503)
        busy["Retry-After"] = "30"
        return busy
    name = f"articula-{response.reference}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)
