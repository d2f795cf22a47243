"""A report as a file: the HTML that is printed, and the PDF that is stored of it.

Two caches: the PDF in the table `ReportFile`, because printing takes 2.5 s of processor time and
reading it 0.6 ms; and the hash of the code that draws, which is part of its key.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from assessment.instrument.answers import NOTE_LIMIT
from assessment.models.results import ReportFile
from assessment.reports.chart_tag import PRINT
from assessment.reports.page import report_context
from assessment.reports.pdf.fonts import characters
from assessment.reports.pdf.render import STYLES, pdf_of
from assessment.reports.pdf.worker import pdf_worker

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from assessment.reports.report_data import ReportData

TEMPLATES = settings.BASE_DIR / "templates" / "report"
REPORTS = Path(__file__).resolve().parent.parent
MOST_LINES = 100
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


def report_pdf(report: ReportData) -> bytes:
    """The report as PDF/UA-1, rendered in this process; the same report gives the same bytes."""
    return pdf_of(print_html(report))


def cached_pdf(report: ReportData, now: datetime) -> bytes:
    """The PDF of this report, printed at most once for the same content.

    Raises what the worker raises: PdfBusy, PdfTooLong, PdfUnavailable, UnprintableText. Looks again
    once it has its slot: who waited there may have waited for the very same report.
    """
    key = pdf_key(report)
    stored = _stored_file(key)
    if stored is None:
        with pdf_worker.slot():
            stored = _stored_file(key) or _print_and_store(key, report, now)
    return bytes(stored.content)


def _stored_file(key: str) -> ReportFile | None:
    return ReportFile.objects.filter(key=key).first()


def _print_and_store(key: str, report: ReportData, now: datetime) -> ReportFile:
    content = pdf_worker.render(print_html(report))
    stored, _created = ReportFile.objects.get_or_create(
        key=key, defaults={"content": content, "created_at": now}
    )
    return stored


def pdf_key(report: ReportData) -> str:
    """The hash of everything the bytes depend on, so that a stored PDF is never stale.

    Names and notes are in it and cannot be read back. Whoever gets the PDF was asked for access to
    the response before (`web/results.py`); the key itself opens nothing.
    """
    parts = [
        report.result_hash,
        report.result.edition_hash,
        report.instrument.texts_hash,
        report.language,
        str(report.generated_at),
        report.reference,
        report.scheme,
        [[programme.name, programme.institution] for programme in report.programmes],
        dict(report.notes),
        dict(report.texts),
        report.demo,
        report.superseded,
        report.correction,
        report.submitted,
        renderer_hash(),
    ]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


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


def print_html(report: ReportData) -> str:
    """The page that becomes the PDF: long texts cut, nothing in it that the fonts lack."""
    short = replace(report, notes=_shortened(report.notes), texts=_shortened(report.texts))
    with translation.override(report.language):
        created = report.generated_at.strftime("%Y-%m-%dT%H:%M:%SZ")
        context = report_context(short) | {"created": created, "output": PRINT}
        return printable(render_to_string("report/report_pdf.html", context))


def _shortened(texts: Mapping[str, str]) -> dict[str, str]:
    return {code: shorten(text) for code, text in texts.items()}


def shorten(text: str) -> str:
    """The beginning of a long text; the whole stands on the page."""
    lines = text.splitlines()
    short = "\n".join(lines[:MOST_LINES])[:NOTE_LIMIT]
    if len(lines) <= MOST_LINES and len(text) <= NOTE_LIMIT:
        return text
    return short + "\n" + _("[Cut here. The whole text stands in the report on the screen.]")


def printable(html: str) -> str:
    """Characters that the fonts do not have become one visible sign."""
    missing = {ord(sign) for sign in set(html)} - characters()
    return html.translate(dict.fromkeys(missing, REPLACEMENT)) if missing else html
