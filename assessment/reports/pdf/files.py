"""A report as a file: the HTML that is printed, and the key under which its PDF is stored.

The PDF is stored in the table `ReportFile`, because printing takes 2.5 s of processor time and
reading it 0.6 ms. The hash of the code that draws is part of its key and kept in the process.
"""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from assessment.models.offered_languages import interface_of
from assessment.reports.chart_tag import PRINT
from assessment.reports.page import report_context
from assessment.reports.pdf.printed_logos import printed_logos
from assessment.reports.pdf.printed_text import mark, prepare_texts, printable, unprintable
from assessment.reports.pdf.render import STYLES, pdf_of
from assessment.reports.sections import LAYERS, REPORT

if TYPE_CHECKING:
    from assessment.reports.report_data import ReportData, ReportFrame

TEMPLATES = settings.BASE_DIR / "templates" / "report"
REPORTS = Path(__file__).resolve().parent.parent


def report_pdf(report: ReportData, layers: tuple[str, ...] = LAYERS) -> bytes:
    """The report as PDF/UA-1, rendered in this process; the same report gives the same bytes."""
    return pdf_of(print_html(report, layers))


def pdf_key(report: ReportFrame, layers: tuple[str, ...] = LAYERS) -> str:
    """The hash of everything the bytes depend on, so that a stored PDF is never stale.

    The hash of the result stands for the result, that of its edition among it.

    The plan changes while the result stays, and is printed in the layer REPORT alone: the revisions
    of its lines, in their order, are in the key of a file that has this layer
    (docs/decisions/0018-the-plan.md).
    Names and notes are in it and cannot be read back. Whoever gets the PDF was asked for access to
    the response before (`web/results.py`); the key itself opens nothing.
    """
    parts = [
        report.result_hash,
        report.instrument.texts_hash,
        report.language,
        interface_of(report.language),
        str(report.generated_at),
        report.reference,
        report.scheme,
        [[one.name, one.institution, one.sector] for one in report.programmes],
        [report.seat.tier, report.seat.sector],
        dict(report.notes),
        dict(report.texts),
        report.demo,
        report.superseded,
        report.correction,
        report.submitted,
        report.core_only,
        [[logo.digest, logo.alternative] for logo in report.logos],
        sorted([*cell, number] for cell, number in report.invited.items()),
        sorted(report.tier_words.items()),
        renderer_hash(),
        _plan_revisions(report) if REPORT in layers else [],
        dict(report.process),
        [[one.code, one.revision] for one in report.agreements],
        report.before.result_hash if report.before else "",
        _plan_revisions(report.before) if report.before and REPORT in layers else [],
    ]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def _plan_revisions(report: ReportFrame) -> list[tuple[str, int]]:
    return [(str(line.uuid), line.revision) for line in report.plan]


@lru_cache(maxsize=1)
def renderer_hash() -> str:
    """Changes with every file that `rendering_files` names.

    Worked out once by each process: a running program's files do not change under it.
    """
    digest = hashlib.sha256()
    for file in rendering_files():
        digest.update(file.read_bytes())
    return digest.hexdigest()


def rendering_files() -> list[Path]:
    """The style sheets, the templates and the whole code of reports, down to its words."""
    return [*STYLES, *sorted(TEMPLATES.glob("*.html")), *sorted(REPORTS.rglob("*.py"))]


def print_html(report: ReportData, layers: tuple[str, ...] = LAYERS) -> str:
    """The page that becomes the PDF: long texts cut, nothing in it that the fonts lack."""
    with translation.override(interface_of(report.language)):
        created = report.generated_at.strftime("%Y-%m-%dT%H:%M:%SZ")
        drawn = report_context(prepare_texts(report), layers)
        logos = printed_logos(report.logos)
        context = drawn | {"created": created, "output": PRINT, "logos": logos}
        html = render_to_string("report/report_pdf.html", context)
        if unprintable(html):
            html = render_to_string("report/report_pdf.html", context | {"not_printed": mark()})
        return printable(html)
