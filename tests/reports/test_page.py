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
        self.pictures = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append(tag)
        self.attributes |= given.keys()
        self.pictures += tag == "svg" and "xmlns" in given  # the others only dress a word
        self.ids += [str(given["id"])] if "id" in given else []
        self.links += [str(given["href"])] if "href" in given else []
        self.addresses += [str(given[name]) for name in ("src", "srcset", "data") if name in given]
        self.headings += [int(tag[1])] if re.fullmatch("h[1-6]", tag) else []


@pytest.fixture(scope="module")
def html(report: ReportData) -> str:
    return report_html(report)


def text_of(html: str, section: str) -> str:
    """The visible words of one section."""
    start = html.index(f'<section id="{section}"')
    end = html.find('<section id="', start + 1)
    part = re.sub(r"<svg.*?</svg>", " ", html[start:end], flags=re.DOTALL)
    return re.sub(r"<[^>]+>", " ", part)


def faults_of(page: Page, report: ReportData) -> dict[str, object]:
    """What a page of its own must not have, by its name."""
    inside = {link.removeprefix("#") for link in page.links if link.startswith("#")}
    steps = [after - before for before, after in pairwise(page.headings)]
    found: dict[str, object] = {
        "sections that are not drawn": {one.slug for one in sections_of(report)} - set(page.ids),
        "ids that stand twice": {one for one in page.ids if page.ids.count(one) > 1},
        "links that reach nothing": inside - set(page.ids),
        "titles but one": page.headings.count(1) - 1,
        "headings that skip a level": [step for step in steps if step > 1],
        "what runs or dresses itself": {"style"} & page.attributes | {"script"} & set(page.tags),
        "what is fetched": page.addresses,
        "pictures that say nothing": page.pictures - (page.tags.count("title") - 1),
    }
    return {name: fault for name, fault in found.items() if fault}


def test_page_draws_every_section_is_well_formed_and_needs_nothing_beside_it(
    request: pytest.FixtureRequest,
) -> None:
    table: list[str] = ["report", "empty", "round_report"]

    def outcome(which: str) -> object:
        report = request.getfixturevalue(which)
        return faults_of(Page(report_html(report)), report)

    assert {which: outcome(which) for which in table} == {which: {} for which in table}


def test_page_leads_to_no_address_that_runs(report: ReportData) -> None:
    sources = [replace(s, url="javascript:alert(1)") for s in report.instrument.sources]
    bank = replace(report.instrument, sources=tuple(sources))

    links = Page(report_html(replace(report, instrument=bank))).links

    assert [link for link in links if not link.startswith("#")] == []


def test_cells_of_tables_that_stack_on_a_phone_carry_their_labels(html: str) -> None:
    tables = re.findall(r'<table class="(?:arrangements|plan)">.*?</table>', html, re.DOTALL)
    rows = [
        row
        for table in tables
        for row in re.findall(r"<tr(?! class=.blank-row).*?</tr>", table, re.DOTALL)
    ]
    bare = [row for row in rows if re.search(r"<td(?![^>]*data-label=\"[^\"]+\")", row)]

    assert (len(tables), bare) == (2, [])


def test_answers_are_written_out_once(report: ReportData, html: str) -> None:
    """The brief and the report name an answer in few words; its text stands in the annexes."""
    html = " ".join(html.split())
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

    def words(one: ReportData) -> int:
        bare = replace(one, scheme="", programmes=(), texts={}, demo=False)
        html = report_html(bare, ("brief",))
        sections = html[html.index("<section") : html.rindex("</section>")]
        return len(re.sub(r"<[^>]+>", " ", re.sub(fixed, " ", sections, flags=re.DOTALL)).split())

    assert max(words(report), words(round_report)) <= MOST_WORDS


def test_glossary_holds_the_terms_that_stand_on_its_pages(report: ReportData) -> None:
    terms = report.instrument.terms
    strange = replace(terms[0], code="strange", term="quasi-autonomous", forms=())
    table: list[tuple[str, tuple[Term, ...], list[str]]] = [
        ("with others", (*terms, strange), ["budget line", "tier"]),
        ("alone", (strange,), ["None of the words"]),
    ]

    def outcome(some: tuple[Term, ...]) -> list[str]:
        with_terms = replace(report, instrument=replace(report.instrument, terms=some))
        html = report_html(with_terms, ("annexes",))
        words = ("budget line", "quasi-autonomous", "tier")
        found = [word for word in words if f"<dt>{word}</dt>" in html]
        return [*found, *(["None of the words"] if "None of the words" in html else [])]

    assert [(name, some, outcome(some)) for name, some, _ in table] == table


def test_report_without_information_says_so_and_never_prints_zero(empty: ReportData) -> None:
    html = report_html(empty)
    table: list[str] = ["going-on", "rights", "method"]

    def outcome(section: str) -> object:
        words = text_of(html, section)
        words = words.replace("from 0 to 100", "").replace("level 0 is 0", "")
        words = words.replace("scores of 0 to 100", "").replace(
            f"Version of the method {METHOD_VERSION}", ""
        )
        return re.findall(r"(?<![\d.\w])0(?:\.0)?%?(?![\d.\w])", words)

    assert {section: outcome(section) for section in table} == {section: [] for section in table}
    assert "no pattern of their own" in " ".join(text_of(html, "going-on").split())
    assert "0 of 9 subjects have a level" in text_of(html, "profile-chart")


def test_text_of_respondents_is_escaped(report: ReportData) -> None:
    """Nor is it read as another language of markup: each sign stands as it was typed."""
    hostile = "<script>alert(1)</script><img src=x> **b** [b]c[/b] {{ d }}"
    html = report_html(replace(report, notes={"PC1": hostile}, scheme=hostile))

    assert ("<script" in html, "<img" in html) == (False, False)
    assert html.count(escape(hostile)) == html.count("alert(1)") > 2


def test_page_says_what_it_is_of_and_where_lines_are_counted(
    report: ReportData, empty: ReportData
) -> None:
    """Its scheme or yours, whether it is invented, its method and result, and its plain copy."""
    real, invented = (report_html(replace(report, demo=demo)) for demo in (False, True))
    identity = f"Method {METHOD_VERSION} · Result {report.result_hash[:12]} · 22 November 2026"

    assert title(empty) == "Working together: your report"
    assert (real.count("Invented example"), invented.count("Invented example")) == (0, 1)
    assert identity in real
    counted = ("how-to-read", "sources")
    assert ["plain-text copy" in text_of(real, section) for section in counted] == [True, True]
