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


def test_every_section_stands_on_one_page_or_is_left_to_paper(report: ReportData) -> None:
    """An annex on a page that is named by it."""
    on_pages = [draw for draws in ON_PAGES.values() for draw in draws]
    placed = Counter([*on_pages, *ANNEX_PAGES.values(), *ON_PAPER_ONLY])
    listed = {draw for draws in SECTIONS.values() for draw in draws}
    annexes = {path: draw(report) for path, draw in ANNEX_PAGES.items()}

    assert set(placed.values()) == {1}
    assert listed - set(placed) == set()
    assert {path: f"annexes/{one.slug}/" if one else "" for path, one in annexes.items()} == {
        path: path for path in annexes
    }


def faults_of(page: DrawnPage) -> dict[str, object]:
    """What a page must not have, by its name."""
    html = page.way + page.content
    found = headings(page.content)
    ids = Counter(attrs["id"] for _, _, attrs in HtmlPage(html).find() if "id" in attrs)
    steps = [after - before for before, after in pairwise(found)]
    faults: dict[str, object] = {
        "no title first": found[0] - 1,
        "titles but one": found.count(1) - 1,
        "headings that skip a level": [step for step in steps if step > 1],
        "tokens": html.count(READER_SLOT),
        "ids that stand twice": [one for one, times in ids.items() if times > 1],
        "places where one is, but one": page.way.count("aria-current") - 1,
    }
    return {name: fault for name, fault in faults.items() if fault}


def test_every_page_has_one_title_skips_no_heading_and_says_where_one_is(
    report: ReportData, empty: ReportData, sparse: ReportData, round_report: ReportData
) -> None:
    reports = {"report": report, "empty": empty, "sparse": sparse, "round": round_report}
    found = {
        (name, path): faults_of(drawn(one, path))
        for name, one in reports.items()
        for path in paths(one)
    }

    assert len(found) > 4 * 20
    assert {place: faults for place, faults in found.items() if faults} == {}


def test_pages_lead_to_each_other(report: ReportData) -> None:
    """The first to subjects and actions, an action and its subject to each other."""
    pages = {path: drawn(report, path) for path in paths(report)}
    brief, actions = pages["brief/"].content, pages["actions/"].content
    anchors = set(re.findall(r'href="/report/actions/#([^"]+)', brief))
    lead = report.instrument.rule[report.result.packages[0].lead]
    subject = f"subject/{lead.dimensions[0].lower()}/"

    assert {path for page in pages.values() for path in linked(page.way + page.content)} == (
        set(pages)
    )
    assert {f"subject/{d.code.lower()}/" for d in report.instrument.dimensions} <= linked(brief)
    assert len(anchors) == 4
    assert [anchor for anchor in anchors if f'id="{anchor}"' not in actions] == []
    assert subject in linked(actions)
    assert f"#action-{lead.code.lower()}" in pages[subject].content


def test_every_recommendation_stands_once_among_the_actions_or_none_is_said_to_follow(
    report: ReportData, empty: ReportData
) -> None:
    bare = replace(empty, result=replace(empty.result, recommendations=(), packages=()))

    ids = re.findall(r'id="action-([^"]+)"', drawn(report, "actions/").content)
    none = drawn(bare, "actions/").content

    assert sorted(ids) == sorted(one.rule.lower() for one in report.result.recommendations)
    assert ("No recommendation follows" in none, "<select" in none) == (True, False)


def test_round_that_is_too_small_has_no_subjects(few_report: ReportData) -> None:
    assert [page.path for page in pages_of(few_report)] == ["brief/", "annexes/"]
    assert "Subjects" not in drawn(few_report, "brief/").way
    assert draw_page(few_report, "subject/tg/", ADDRESSES, {}) is None
    assert draw_page(few_report, "annexes/answers/", ADDRESSES, {}) is None


def test_subject_has_its_picture_unless_its_code_is_another() -> None:
    template = Template("{% load pictogram %}{% pictogram code 24 name %}")

    def picture(code: str, **more: str) -> str:
        return template.render(Context({"code": code, "name": "Targeting", **more}))

    assert 'aria-hidden="true"' in picture("TG")
    assert "<title>Targeting</title>" in picture("TG", output="print")
    assert picture("ZZ") == ""
