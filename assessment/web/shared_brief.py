"""The brief for who has a link to read it: nothing else opens, and nothing is remembered.

The link's secret stays in the address (docs/decisions/0017-links-to-read.md), so no page names it
to another site, and programs that preview links change nothing.
"""

from __future__ import annotations

from datetime import datetime
from functools import wraps
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment.actions.responses.share_brief import note_reader
from assessment.models import ReportFile, SharedBrief
from assessment.reports.page import report_context
from assessment.reports.report_data import report_of_response, without_own_words
from assessment.reports.sections import BRIEF
from assessment.tasks import content_of_file, file_of_report
from assessment.web import errors
from assessment.web.access import actor_for, shared_by_secret
from assessment.web.languages import content_language
from assessment.web.limits import Limit, source

if TYPE_CHECKING:
    from collections.abc import Callable

    View = Callable[[HttpRequest, SharedBrief, datetime], HttpResponse]

WRONG_LINKS = Limit("shared brief", 10)
LOOKS_AGAIN = 5
"""Seconds until the page looks whether the PDF is printed."""


def _for_readers(view: View) -> Callable[..., HttpResponse]:
    """What the link opens, or one answer for every link that opens nothing."""

    @wraps(view)
    def read(request: HttpRequest, secret: str) -> HttpResponse:
        now = timezone.now()
        found = shared_by_secret(secret, now)
        http_response = _nothing(request) if found is None else view(request, found, now)
        # Not "no-referrer": a form of the page would then be sent without its origin.
        http_response["Referrer-Policy"] = "strict-origin"
        http_response["X-Robots-Tag"] = "noindex, nofollow"
        return http_response

    return read


def _nothing(request: HttpRequest) -> HttpResponse:
    """Ended, over, or never there: nobody learns which."""
    wait = WRONG_LINKS.seconds_to_wait(source(request))
    if not wait:
        return render(request, "shared/nothing.html", status=404)
    sentence = _(
        "This link opens nothing, and there were too many such links from your connection. A link "
        "that is right opens at once; for others try again in %(time)s."
    )
    return errors.too_many_tries(request, wait, sentence)


@_for_readers
def shared(request: HttpRequest, found: SharedBrief, now: datetime) -> HttpResponse:
    if _is_opened_by_a_reader(request, found):
        note_reader(shared=found, now=now)
    report = without_own_words(report_of_response(found.response, language=_language()))
    more = {
        "until": found.ends_at,
        "superseded": report.superseded,
        "pdf": f"{request.path}brief.pdf",
    }
    return render(request, "shared/brief.html", {**report_context(report, (BRIEF,)), **more})


@_for_readers
def shared_pdf(request: HttpRequest, found: SharedBrief, now: datetime) -> HttpResponse:
    """The whole file, or a page that looks again until it is printed."""
    file = file_of_report(
        response=found.response, language=_language(), now=now, layer=ReportFile.Layer.SHARED
    )
    content = content_of_file(file=file, now=now)
    if content is not None:
        headers = {"Content-Disposition": 'inline; filename="articula-brief.pdf"'}
        return HttpResponse(content, content_type="application/pdf", headers=headers)
    brief = request.path.removesuffix("brief.pdf")
    page = render(request, "shared/pdf.html", {"file": file, "brief": brief})
    if not file.is_refused:
        page["Refresh"] = str(LOOKS_AGAIN)
    return page


def _is_opened_by_a_reader(request: HttpRequest, found: SharedBrief) -> bool:
    """Not by who made the link, and not by programs that preview it: under TLS browsers say of a
    page that somebody navigates to it.
    """
    if actor_for(request).holds(found.response):
        return False
    told = request.headers.get("Sec-Fetch-Mode", "" if request.is_secure() else "navigate")
    return request.method == "GET" and told == "navigate"


def _language() -> str:
    return content_language()
