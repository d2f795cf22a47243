"""The report on screen and as PDF."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from assessment.reports.page import report_context
from assessment.reports.pdf.files import cached_pdf
from assessment.reports.pdf.render import PdfUnavailable
from assessment.reports.pdf.worker import PdfBusy, PdfTooLong
from assessment.reports.report_data import report_of_response
from assessment.web.access import judged_response_for

if TYPE_CHECKING:
    from assessment.models import Response

logger = logging.getLogger(__name__)


def report(request: HttpRequest, uuid: UUID) -> HttpResponse:
    response = judged_response_for(request, uuid)
    data = report_of_response(response, language=get_language() or "en")
    newer = response.successor() if data.superseded else None
    context = {**report_context(data), "response": response, "newer": newer}
    return render(request, "report/report.html", context)


def report_pdf(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Built whole before it is sent; a machine that cannot make it says what it lacks."""
    response = judged_response_for(request, uuid)
    data = report_of_response(response, language=get_language() or "en")
    try:
        content = cached_pdf(data, timezone.now())
    except PdfUnavailable as lacking:
        context = {"response": response, "problem": str(lacking)}
        return render(request, "questionnaire/no_pdf.html", context, status=503)
    except PdfBusy:
        return _later(request, response, _("Several reports are being made at this moment."))
    except PdfTooLong:
        logger.error("a report could not be printed in time", extra={"request": request})
        return _later(request, response, _("Making the PDF took too long."))
    name = f"articula-{response.reference}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def _later(request: HttpRequest, response: Response, reason: str) -> HttpResponse:
    context = {"response": response, "reason": reason}
    later = render(request, "questionnaire/pdf_later.html", context, status=503)
    later["Retry-After"] = "30"
    return later
