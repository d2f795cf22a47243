from __future__ import annotations

import io
import re
import socket
import sys
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import outloud
import page as page_validation
import pikepdf
import pypdfium2
import pytest
from django.conf import settings
from PIL import ImageStat

from assessment.method.assess import METHOD_VERSION
from assessment.reports.chart_tag import marks_html, print_colours
from assessment.reports.pdf import render as drawing
from assessment.reports.pdf.files import print_html, report_pdf
from assessment.reports.profile_table import profile_table
from assessment.reports.sections import sections_of
from tests.reports.conftest import HOSTILE
from tests.reports.hostile_html import ELEMENTS
from tests.short_form import drawn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assessment.reports.report_data import ReportData

# PAG-001 counts two kinds of lines that stay. Running heads and feet: WeasyPrint leaves them out of
# the tree of tags, so that no reader speaks them, but marks their text, because PDF 1.7 knows no
# artifact inside the tree. Repeated heads of tables: each page's part is a table of its own, whose
# cells refer to the heads on the same page.
WARNED = {"PAG-001"}
IN_THEIR_LINE = {"span", "a", "rect", *("label", "select", "optgroup", "option", "button")}
"""Those of forms stand on the screen alone."""
END = re.compile("[.!?…:;|·“”()]")
ROWS = (
    "First step, within 30 days",
    "What it is drawn from",
    "Why you read this",
    "What limits it",
    "Also of this subject",
    "What the documents saw here",
    "Cases at a similar level",
)


@pytest.fixture(scope="module")
def opened(pdf: bytes) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        yield document


