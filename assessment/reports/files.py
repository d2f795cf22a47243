"""The report of one reading as a file: what is printed, and the PDF that is kept of it."""

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

from assessment.models.results import ReportFile
from assessment.reports.fonts import characters
from assessment.reports.page import report_context
from assessment.reports.pdf import STYLES, pdf_of
from assessment.reports.press import press

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from assessment.reports.reading import Reading

TEMPLATES = settings.BASE_DIR / "templates" / "report"
LONGEST_NOTE = 5_000
MOST_LINES = 100
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


def report_pdf(reading: Reading) -> bytes:
    """The report as PDF/UA-1, drawn in this process; the same reading gives the same bytes."""
    return pdf_of(print_html(reading))


def kept_pdf(reading: Reading, now: datetime) -> bytes:
    """The PDF of this reading, printed at most once for the same content.

    Raises what the press raises: PdfBusy, PdfTooLong, PdfUnavailable, UnprintableText.
    """
    key = key_of(reading)
    kept = _kept(key)
    if kept is None:
        with press.turn():
            kept = _kept(key) or _printed(key, reading, now)
    return bytes(kept.content)


def _kept(key: str) -> ReportFile | None:
    return ReportFile.objects.filter(key=key).first()


def _printed(key: str, reading: Reading, now: datetime) -> ReportFile:
    content = press.printed(print_html(reading))
    kept, _created = ReportFile.objects.get_or_create(
        key=key, defaults={"content": content, "created_at": now}
    )
    return kept


def key_of(reading: Reading) -> str:
    """The hash of everything the bytes depend on."""
    parts = [
        reading.result_hash,
        reading.result.edition_hash,
        reading.instrument.texts_hash,
        reading.language,
        str(reading.generated_at),
        reading.reference,
        reading.scheme,
        [[programme.name, programme.institution] for programme in reading.programmes],
        dict(reading.notes),
        dict(reading.texts),
        reading.demo,
        reading.superseded,
        reading.correction,
        reading.submitted,
        drawing_hash(),
    ]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


@lru_cache(maxsize=1)
def drawing_hash() -> str:
    """Changes with the templates, the style sheets and the code that draws."""
    code = Path(__file__).parent
    files = [*STYLES, *sorted(TEMPLATES.glob("*.html")), *sorted(code.rglob("*.py"))]
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()


def print_html(reading: Reading) -> str:
    """The page that becomes the PDF: long texts cut, nothing in it that the fonts lack."""
    short = replace(reading, notes=_capped(reading.notes), texts=_capped(reading.texts))
    with translation.override(reading.language):
        created = reading.generated_at.strftime("%Y-%m-%dT%H:%M:%SZ")
        context = report_context(short) | {"created": created}
        return printable(render_to_string("report/report_pdf.html", context))


def _capped(texts: Mapping[str, str]) -> dict[str, str]:
    return {code: capped(text) for code, text in texts.items()}


def capped(text: str) -> str:
    """The beginning of a long text; the whole stands on the page."""
    lines = text.splitlines()
    short = "\n".join(lines[:MOST_LINES])[:LONGEST_NOTE]
    if len(lines) <= MOST_LINES and len(text) <= LONGEST_NOTE:
        return text
    return short + "\n" + _("[Cut here. The whole text stands in the report on the screen.]")


def printable(html: str) -> str:
    """Characters that the fonts do not have become one visible sign."""
    missing = {ord(sign) for sign in set(html)} - characters()
    return html.translate(dict.fromkeys(missing, REPLACEMENT)) if missing else html
