"""HTML to PDF/UA through WeasyPrint, which is imported here and nowhere else."""

from __future__ import annotations

import logging
from functools import lru_cache
from typing import Any, Self

from django.conf import settings

from assessment.checks import missing_libraries, pango_message
from assessment.reports.pdf.copied_text import name_letters
from assessment.reports.pdf.fonts import CUTS, font

PRINT = 4
CSS = settings.BASE_DIR / "static" / "css"
STYLES = (CSS / "tokens.css", CSS / "report-print.css")


class PdfUnavailable(Exception):
    """This machine lacks the libraries that a PDF needs; the message names the packages."""


class UnprintableText(Exception):
    """The PDF's font has no glyph for a character: a box in print, and no PDF/UA."""


def pdf_of(html: str) -> bytes:
    kit = _renderer()
    with _MissingGlyphs() as log:
        pdf: bytes = kit.page(html).write_pdf(
            finisher=finish,
            stylesheets=[kit.style],
            font_config=kit.fonts,
            pdf_variant="pdf/ua-1",
        )
    if log.missing:
        raise UnprintableText(log.missing[0])
    return pdf


def finish(document: Any, pdf: Any) -> None:
    name_letters(document, pdf)
    printed_links(document, pdf)


def printed_links(_document: object, pdf: Any) -> None:
    """Marks every link as part of the printed page; WeasyPrint leaves the flag out."""
    for part in pdf.objects:
        if isinstance(part, dict) and part.get("Subtype") == "/Link":
            part["F"] = PRINT


class _MissingGlyphs(logging.Handler):
    """Collects the missing glyphs, which WeasyPrint only logs."""

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


class _Renderer:
    """What one process keeps between renderings: fonts, parsed style sheet, the fetcher.

    Nothing of a report; they change only with the program.
    """

    def __init__(self) -> None:
        self.weasyprint = _weasyprint()
        from weasyprint.text.fonts import FontConfiguration

        self.fetcher = _fetcher()
        self.fonts = FontConfiguration()
        written = "\n".join(style.read_text(encoding="utf-8") for style in STYLES)
        self.style = self.weasyprint.CSS(
            string=written, font_config=self.fonts, url_fetcher=self.fetcher
        )

    def page(self, html: str) -> Any:
        return self.weasyprint.HTML(string=html, url_fetcher=self.fetcher)


@lru_cache(maxsize=1)
def _renderer() -> _Renderer:
    return _Renderer()


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
            if url not in CUTS:
                raise ValueError(f"Refused: {url[:100]}")
            return URLFetcherResponse(url, font(url), {"Content-Type": "font/ttf"})

    return OwnFilesOnly()
