"""Which sections there are, and in which order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assessment.reports.sections import SECTIONS, sections_of
from assessment.reports.sections.annexes import answers
from assessment.reports.sections.dimensions import dimensions
from tests.reports.section_content import content

if TYPE_CHECKING:
    from assessment.reports.report_data import ReportData


ALONE = [
    "cover",
    "summary",
    "how-to-read",
    "profile",
    "dimensions",
    "recommendations",
    "action-plan",
    "rights",
    "robustness",
    "more-recommendations",
    "answers",
    "method",
    "limits",
    "sources",
    "glossary",
]


def test_sections_stand_in_their_order(report: ReportData) -> None:
    assert [section.slug for section in sections_of(report)] == ALONE


def test_round_adds_both_sides_and_the_tiers(round_report: ReportData) -> None:
    drawn = [section.slug for section in sections_of(round_report)]

    assert drawn[8:10] == ["sides", "vertical"]


def test_round_that_is_too_small_shows_nothing_of_its_answers(few_report: ReportData) -> None:
    drawn = sections_of(few_report)

    assert [section.slug for section in drawn] == [
        "cover",
        "summary",
        "profile",
        "limits",
        "sources",
        "glossary",
    ]
    assert drawn[1].content == "Fewer than 5 responses, so nothing is shown."


def test_agreed_answers_are_marked_wherever_they_stand(agreed_report: ReportData) -> None:
    lines = {line.code: line for page in content(answers, agreed_report) for line in page.lines}
    page = next(p for p in content(dimensions, agreed_report).pages if p.line.code == "HC")

    assert [code for code, line in lines.items() if line.agreed] == ["HC3"]
    assert [line.code for line in page.answers if line.agreed] == ["HC3"]


def test_every_section_is_listed_once() -> None:
    assert len(set(SECTIONS)) == len(SECTIONS) == 18
