from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from django.template import Context, Template

from assessment.reports.screen.page_drawing import READER_SLOT, DrawnPage, draw_page
from assessment.reports.screen.pages import (
    ANNEX_PAGES,
    ON_PAGES,
    ON_PAPER_ONLY,
    Addresses,
    pages_of,
)
from assessment.reports.sections import SECTIONS
from tools.html_page import HtmlPage

if TYPE_CHECKING:
    from assessment.reports.report_data import ReportData

ADDRESSES = Addresses("/report/", "/brief.pdf", "/report.pdf", "/main.pdf", "/share/")


def drawn(report: ReportData, path: str, **chosen: str) -> DrawnPage:
    page = draw_page(report, path, ADDRESSES, chosen)
    assert page is not None, path
    return page


def paths(report: ReportData) -> list[str]:
    annexes = [path for path, draw in ANNEX_PAGES.items() if draw(report)]
    return [*(page.path for page in pages_of(report)), *annexes]


def headings(html: str) -> list[int]:
    return [int(level) for level in re.findall(r"<h([1-6])[ >]", html)]


def linked(html: str) -> set[str]:
    """Paths of pages of the same report."""
    return {href.removeprefix("/report/") for href in re.findall(r'href="(/report/[^"#?]*)', html)}


def test_every_section_stands_on_one_page_or_is_left_to_paper() -> None:
    on_pages = [draw for draws in ON_PAGES.values() for draw in draws]
    placed = Counter([*on_pages, *ANNEX_PAGES.values(), *ON_PAPER_ONLY])
    listed = {draw for draws in SECTIONS.values() for draw in draws}

    assert set(placed.values()) == {1}
    assert listed - set(placed) == set()


def test_annexes_are_named_by_their_sections(report: ReportData) -> None:
    found = {path: draw(report) for path, draw in ANNEX_PAGES.items()}

    assert {path for path, one in found.items() if not one or path != f"annexes/{one.slug}/"} == (
        set()
    )


def test_every_page_has_one_title_and_skips_no_heading(
    report: ReportData, empty: ReportData, sparse: ReportData, round_report: ReportData
) -> None:
    for one in (report, empty, sparse, round_report):
        for path in paths(one):
            found = headings(drawn(one, path).content)
            steps = [after - before for before, after in pairwise(found)]
            assert (found[0], found.count(1)) == (1, 1), path
            assert max(steps, default=0) <= 1, path


def test_pages_lead_to_pages_that_are_there(report: ReportData) -> None:
    pages = {path: drawn(report, path) for path in paths(report)}
    reached = {path for page in pages.values() for path in linked(page.way + page.content)}

    assert reached == set(pages)


def test_way_marks_where_one_is(report: ReportData) -> None:
    found = {path: drawn(report, path).way.count("aria-current") for path in paths(report)}

    assert set(found.values()) == {1}


def test_first_page_leads_to_subjects_and_actions(report: ReportData) -> None:
    brief = drawn(report, "brief/").content
    actions = drawn(report, "actions/").content
    anchors = set(re.findall(r'href="/report/actions/#([^"]+)', brief))

    assert {f"subject/{d.code.lower()}/" for d in report.instrument.dimensions} <= linked(brief)
    assert len(anchors) == 4
    assert [anchor for anchor in anchors if f'id="{anchor}"' not in actions] == []


def test_action_and_its_subject_lead_to_each_other(report: ReportData) -> None:
    lead = report.instrument.rule[report.result.packages[0].lead]
    subject = f"subject/{lead.dimensions[0].lower()}/"

    assert subject in linked(drawn(report, "actions/").content)
    assert f"#action-{lead.code.lower()}" in drawn(report, subject).content


def test_every_recommendation_stands_once_among_the_actions(report: ReportData) -> None:
    ids = re.findall(r'id="action-([^"]+)"', drawn(report, "actions/").content)

    assert sorted(ids) == sorted(one.rule.lower() for one in report.result.recommendations)


def test_report_without_recommendations_says_so(empty: ReportData) -> None:
    bare = replace(empty, result=replace(empty.result, recommendations=(), packages=()))
    html = drawn(bare, "actions/").content

    assert ("No recommendation follows" in html, "<select" in html) == (True, False)


def test_round_that_is_too_small_has_no_subjects(few_report: ReportData) -> None:
    assert [page.path for page in pages_of(few_report)] == ["brief/", "annexes/"]
    assert "Subjects" not in drawn(few_report, "brief/").way
    assert draw_page(few_report, "subject/tg/", ADDRESSES, {}) is None
    assert draw_page(few_report, "annexes/answers/", ADDRESSES, {}) is None


def test_what_is_drawn_has_no_token_and_no_duplicate_id(report: ReportData) -> None:
    for path in paths(report):
        page = drawn(report, path)
        html = page.way + page.content
        ids = [attrs["id"] for _, _, attrs in HtmlPage(html).find() if "id" in attrs]
        assert READER_SLOT not in html, path
        assert [one for one, times in Counter(ids).items() if times > 1] == [], path


def test_subject_has_its_picture_unless_its_code_is_another() -> None:
    template = Template("{% load pictogram %}{% pictogram code 24 name %}")

    def picture(code: str, **more: str) -> str:
        return template.render(Context({"code": code, "name": "Targeting", **more}))

    assert 'aria-hidden="true"' in picture("TG")
    assert "<title>Targeting</title>" in picture("TG", output="print")
    assert picture("ZZ") == ""
