"""What the report's template needs: the same for the page, the file and the PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment.models.offered_languages import interface_of
from assessment.reports import formats
from assessment.reports.sections import ANNEXES, BRIEF, LAYERS, REPORT, sections_of
from assessment.reports.sections.brief import rules_in_brief
from assessment.reports.sections.lines import edition_words
from assessment.reports.sections.meeting import rules_of_meeting
from assessment.reports.sections.names import cut_name

if TYPE_CHECKING:
    from assessment.reports.report_data import ReportData
    from assessment.reports.sections.lines import Section

HEADINGS = {
    BRIEF: gettext_lazy("Brief"),
    REPORT: gettext_lazy("Report"),
    ANNEXES: gettext_lazy("Annexes"),
}
SHORT_HASH = 12
CONTENTS = 3
"""So many lists beside each other: WeasyPrint takes a tenth of a report to balance columns."""
BEGINNINGS = ("process", "changes", "recommendations")
"""What the report itself may begin with; the list of contents stands before the first of them."""
STYLES = ("tokens.css", "base.css", "report.css", "result-pages.css")


def report_context(report: ReportData, layers: tuple[str, ...] = LAYERS) -> dict[str, Any]:
    """Everything the templates draw, in the report's language; `reading` is the report data.

    `running` is the title as it stands over each page of paper. `elsewhere` is what the layers
    hold that are not drawn here, where the glossary is. `in_brief` are the rules whose first step
    stands in the brief on the same pages, `in_meeting` those whose needs begin in the plan for the
    meeting.
    `subjects_at` has by a subject's slug the address where it stands, as far as it does.
    """
    with translation.override(interface_of(report.language)):
        sections = sections_of(report, layers)
        brief_stands = BRIEF in layers and not report.too_few
        parts = (slug for section in sections for slug, _name in section.parts)
        return {
            "reading": report,
            "title": title(report),
            "running": cut_name(title(report)),
            "scheme": report.scheme,
            "heading": str(HEADINGS[layers[0]]),
            "page_title": f"{HEADINGS[layers[0]]}{formats.colon()}{title(report)}",
            "layer": layers[0],
            "sections": sections,
            "contents_before": next((s.slug for s in sections if s.slug in BEGINNINGS), ""),
            "listed": in_columns([one for one in sections if one.slug != "cover"], CONTENTS),
            "identity": identity(report),
            "demo": report.demo,
            "logos": report.logos,
            "mark": watermark(report),
            "language": interface_of(report.language),
            "elsewhere": _elsewhere(report, layers),
            "in_brief": rules_in_brief(report) if brief_stands else frozenset(),
            "in_meeting": frozenset() if report.too_few else rules_of_meeting(report),
            "subjects_at": {slug: f"#{slug}" for slug in parts},
        }


def _elsewhere(report: ReportData, layers: tuple[str, ...]) -> tuple[object, ...]:
    if ANNEXES not in layers:
        return ()
    others = [layer for layer in LAYERS if layer not in layers]
    return tuple(section.content for section in sections_of(report, others))


def title(report: ReportData) -> str:
    if report.scheme:
        return _("Working together: {scheme}").format(scheme=report.scheme)
    return _("Working together: your report")


def watermark(report: ReportData) -> str:
    """What is said on every page of a report that is not to be taken for the latest or for real."""
    said = {
        _("Invented example"): report.demo,
        _("Superseded by a newer revision"): report.superseded,
    }
    return " · ".join(words for words, holds in said.items() if holds)


def identity(report: ReportData) -> str:
    """What stands at the foot of every page."""
    return _("{edition} · Method {method} · Result {hash} · {date}").format(
        edition=edition_words(report),
        method=report.result.method,
        hash=report.result_hash[:SHORT_HASH],
        date=formats.date_words(report.generated_at),
    )


def report_html(report: ReportData, layers: tuple[str, ...] = LAYERS) -> str:
    """The page as one file that needs nothing beside it."""
    folder = settings.BASE_DIR / "static" / "css"
    style = "\n".join((folder / name).read_text(encoding="utf-8") for name in STYLES)
    context = report_context(report, layers) | {"style": mark_safe(style)}
    with translation.override(interface_of(report.language)):
        return render_to_string("report/report_file.html", context)


def in_columns(sections: list[Section], count: int) -> tuple[list[Section], ...]:
    """One after the other, the first ones longer where it does not come out even."""
    each = -(-len(sections) // count)
    return tuple(sections[at : at + each] for at in range(0, len(sections), each or 1))
