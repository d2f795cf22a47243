from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from django.utils.html import escape

from assessment.method.assess import METHOD_VERSION
from assessment.reports.page import report_html, title
from assessment.reports.sections import LAYERS, sections_of

if TYPE_CHECKING:
    from assessment.instrument.model import Term
    from assessment.reports.report_data import ReportData


MOST_WORDS = 450


class Page(HTMLParser):
    """What a test asks of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.addresses: list[str] = []
        self.headings: list[int] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append(tag)
        self.attributes |= given.keys()
        self.ids += [str(given["id"])] if "id" in given else []
        self.links += [str(given["href"])] if "href" in given else []
        self.addresses += [str(given[name]) for name in ("src", "srcset", "data") if name in given]
        self.headings += [int(tag[1])] if re.fullmatch("h[1-6]", tag) else []


@pytest.fixture(scope="module")
def page(report: ReportData) -> Page:
    return Page(report_html(report))


def text_of(html: str, section: str) -> str:
    """The visible words of one section."""
    start = html.index(f'<section id="{section}"')
    end = html.find('<section id="', start + 1)
    part = re.sub(r"<svg.*?</svg>", " ", html[start:end], flags=re.DOTALL)
    return re.sub(r"<[^>]+>", " ", part)


def test_page_renders_every_section(request: pytest.FixtureRequest) -> None:
    table: list[str] = ["report", "empty", "round_report"]

    def outcome(which: str) -> object:
        report = request.getfixturevalue(which)
        page = Page(report_html(report))
        return {section.slug for section in sections_of(report)} <= set(page.ids)

    assert {which: outcome(which) for which in table} == dict.fromkeys(table, True)


def test_page_has_no_id_twice(page: Page) -> None:
    assert len(set(page.ids)) == len(page.ids)


def test_links_of_the_contents_reach_their_place(page: Page) -> None:
    inside = {link.removeprefix("#") for link in page.links if link.startswith("#")}

    assert inside <= set(page.ids)


def test_page_leads_to_no_address_that_runs(report: ReportData) -> None:
    sources = [replace(s, url="javascript:alert(1)") for s in report.instrument.sources]
    bank = replace(report.instrument, sources=tuple(sources))

    links = Page(report_html(replace(report, instrument=bank))).links

    assert [link for link in links if not link.startswith("#")] == []


def test_cells_of_tables_that_stack_on_a_phone_carry_their_labels(report: ReportData) -> None:
    html = report_html(report)

    tables = re.findall(r'<table class="(?:arrangements|plan)">.*?</table>', html, re.DOTALL)
    rows = [
        row
        for table in tables
        for row in re.findall(r"<tr(?! class=.blank-row).*?</tr>", table, re.DOTALL)
    ]
    bare = [row for row in rows if re.search(r"<td(?![^>]*data-label=\"[^\"]+\")", row)]

    assert (len(tables), bare) == (2, [])


def test_answers_are_written_out_once(report: ReportData) -> None:
    """The brief and the report name an answer in few words; its text stands in the annexes."""
    html = " ".join(report_html(report).split())
    texts = [
        option.text
        for question in report.instrument.questions
        for option in question.options
        if question.dimension and len(option.text.split()) >= 8
    ]

    assert len(texts) > 100
    assert [text for text in texts if html.count(text) > 1] == []


def test_layers_are_drawn_alone_and_share_nothing(report: ReportData) -> None:
    ids = {layer: set(Page(report_html(report, (layer,))).ids) - {"main"} for layer in LAYERS}

    assert "dimension-pc" in ids["report"]
    assert ids["brief"] & ids["report"] == ids["report"] & ids["annexes"] == set()


def test_brief_has_few_words(report: ReportData, round_report: ReportData) -> None:
    """Beside names, pictures, of which the profile is one, heads of tables, and boxes to tick."""
    fixed = (
        r"<table class=.profile.*?</table>|<p class=.key.*?</p>|<svg.*?</svg>"
        r"|<thead.*?</thead>|<td class=.meet.*?</td>"
    )
    for one in (report, round_report):
        bare = replace(one, scheme="", programmes=(), texts={}, demo=False)
        html = report_html(bare, ("brief",))
        sections = html[html.index("<section") : html.rindex("</section>")]
        words = re.sub(r"<[^>]+>", " ", re.sub(fixed, " ", sections, flags=re.DOTALL)).split()
        assert len(words) <= MOST_WORDS


def test_page_says_where_lines_are_counted(report: ReportData) -> None:
    html = report_html(report)

    counted = [
        "plain-text copy" in text_of(html, section) for section in ("how-to-read", "sources")
    ]

    assert counted == [True, True]


def test_glossary_holds_the_terms_that_stand_on_its_pages(report: ReportData) -> None:
    terms = report.instrument.terms
    strange = replace(terms[0], code="strange", term="quasi-autonomous", forms=())
    table: list[tuple[str, tuple[Term, ...], list[str]]] = [
        ("with others", (*terms, strange), ["budget line", "tier"]),
        ("alone", (strange,), []),
    ]

    def outcome(some: tuple[Term, ...]) -> list[str]:
        with_terms = replace(report, instrument=replace(report.instrument, terms=some))
        html = report_html(with_terms, ("annexes",))
        assert ("None of the words" in html) is (len(some) == 1)
        words = ("budget line", "quasi-autonomous", "tier")
        return [word for word in words if f"<dt>{word}</dt>" in html]

    assert [(name, some, outcome(some)) for name, some, _ in table] == table


def test_page_has_one_title_and_skips_no_heading(page: Page) -> None:
    steps = [after - before for before, after in pairwise(page.headings)]

    assert (page.headings.count(1), max(steps)) == (1, 1)


def test_page_has_no_style_attribute_and_no_script(page: Page) -> None:
    assert ("style" in page.attributes, "script" in page.tags) == (False, False)


def test_file_needs_nothing_beside_it(page: Page) -> None:
    assert page.addresses == []


def test_every_picture_says_what_it_shows(report: ReportData) -> None:
    html = report_html(report)

    assert html.count("<svg xmlns") == html.count("<title>") - 1


def test_report_without_information_never_prints_zero(empty: ReportData) -> None:
    table: list[str] = ["going-on", "rights", "method"]

    def outcome(section: str) -> object:
        words = text_of(report_html(empty), section)
        words = words.replace("from 0 to 100", "").replace("level 0 is 0", "")
        words = words.replace("scores of 0 to 100", "").replace(
            f"Version of the method {METHOD_VERSION}", ""
        )
        return re.findall(r"(?<![\d.\w])0(?:\.0)?%?(?![\d.\w])", words)

    assert {section: outcome(section) for section in table} == {section: [] for section in table}


def test_report_without_information_says_so(empty: ReportData) -> None:
    words = " ".join(text_of(report_html(empty), "going-on").split())

    assert "no pattern of their own" in words
    assert "0 of 9 subjects have a level" in text_of(report_html(empty), "profile-chart")


def test_text_of_respondents_is_escaped(report: ReportData) -> None:
    """Nor is it read as another language of markup: each sign stands as it was typed."""
    hostile = "<script>alert(1)</script><img src=x> **b** [b]c[/b] {{ d }}"
    html = report_html(replace(report, notes={"PC1": hostile}, scheme=hostile))

    assert ("<script" in html, "<img" in html) == (False, False)
    assert html.count(escape(hostile)) == html.count("alert(1)") > 2


def test_invented_example_is_marked(report: ReportData) -> None:
    marked = [
        report_html(replace(report, demo=demo)).count("Invented example") for demo in (False, True)
    ]

    assert marked == [0, 1]


def test_title_speaks_of_your_scheme_without_a_name(empty: ReportData) -> None:
    assert title(empty) == "Working together: your report"


def test_page_names_edition_method_and_hash(report: ReportData) -> None:
    html = report_html(report)

    assert f"Method {METHOD_VERSION} · Result {report.result_hash[:12]} · 22 November 2026" in html
