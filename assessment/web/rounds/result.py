"""The result of a closed round of several, on the pages of a report; of nobody in it."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe

from assessment.actions.record import record_once_a_day
from assessment.models import ReportFile, Round
from assessment.reports.plan_addresses import PlanAddresses
from assessment.reports.report_data import report_of_round
from assessment.reports.screen.chosen_actions import asked_for
from assessment.reports.screen.page_drawing import READER_SLOT, draw_page
from assessment.reports.screen.pages import ACTIONS, FIRST, OVERVIEW, Addresses
from assessment.tasks import content_of_file, file_of_round
from assessment.web.access import NotGranted, shared_round_for
from assessment.web.languages import content_language
from assessment.web.member_access import facilitated_by, viewed_round
from assessment.web.results import pause, standing
from assessment.web.rounds.result_files import csv_links

LAYERS = {
    "brief": ReportFile.Layer.BRIEF,
    "report-without-annexes": ReportFile.Layer.REPORT,
    "report": ReportFile.Layer.ALL,
}
"""By the name of a file in its address what stands in it."""


def round_report(request: HttpRequest, uuid: UUID, place: str) -> HttpResponse:
    found = viewed_round(request, uuid)
    if not found.is_closed:
        raise NotGranted
    record_once_a_day("result_read", found)
    return report_page_of_round(request, found, place, root=reverse("round_report", args=[uuid]))


def shared_round(request: HttpRequest, uuid: UUID, place: str) -> HttpResponse:
    """For who answered in it and submitted, where that was promised, once it is closed."""
    found = shared_round_for(request, uuid)
    root = reverse("shared_round", args=[uuid])
    return report_page_of_round(request, found, place, root=root, to_read=True, files_of=uuid)


def round_pdf(request: HttpRequest, uuid: UUID, file: str) -> HttpResponse:
    """Where it is not printed yet, the page on which one waits for it stands in its place."""
    found = viewed_round(request, uuid)
    layer = LAYERS.get(file)
    if not found.is_closed or layer is None:
        raise NotGranted
    now = timezone.now()
    row = file_of_round(round=found, language=content_language(), now=now, layer=layer)
    content = content_of_file(file=row, now=now)
    if content is not None:
        record_once_a_day("result_exported", found, file=file)
        name = f"articula-{found.reference}-{file}.pdf"
        headers = {"Content-Disposition": f'inline; filename="{name}"'}
        return HttpResponse(content, content_type="application/pdf", headers=headers)
    screen = reverse("round_report_page", args=[uuid, FIRST])
    context = {"here": request.path, "pdf": request.path, "screen": screen}
    page = render(request, "questionnaire/report_wait.html", context | standing(row, now))
    if not row.is_refused:
        page["Refresh"] = str(pause(row.waited(now)))
    return page


def report_page_of_round(
    request: HttpRequest,
    found: Round,
    place: str,
    *,
    root: str,
    to_read: bool = False,
    files_of: UUID | None = None,
) -> HttpResponse:
    """The page at `place` below `root`; raises Http404 where it has none there.

    `to_read`: for who does not run the round; its PDFs and its board are not hers. `files_of` is
    her response, by which she gets the other files.
    """
    report = report_of_round(found, language=content_language())
    facilitated = not to_read and found.scheme.owner in facilitated_by(request)
    files = {layer: reverse("round_pdf", args=[found.uuid, name]) for name, layer in LAYERS.items()}
    addresses = Addresses(
        root=root,
        brief_pdf="" if to_read else files[ReportFile.Layer.BRIEF],
        whole_pdf="" if to_read else files[ReportFile.Layer.ALL],
        main_pdf="" if to_read else files[ReportFile.Layer.REPORT],
        share="",
        plan=PlanAddresses(found.uuid, of_round=True) if facilitated else None,
    )
    chosen = asked_for(request.GET) if place == ACTIONS else {}
    drawn = draw_page(replace(report, facilitated=facilitated), place, addresses, chosen)
    if drawn is None:
        raise Http404
    own = mark_safe(drawn.content.replace(READER_SLOT, get_token(request)))
    safe = drawn._replace(way=mark_safe(drawn.way), content=own, plan=mark_safe(drawn.plan))
    context = {
        "drawn": safe,
        "plan_at": addresses.plan,
        "demo": found.demo,
        "round": found,
        "to_read": to_read,
        "files_of": files_of or found.uuid,
        "csv_forms": csv_links(),
        "with_files": place in {FIRST, OVERVIEW},
    }
    return render(request, "rounds/report.html", context)
