"""A sample result that opens without starting: every page of a report, of an invented example."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from assessment.models.process_cache import SAMPLE_HTML
from assessment.reports.brief_picture import brief_picture
from assessment.reports.logos import site_logos
from assessment.reports.sample import sample_of_edition
from assessment.reports.screen.chosen_actions import asked_for
from assessment.reports.screen.page_drawing import draw_page
from assessment.reports.screen.pages import ACTIONS, FIRST, Addresses, paths_of
from assessment.tasks import content_of_file, file_of_sample
from assessment.web import errors
from assessment.web.access import published_edition
from assessment.web.languages import content_language
from assessment.web.limits import WHOLE_SITE, Limit, Try, source
from assessment.web.pages import way_back
from assessment.web.results import pause, standing

if TYPE_CHECKING:
    from assessment.models import Edition
    from assessment.reports.report_data import ReportData

Pieces = Mapping[str, str]
NOTHING: Pieces = {}
LAYERS = {"brief": "brief", "report": "all", "report-without-annexes": "report"}
"""By the name of its file how much it holds."""
FILTERED, FILTERED_BY_ALL = Limit("sample filter", 60), Limit("sample filter of all", 300)
"""Each costs 0.1 s of a processor, from anybody: all together have a third of one at most."""


def sample(request: HttpRequest, place: str) -> HttpResponse:
    """One page; where the example does not fit the current edition there is none."""
    edition = published_edition()
    if place not in paths_of(edition.instrument(_language(edition))):
        raise Http404
    chosen = asked_for(request.GET) if place == ACTIONS else {}
    if any(chosen.values()) and (wait := _seconds_to_wait(request)):
        return _filtered_too_often(request, wait)
    drawn = _page(edition, place, chosen)
    if not drawn:
        raise Http404
    context = {"drawn": drawn, "demo": True, "response": way_back(request)}
    return render(request, "sample/sample.html", context)


def sample_pdf(request: HttpRequest, file: str) -> HttpResponse:
    """Once it is printed for this edition and language; until then this page looks again."""
    edition = published_edition()
    now = timezone.now()
    layer = LAYERS.get(file)
    if layer is None:
        raise Http404
    printed = file_of_sample(edition=edition, language=_language(edition), now=now, layer=layer)
    if printed is None:
        raise Http404
    content = content_of_file(file=printed, now=now)
    if content is not None:
        headers = {"Content-Disposition": f'inline; filename="articula-sample-{file}.pdf"'}
        return HttpResponse(content, content_type="application/pdf", headers=headers)
    context = {"response": way_back(request), "here": request.path, "screen": reverse("sample")}
    page = render(request, "questionnaire/report_wait.html", {**context, **standing(printed, now)})
    if not printed.is_refused:
        page["Refresh"] = str(pause(printed.waited(now)))
    return page


def _seconds_to_wait(request: HttpRequest) -> int:
    both = ((FILTERED, source(request)), (FILTERED_BY_ALL, WHOLE_SITE))
    return Try(both).seconds_to_wait()


def _filtered_too_often(request: HttpRequest, wait: int) -> HttpResponse:
    sentence = _(
        "The actions of the sample were filtered very often at this moment. All of them are shown "
        "without a filter; filter them again in %(time)s."
    )
    return errors.too_many_tries(request, wait, sentence, title=_("Please wait a moment"))


def picture_of_brief(edition: Edition) -> str:
    """Empty where the example does not fit."""
    return _kept(edition, "picture").get("picture", "")


def _page(edition: Edition, place: str, chosen: Mapping[str, str]) -> Pieces:
    """What was filtered is drawn each time: there are too many choices to keep."""
    return _drawn(edition, place, chosen) if any(chosen.values()) else _kept(edition, place)


def _kept(edition: Edition, part: str) -> Pieces:
    """The same for everybody who reads it in one language, and drawn once."""
    language = _language(edition)
    logos = [logo.digest for logo in site_logos()] if part == FIRST else []
    key = (str(edition.pk), edition.instrument(language).texts_hash, language, part, *logos)
    return SAMPLE_HTML.get(key, lambda: _drawn(edition, part, {}))


def _drawn(edition: Edition, part: str, chosen: Mapping[str, str]) -> Pieces:
    report = sample_of_edition(edition, language=_language(edition))
    if report is None:
        return NOTHING
    return _picture(report) if part == "picture" else _pieces(report, part, chosen)


def _pieces(report: ReportData, place: str, chosen: Mapping[str, str]) -> Pieces:
    brief, whole, main = (reverse("sample_pdf", args=[name]) for name in LAYERS)
    addresses = Addresses(
        root=reverse("sample"), brief_pdf=brief, whole_pdf=whole, main_pdf=main, share=""
    )
    page = draw_page(report, place, addresses, chosen)
    safe = {} if page is None else {"way": mark_safe(page.way), "content": mark_safe(page.content)}
    return {"title": page.title, **safe} if page else NOTHING


def _picture(report: ReportData) -> Pieces:
    html = render_to_string("landing/_brief_picture.html", {"brief": brief_picture(report)})
    return {"picture": html}


def _language(edition: Edition) -> str:
    return content_language()
