"""The pages of a report on the screen: drawn once for a result, a language and a page."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from assessment.models.prepared_queries import EDITION_COLUMNS, RowsOfReport, rows_of_report
from assessment.models.process_cache import RESULT_PAGES
from assessment.reports.logos import site_logos
from assessment.reports.plan_addresses import PlanAddresses
from assessment.reports.report_data import own_plan, report_of_response
from assessment.reports.screen.chosen_actions import asked_for
from assessment.reports.screen.page_drawing import READER_SLOT, DrawnPage, draw_page
from assessment.reports.screen.pages import ACTIONS, FIRST, Addresses
from assessment.web.access import judged_response_for
from assessment.web.languages import content_language
from assessment.web.questionnaire.going_on import going_on

if TYPE_CHECKING:
    from assessment.models import Response

BETWEEN = "\0"
"""Between the parts of a page that is kept; no text has it."""


def report_page(request: HttpRequest, uuid: UUID, path: str, part: str = "") -> HttpResponse:
    """The frame is drawn for this reader; what is kept stands in it and was drawn for nobody."""
    response = judged_response_for(request, uuid)
    rows = rows_of_report(response)
    newer = {"uuid": rows.newer} if rows.newer else None
    place = f"{path}{part.lower()}/" if part else path
    drawn = _drawn_page(response, rows, place, _chosen(request, place))
    if drawn is None:
        raise Http404
    own = mark_safe(drawn.content.replace(READER_SLOT, get_token(request)))
    context = {"drawn": drawn._replace(content=own), "response": response, "newer": newer}
    context["plan_at"] = plan_at(response, superseded=newer is not None)
    if path == FIRST:
        context["going_on"] = going_on(response)
    return render(request, "report/screen/page.html", context)


def _chosen(request: HttpRequest, place: str) -> dict[str, str]:
    """What the address asks for; only the page of actions has something to choose."""
    if place != ACTIONS:
        return {}
    return asked_for(request.GET)


def _drawn_page(
    response: Response, rows: RowsOfReport, place: str, chosen: dict[str, str]
) -> DrawnPage | None:
    superseded = rows.newer is not None
    language = content_language()
    plan = own_plan(response)
    lines = [[line.uuid, line.revision] for line in plan]
    logos = site_logos() if place == FIRST else ()
    key = _key(response, rows, [place, chosen, language, get_language(), superseded, lines, logos])
    kept = RESULT_PAGES.find(key)
    if kept is not None:
        return _safe(*kept.split(BETWEEN, 3))
    # All in one query: left to themselves they would be fetched one by one.
    response.round.refresh_from_db(fields=["uuid", "scheme_name", "programmes"])
    report = report_of_response(response, language=language, plan=plan, logos=logos)
    addresses = _addresses(response, superseded=superseded)
    drawn = draw_page(report, place, addresses, chosen)
    if drawn is None:
        return None
    # Texts of a draft change under the same version, and a filter can be asked for in any words.
    if not response.edition.is_draft and not any(chosen.values()):
        RESULT_PAGES.keep(key, BETWEEN.join(drawn))
    return _safe(*drawn)


def _safe(title: str, way: str, content: str, plan: str) -> DrawnPage:
    """As templates drew them, with everything escaped that people wrote."""
    return DrawnPage(title, mark_safe(way), mark_safe(content), mark_safe(plan))


def _key(response: Response, rows: RowsOfReport, asked: list[object]) -> str:
    """Of everything that is drawn: whatever of it changes, another page is found."""
    parent = response.round
    edition = {name: str(getattr(response.edition, name)) for name in EDITION_COLUMNS}
    own = [str(response.uuid), response.tier, response.sector, response.result_id, response.demo]
    names = () if parent.is_closed else parent.names()
    parts = [own, parent.questionnaire, edition, names, rows.written, asked]
    text = json.dumps(parts, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def plan_at(response: Response, *, superseded: bool) -> PlanAddresses | None:
    """Where its pages take advice into the plan of its round; None where they do not."""
    return PlanAddresses(response.uuid) if response.round.alone and not superseded else None


def _addresses(response: Response, *, superseded: bool) -> Addresses:
    def at(name: str) -> str:
        return reverse(name, args=[response.uuid])

    return Addresses(
        root=at("report"),
        brief_pdf=at("brief_pdf"),
        whole_pdf=at("report_pdf"),
        main_pdf=at("main_pdf"),
        share=at("share") if response.round.alone else "",
        plan=plan_at(response, superseded=superseded),
    )