@pytest.fixture(scope="module")
def pages(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    return [page.get_textpage().get_text_bounded() for page in document]


def elements(document: pikepdf.Pdf) -> Iterator[Any]:
    """Every element of the structure, in order."""
    waiting: list[Any] = [document.Root.StructTreeRoot]
    while waiting:
        element = waiting.pop()
        if isinstance(element, pikepdf.Dictionary):
            yield element
            kids: Any = element.get("/K", [])
            waiting += reversed(list(kids) if isinstance(kids, pikepdf.Array) else [kids])


def tags(document: pikepdf.Pdf) -> list[str]:
    return [str(element.S) for element in elements(document) if "/S" in element]


@pytest.mark.no_cover
def test_both_checkers_find_the_pdf_accessible(
    request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    table = ["report", *drawn(["empty", "agreed_report"], 1)]

    def outcome(which: str) -> object:
        report = request.getfixturevalue(which)
        known = request.getfixturevalue("pdf") if which == "report" else report_pdf(report)
        file = tmp_path / "report.pdf"
        file.write_bytes(known)
        spoken = outloud.check(str(file))
        failures = page_validation.validate_pdf_bytes(known, profile="pdfua-1").failures
        warned = {found.rule for found in spoken.findings}
        return spoken.error, spoken.errors, list(failures), warned

    assert {which: outcome(which) for which in table} == {
        which: (None, 0, [], WARNED) for which in table
    }


def test_document_is_told_in_order_to_who_does_not_see_it(
    opened: pikepdf.Pdf, report: ReportData
) -> None:
    """Its language, title and date, one title, no level of headings left out, a bookmark for each
    section and words for each picture."""
    told = [str(one.get("/Alt", "")) for one in elements(opened) if one.get("/S") == "/Figure"]
    levels = [int(tag[2]) for tag in tags(opened) if re.fullmatch("/H[1-6]", tag)]
    with opened.open_outline() as outline:
        top = outline.root[0]
        marks = {item.title for item in [top, *top.children]}

    assert (
        str(opened.Root.Lang),
        str(opened.docinfo.Title),
        str(opened.docinfo.CreationDate),
    ) == ("en", "Working together: Hills scheme", "D:20261122120000Z")
    assert tags(opened).count("/H1") == 1
    assert max(b - a for a, b in pairwise(levels)) == 1
    assert {section.title for section in sections_of(report)} - {"Title"} - marks == set()
    assert min(len(words) for words in told) >= 5
    assert sum("; " in words for words in told) == 9


def test_every_page_is_compressed_and_brings_the_fonts_of_the_package(
    opened: pikepdf.Pdf,
) -> None:
    fonts = [font for sheet in opened.pages for font in sheet.Resources.get("/Font", {}).values()]
    names = {str(font.BaseFont).partition("+")[2] for font in fonts}
    bare = [
        str(font.BaseFont)
        for font in fonts
        if "/FontFile2" not in font.DescendantFonts[0].FontDescriptor
    ]

    assert {name.partition("-")[0] for name in names} == {"Report"}
    assert bare == []
    assert {str(sheet.Contents.Filter) for sheet in opened.pages} == {"/FlateDecode"}


def test_every_page_names_method_and_hash_and_marks_the_invented_example(
    pages: list[str], report: ReportData
) -> None:
    """And none is blank."""
    identity = f"Method {METHOD_VERSION} · Result {report.result_hash[:12]}"

    assert [(identity in page, "Invented example" in page, len(page) > 200) for page in pages] == [
        (True, True, True)
    ] * len(pages)


def test_no_sentence_stands_twice_before_the_annexes(pages: list[str], report: ReportData) -> None:
    """Names of actions, roles and rows may: they are what one thing is called everywhere."""
    bank = report.instrument
    titles = [one.title for parts in (bank.rules, bank.packages, bank.patterns) for one in parts]
    names = sorted((*titles, *(role.name for role in bank.roles), *ROWS), key=len, reverse=True)
    annex = next(at for at, page in enumerate(pages[3:], 3) if "Annex: further" in page)
    text = without_heads_and_feet(pages[:annex])
    for name in names:
        text = text.replace(name, "|")

    said = {part.strip() for part in END.split(text) if len(part.split()) >= 8}

    assert len(said) > 50
    assert [part for part in said if text.count(part) > 1] == []


def without_heads_and_feet(pages: list[str]) -> str:
    lines = [[" ".join(line.split()) for line in page.splitlines()] for page in pages]
    seen = Counter(line for page in lines for line in set(page))
    running = {line for line, times in seen.items() if times > len(pages) // 2}
    return " ".join(line for page in lines for line in page if line not in running)


def test_contents_give_page_numbers_and_heads_of_tables_repeat(pages: list[str]) -> None:
    """The numbers stand at the right margin, each at the height of its section's name."""
    numbers = [int(word) for word in pages[2].split() if word.isdecimal()]
    glossary = next(at for at, page in enumerate(pages[3:], 4) if "Glossary" in page)
    heads = sum("Question Answer Place" in " ".join(page.split()) for page in pages)

    assert ("Contents" in pages[2], glossary in numbers) == (True, True)
    assert heads >= 5


def bars_of(report: ReportData) -> bytes:
    """A bar of each of the five levels, a page each."""
    found = next(iter(report.result.dimensions.values()))
    pictures = []
    for level in range(5):
        one = replace(found, level=level, score=99.0, low=99.0, high=99.0)
        kept = replace(report, result=replace(report.result, dimensions={one.dimension: one}))
        (row,) = profile_table(kept).rows
        marks = marks_html(row.picture.marks if row.picture else (), print_colours())
        pictures.append(f'<div><svg width="300" height="20">{marks}</svg></div>')
    style = "<style>@page { size: 300px 20px; margin: 0 } div { break-after: page }"
    return drawing.pdf_of(f'<html lang="en"><title>x</title>{style}</style>{"".join(pictures)}')


def test_levels_differ_in_greyscale(report: ReportData) -> None:
    """The five bars stay apart when colour is gone, by their lightness or by their pattern."""
    sheets = [page.render(scale=4).to_pil() for page in pypdfium2.PdfDocument(bars_of(report))]
    bars = [ImageStat.Stat(one.convert("L").crop((80, 16, 220, 44))) for one in sheets]
    shades = [(bar.mean[0], bar.stddev[0]) for bar in bars]

    pairs = list(pairwise(shades))
    assert [a[0] - b[0] > 5 or abs(a[1] - b[1]) > 5 for a, b in pairs] == [True] * 4
    assert shades[0][0] - shades[4][0] > 150


def shade(content: bytes, at: tuple[int, int]) -> tuple[int, ...]:
    """Red, green and blue at a place of the first page, 72 dots an inch."""
    pixel = pypdfium2.PdfDocument(content)[0].render().to_pil().convert("RGB").getpixel(at)
    assert isinstance(pixel, tuple)
    return pixel


def test_token_has_its_value_in_a_margin_too_and_none_is_left_to_look_up() -> None:
    box = '@top-left { background: var(--second); content: ""; width: 100px }'
    style = f"<style>@page {{ size: 100px 100px; margin: 50px 0 0; {box} }}</style>"
    content = drawing.pdf_of(f'<html lang="en"><title>x</title>{style}<p>x</p>')

    assert shade(content, (30, 30)) == (0x9A, 0x45, 0x13)
    assert "var(" not in drawing.written_style()


def elements_of(root: Any) -> list[object]:
    """Tags, attributes and words, without the declarations of SVG that are attributes in HTML."""
    return [
        (
            one.tag,
            sorted(pair for pair in one.items() if "xmlns" not in pair[0]),
            (one.text or "").split(),
            (one.tail or "").split(),
        )
        for one in root.iter()
    ]


def test_page_read_quickly_says_what_a_reader_of_html_finds_and_either_draws_its_title(
    report: ReportData,
) -> None:
    """What does not close its elements or defines some is left to the whole reader. Pages of ours
    have their title in their head; one without a head is looked through."""
    table = {
        '<html lang="en"><title>x</title><p>One<p>Two</html>': False,
        '<!DOCTYPE html [<!ENTITY a "b">]><html lang="en"><title>x</title><p>&a;</p></html>': False,
        '<html lang="en"><head><title>x</title></head><body><p>One</p></body></html>': True,
        '<html lang="en"><p>One</p><title>x</title></html>': True,
    }

    def outcome(html: str) -> tuple[bool, str]:
        with pikepdf.open(io.BytesIO(drawing.pdf_of(html))) as document:
            return drawing.read_quickly(html) is not None, str(document.docinfo.Title)

    assert {html: outcome(html) for html in table} == {
        html: (quickly, "x") for html, quickly in table.items()
    }

    printed = print_html(report)
    whole = drawing._weasyprint().HTML(string=printed).etree_element

    assert elements_of(drawing.read_quickly(printed)) == elements_of(whole)


def test_every_element_of_the_printed_templates_has_a_rule_or_stands_in_its_line() -> None:
    """No sheet but ours is there: what it does not name is a few words in a line."""
    sheet = drawing.ELEMENTS.read_text(encoding="utf-8")
    ruled = set(re.findall(r"(?:^|, )([a-z][a-z0-9]*)(?=[^{}]*{)", sheet, re.MULTILINE))
    templates = Path(settings.BASE_DIR, "templates")
    used = {
        element
        for folder in ("report", "pack")
        for template in (templates / folder).glob("*.html")
        for element in re.findall("<([a-z][a-z0-9]*)", template.read_text(encoding="utf-8"))
    }

    assert used - ruled <= IN_THEIR_LINE
    assert {"section", "td", "h3"} <= used & ruled


def test_nothing_on_paper_stands_inside_an_element_with_an_address(report: ReportData) -> None:
    """But for the two sections without a heading of their own: each element inside would have a
    style of its own.
    """
    html = print_html(report)
    own = ["cover", "ends"]

    assert re.findall(r'<(?:section|article|div|table)\b[^>]* id="([^"]+)"', html) == own
    assert {section.slug for section in sections_of(report)} == {
        *own,
        *re.findall(r'<h2 id="([^"]+)"', html),
    }


def test_hostile_constructs_fetch_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """One document with every construct, so that what one of them reaches fails the test."""
    secret = tmp_path / "secret.svg"
    secret.write_text('<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>')
    reached: list[str] = []
    monkeypatch.setattr(socket.socket, "connect", lambda *given: reached.append(str(given)))
    monkeypatch.setattr(
        "urllib.request.OpenerDirector.open", lambda *given, **_more: reached.append(str(given))
    )

    for address in ("http://127.0.0.1:9/x.css", secret.as_uri(), "report:../../manage.py"):
        constructs = "".join(element.replace("{}", address) for element in ELEMENTS)
        drawing.pdf_of(f'<html lang="en"><title>x</title>{constructs}<p>x</p>')

    assert reached == []


def test_hostile_notes_stay_text(pages: list[str]) -> None:
    """Beside the answers in short, and among all answers; no sign of it is read as markup."""
    text = " ".join("".join(pages).split())

    assert text.count(HOSTILE) == 2


def test_first_page_of_a_process_is_drawn_in_the_site_s_own_letters_with_its_picture() -> None:
    """Later ones take what the first one made: nothing else here shows that it can be made."""
    drawing._renderer.cache_clear()

    page = drawing.pdf_of(
        '<html lang="en"><title>x</title><p>Seen</p><img alt="x" src="data:image/png;base64,'
        'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==">'
    )

    with pikepdf.open(io.BytesIO(page)) as document:
        fonts = {
            str(part.BaseFont).partition("+")[2]
            for part in document.objects
            if isinstance(part, pikepdf.Dictionary) and part.get("/Type") == "/Font"
        }
        pictures = [
            part
            for part in document.objects
            if isinstance(part, pikepdf.Stream) and part.get("/Subtype") == "/Image"
        ]
    assert fonts == {"Report"}
    assert len(pictures) == 1


def test_missing_glyph_is_an_error_and_missing_libraries_are_one_clear_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """No other warning of the renderer is one."""
    page = '<html lang="en"><title>x</title>'

    warned = drawing.pdf_of(f"{page}<style>p {{ colour: red }}</style><p>x</p>")

    assert warned.startswith(b"%PDF")
    with pytest.raises(drawing.UnprintableText, match="U\\+10FFFD"):
        drawing.pdf_of(f"{page}\U0010fffd</p>")

    class Broken:
        def find_spec(self, name: str, *_more: object) -> None:
            if name == "weasyprint":
                raise OSError("cannot load library")

    monkeypatch.delitem(sys.modules, "weasyprint")
    monkeypatch.setattr(sys, "meta_path", [Broken(), *sys.meta_path])

    with pytest.raises(drawing.PdfUnavailable) as refused:
        drawing._weasyprint()

    packages = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig"
    assert (packages in str(refused.value), "\n" in str(refused.value)) == (True, False)
