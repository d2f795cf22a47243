"""HTML to PDF/UA through WeasyPrint, which is imported here and nowhere else."""

from __future__ import annotations

import gc
import logging
import re
import zlib
from base64 import b64decode
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Self
from xml.etree.ElementTree import ParseError, fromstring

from django.conf import settings

from assessment.checks import missing_libraries, pango_message
from assessment.reports.chart_tag import DEFINED
from assessment.reports.pdf.copied_text import name_letters
from assessment.reports.pdf.fonts import CUTS, font

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

PRINT = 4
LEVEL = 6
STREAM, END_OF_STREAM = b"\nstream\n", b"\nendstream"
PNG_IN_PAGE = "data:image/png;base64,"
CSS = settings.BASE_DIR / "static" / "css"
TOKENS = CSS / "tokens.css"
ELEMENTS = CSS / "report-elements.css"
PRINTED = CSS / "report-print.css"
STYLES = (TOKENS, ELEMENTS, PRINTED)

TOKEN = re.compile(r"var\((--[\w-]+)\)")
WITHOUT_END = re.compile(r"<(br|col|img|meta|wbr)\b([^>]*?)/?>")
DEFINITION = "<!ENTITY"
BARE_SVG = re.compile(r"<svg(?![^>]*xmlns)")
SVG = '<svg xmlns="http://www.w3.org/2000/svg"'


class PdfUnavailable(Exception):
    """This machine lacks the libraries that a PDF needs; the message names the packages."""


class UnprintableText(Exception):
    """The PDF's font has no glyph for a character: a box in print, and no PDF/UA."""


def pdf_of(html: str) -> bytes:
    kit = _renderer()
    with _MissingGlyphs() as log, _uncollected():
        pdf: bytes = kit.page(html).write_pdf(
            finisher=finish,
            stylesheets=[kit.style],
            font_config=kit.fonts,
            pdf_variant="pdf/ua-1",
        )
    if log.missing:
        raise UnprintableText(log.missing[0])
    return pdf


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without Python looking for cycles meanwhile: a tenth of the time, for which it finds nothing.

    A report is one tree that grows until it is written; afterwards it goes at once.
    """
    gc.disable()
    gc.freeze()
    try:
        yield
    finally:
        gc.enable()
        gc.collect()
        gc.unfreeze()


def finish(document: Any, pdf: Any) -> None:
    """What is done between drawing and writing; the boxes that are drawn go then."""
    name_letters(document, pdf)
    printed_links(document, pdf)
    document.pages.clear()
    compress(pdf)


def compress(pdf: Any) -> None:
    """The drawing of each page, in a quarter of the time of WeasyPrint's level, which saves 3 %."""
    for part in pdf.objects:
        if getattr(part, "compress", False):
            part.compress = False
            drawn = part.data.partition(STREAM)[2].removesuffix(END_OF_STREAM)
            part.stream = [zlib.compress(drawn, LEVEL)]
            part.extra["Filter"] = "/FlateDecode"


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
        self.html = _class_of_pages(self.weasyprint)
        from weasyprint.text.fonts import FontConfiguration

        self.fetcher = _fetcher()
        self.fonts = FontConfiguration()
        self.style = self.weasyprint.CSS(
            string=written_style(), font_config=self.fonts, url_fetcher=self.fetcher
        )

    def page(self, html: str) -> Any:
        return self.html(html, self.fetcher)


def written_style() -> str:
    """The sheets of elements and of reports with the values of their tokens, which would be looked
    up at each use; the tokens themselves for a page that has a style of its own.

    One sheet, because every element is compared with the rules of each.
    """
    tokens, elements, printed = (sheet.read_text(encoding="utf-8") for sheet in STYLES)
    values = dict(DEFINED.findall(tokens))
    return tokens + elements + TOKEN.sub(lambda token: values[token[1]], printed)


@lru_cache(maxsize=1)
def _renderer() -> _Renderer:
    return _Renderer()


def _weasyprint() -> Any:
    try:
        import weasyprint
    except OSError as error:
        raise PdfUnavailable(pango_message(missing_libraries() or ["pango"])) from error
    return weasyprint


def _class_of_pages(weasyprint: Any) -> Any:
    """Its class of pages, without its rules for elements and with faster ways to read our pages.

    Those rules, and its own for the sixteen margins of a page, cost a quarter of what each element
    and each page takes; ours stand in the sheet that every page is given (`written_style`).
    """

    whole: Any = weasyprint.cssselect2.ElementWrapper

    class HeadFirst(weasyprint.cssselect2.ElementWrapper):  # type: ignore[misc]
        def query_all(self, *selectors: str) -> Any:
            """What WeasyPrint looks for, title, facts and sheets, stands in the head."""
            first = next(self.iter_children(), self)
            return whole.query_all(first if first.local_name == "head" else self, *selectors)

    class Page(weasyprint.HTML):  # type: ignore[misc]
        def __init__(self, html: str, fetcher: Any) -> None:
            root = read_quickly(html)
            if root is None:
                super().__init__(string=html, url_fetcher=fetcher)
            else:
                self.base_url, self.url_fetcher, self.media_type = None, fetcher, "print"
                self.wrapper_element = HeadFirst.from_html_root(root)
                self.etree_element = root

        def _ua_stylesheets(self, forms: object = False) -> list[Any]:
            del forms
            return []

    return Page


def read_quickly(html: str) -> Element | None:
    """The tree of a page that is well-formed but for elements without an end; None of another.

    The reader that is part of Python takes a thirtieth of the time of a whole reader of HTML. What
    people typed is escaped and defines nothing in it; a page that defines anything is not read.
    """
    if DEFINITION in html:
        return None
    closed = WITHOUT_END.sub(r"<\1\2/>", html)
    try:
        return fromstring(BARE_SVG.sub(SVG, closed))  # noqa: S314 -- nothing is defined in it
    except ParseError:
        return None


def _fetcher() -> Any:
    """Serves fonts by their names and pictures that stand in the page; refuses every other address.

    No text of a person becomes an address: the pictures are logos that this site drew.
    """
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OwnFilesOnly(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
            del headers
            if url.startswith(PNG_IN_PAGE):
                png = b64decode(url.removeprefix(PNG_IN_PAGE))
                return URLFetcherResponse(url, png, {"Content-Type": "image/png"})
            if url not in CUTS:
                raise ValueError(f"Refused: {url[:100]}")
            return URLFetcherResponse(url, font(url), {"Content-Type": "font/ttf"})

    return OwnFilesOnly()
