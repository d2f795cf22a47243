"""The PDF: the report's sections through WeasyPrint, which is imported here and nowhere else.

One rendering at a time in a process. Few may wait for it: the threads are for those who answer.
"""

from __future__ import annotations

import hashlib
import json
import logging
import threading
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from assessment.checks import missing_libraries, pango_message
from assessment.models.results import ReportFile
from assessment.reports.fonts import characters, fonts
from assessment.reports.page import report_context

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from assessment.reports.reading import Reading

STYLE = settings.BASE_DIR / "static" / "css" / "report-print.css"
TEMPLATES = settings.BASE_DIR / "templates" / "report"
LONGEST_NOTE = 5_000
MOST_LINES = 100
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

PLACES = 3

rendering = threading.RLock()
places = threading.BoundedSemaphore(PLACES)


class PdfUnavailable(Exception):
    """This machine lacks the libraries that a PDF needs; the message names the packages."""


class PdfBusy(Exception):
    """As many reports as may wait are waiting: this one has to be asked for again shortly."""


class UnprintableText(Exception):
    """The PDF's font has no glyph for a character: a box in print, and no PDF/UA."""


def kept_pdf(reading: Reading, now: datetime) -> bytes:
    """The PDF of this reading, drawn at most once for the same content; raises PdfBusy."""
    key = key_of(reading)
    kept = ReportFile.objects.filter(key=key).first() or _drawn(key, reading, now)
    return bytes(kept.content)


def _drawn(key: str, reading: Reading, now: datetime) -> ReportFile:
    """Waits for its turn, unless too many do; somebody before it may have drawn the same."""
    if not places.acquire(blocking=False):
        raise PdfBusy
    try:
        with rendering:
            kept = ReportFile.objects.filter(key=key).first()
            if kept is None:
                defaults = {"content": report_pdf(reading), "created_at": now}
                kept, _created = ReportFile.objects.get_or_create(key=key, defaults=defaults)
            return kept
    finally:
        places.release()


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
        reading.correction,
        drawing_hash(),
    ]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


@lru_cache(maxsize=1)
def drawing_hash() -> str:
    """Changes with the templates, the style sheet and the code that draws."""
    code = Path(__file__).parent
    files = [STYLE, *sorted(TEMPLATES.glob("*.html")), *sorted(code.rglob("*.py"))]
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()


def report_pdf(reading: Reading) -> bytes:
    """The whole report as PDF/UA-1; the same reading gives the same bytes."""
    short = replace(reading, notes=_capped(reading.notes), texts=_capped(reading.texts))
    with translation.override(reading.language):
        created = reading.generated_at.strftime("%Y-%m-%dT%H:%M:%SZ")
        context = report_context(short) | {"created": created}
        html = render_to_string("report/report_pdf.html", context)
    return pdf_of(printable(html))


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


def pdf_of(html: str) -> bytes:
    with rendering:
        kit = _kit()
        with _listening() as log:
            pdf: bytes = kit.weasyprint.HTML(string=html, url_fetcher=kit.fetcher).write_pdf(
                stylesheets=[kit.style], font_config=kit.fonts, pdf_variant="pdf/ua-1"
            )
    if log.missing:
        raise UnprintableText(log.missing[0])
    return pdf


class _Log(logging.Handler):
    """Hears what WeasyPrint only logs."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.missing: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if ".notdef" in record.getMessage():
            self.missing.append(record.getMessage())

    def __enter__(self) -> Self:
        logging.getLogger("weasyprint").addHandler(self)
        return self

    def __exit__(self, *error: object) -> None:
        logging.getLogger("weasyprint").removeHandler(self)


def _listening() -> _Log:
    return _Log()


class _Kit:
    """What one process keeps between renderings: fonts, parsed style sheet, the fetcher."""

    def __init__(self) -> None:
        self.weasyprint = _weasyprint()
        from weasyprint.text.fonts import FontConfiguration

        self.fetcher = _fetcher()
        self.fonts = FontConfiguration()
        self.style = self.weasyprint.CSS(
            string=STYLE.read_text(encoding="utf-8"),
            font_config=self.fonts,
            url_fetcher=self.fetcher,
        )


@lru_cache(maxsize=1)
def _kit() -> _Kit:
    return _Kit()


def _weasyprint() -> Any:
    try:
        import weasyprint
    except OSError as error:
        raise PdfUnavailable(pango_message(missing_libraries() or ["pango"])) from error
    return weasyprint


def _fetcher() -> Any:
    """Serves the fonts by their names and refuses every other address, of whatever kind."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OwnFilesOnly(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
            del headers
            if url not in fonts():
                raise ValueError(f"Refused: {url[:100]}")
            return URLFetcherResponse(url, fonts()[url], {"Content-Type": "font/ttf"})

    return OwnFilesOnly()
