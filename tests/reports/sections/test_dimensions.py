"""The page of a dimension."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from assessment.method.result import Verdict
from assessment.reports.sections.dimensions import dimensions
from tests.reports.section_content import changed, content

if TYPE_CHECKING:
    from assessment.reports.report_data import ReportData


def test_dimension_pages_carry_answers_with_next_steps(report: ReportData) -> None:
    page = content(dimensions, report).pages[0]

    assert [line.code for line in page.answers] == ["PC1", "PC2", "PC3", "PC4"]


def test_dimension_page_names_what_limits_it(report: ReportData) -> None:
    pages = {page.line.code: page for page in content(dimensions, report).pages}

    limits = report.result.dimensions["VC"].limited_by

    assert tuple(line.code for line in pages["VC"].limits) == limits


def test_dimension_page_without_answers_counts_none(empty: ReportData) -> None:
    pages = {page.line.code: page for page in content(dimensions, empty).pages}

    assert pages["TG"].answered == "None of the questions of this dimension was answered."


def test_dimension_page_counts_what_was_answered(sparse: ReportData) -> None:
    page = content(dimensions, sparse).pages[0]

    assert page.answered == "1 of 4 questions of this dimension were answered."


def test_question_that_few_answered_is_neither_open_nor_told(sparse: ReportData) -> None:
    items = {**sparse.result.items, "PC2": replace(sparse.result.items["PC2"], status="few")}
    few = changed(sparse, items=items)

    page = content(dimensions, few).pages[0]

    assert page.answers[1].words == ("Answered by too few people to be shown",)
    assert page.answered == "1 of 4 questions of this dimension were answered by enough people."


def test_rights_and_participation_has_no_case(report: ReportData) -> None:
    page = content(dimensions, report).pages[-1]

    assert (page.line.code, page.cases) == ("RP", ())


def test_verdict_line_names_passage_and_questions(report: ReportData) -> None:
    verdict = {"RS-KM4": Verdict("RS-KM4", "seen", 20.0, ("HC1",))}
    pages = {p.line.code: p for p in content(dimensions, changed(report, verdicts=verdict)).pages}

    line = pages["HC"].verdicts[0]

    assert (line.verdict, line.questions, line.finding.passage) == (
        "Seen here",
        "HC1",
        "Rural Synergies Project, Key messages, line 13",
    )
