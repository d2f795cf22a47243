from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from assessment.method.result import (
    Verdict,
)
from assessment.reports.sections.dimensions import dimensions
from tests.reports.section_content import changed, content

if TYPE_CHECKING:
    from assessment.reports.report_data import ReportData


def test_dimension_pages_carry_answers_with_next_steps(report: ReportData) -> None:
    page = content(dimensions, report).pages[0]

    assert [line.code for line in page.answers] == ["PC1", "PC2", "PC3", "PC4", "PC5"]


def test_dimension_page_names_what_was_left_open_in_one_line(sparse: ReportData) -> None:
    page = content(dimensions, sparse).pages[0]

    assert [line.code for line in page.answers] == ["PC1"]
    assert len(page.unanswered) == 4


def test_dimension_page_names_what_limits_it(report: ReportData) -> None:
    pages = {page.line.code: page for page in content(dimensions, report).pages}

    limits = report.result.dimensions["VC"].limited_by

    assert tuple(line.code for line in pages["VC"].limits) == limits


def test_dimension_page_without_answers_counts_none(empty: ReportData) -> None:
    pages = {page.line.code: page for page in content(dimensions, empty).pages}

    assert pages["TG"].answered == "No question was answered."


def test_dimension_page_tells_not_knowing_from_not_answering(sparse: ReportData) -> None:
    unknown = replace(sparse.result.items["PC1"], status="dont_know", score=None)
    report = changed(sparse, items={**sparse.result.items, "PC1": unknown})

    page = content(dimensions, report).pages[0]

    assert page.answered == "No question was answered; 1 of 5 with “I do not know”."


def test_dimension_page_counts_as_many_questions_as_the_profile(sparse: ReportData) -> None:
    """What is asked and does not count, as the share of external partners, is in neither."""
    answered = replace(sparse.result.items["BI1"], status="answered", score=0.0)
    report = changed(sparse, items={**sparse.result.items, "BI1": answered})

    page = next(p for p in content(dimensions, report).pages if p.line.code == "BI")

    asked = sparse.result.dimensions["BI"].questions_asked
    assert page.answered == f"1 of {asked} questions answered."


def test_dimension_page_counts_what_was_answered(sparse: ReportData) -> None:
    page = content(dimensions, sparse).pages[0]

    assert page.answered == "1 of 5 questions answered."


def test_question_that_few_answered_is_neither_open_nor_told(sparse: ReportData) -> None:
    items = {**sparse.result.items, "PC2": replace(sparse.result.items["PC2"], status="few")}
    few = changed(sparse, items=items)

    page = content(dimensions, few).pages[0]

    assert page.answers[1].words == "Answered by too few people to be shown"
    assert page.answered == "1 of 5 answered by enough people."


def test_subject_without_a_case_at_its_level_names_the_nearest(report: ReportData) -> None:
    pages = {page.line.code: page for page in content(dimensions, changed(report, cases={})).pages}

    assert (bool(pages["TG"].cases), pages["TG"].at_level) == (True, False)


def test_rights_and_participation_has_no_case(report: ReportData) -> None:
    page = content(dimensions, report).pages[-1]

    assert (page.line.code, page.cases) == ("RP", ())


def test_finding_is_told_with_one_of_four_looks(report: ReportData) -> None:
    table: list[tuple[str, str, str]] = [
        ("RS-KM4", "seen", "hinders-here"),
        ("RS-KM4", "partly", "hinders-here"),
        ("RS-KM4", "not_seen", "hinders-absent"),
        ("RS-T12", "seen", "helps-here"),
        ("RS-T12", "not_seen", "helps-absent"),
    ]

    def outcome(code: str, verdict: str) -> str:
        one = {code: Verdict(code, verdict, 20.0, ("HC1",))}
        pages = content(dimensions, changed(report, verdicts=one)).pages
        (line,) = (line for page in pages for line in page.seen.lines)
        assert line.finding.passage.startswith("Rural Synergies brief")
        return str(line.slug)

    assert [(code, verdict, outcome(code, verdict)) for code, verdict, _ in table] == table


def test_finding_stands_once_and_is_referred_to_elsewhere(report: ReportData) -> None:
    pages = content(dimensions, report).pages
    codes = [line.finding.code for page in pages for line in page.seen.lines]
    untold = sum(page.seen.untold for page in pages)

    assert len(set(codes)) == len(codes)
    assert len(codes) + untold == len(report.result.verdicts)
    assert sum(len(page.seen.elsewhere) for page in pages) > 0


def test_findings_with_the_same_look_stand_together(report: ReportData) -> None:
    for page in content(dimensions, report).pages:
        looks = [(look.words, one.code) for look in page.seen.looks for one in look.findings]
        lines = [(line.look, line.finding.code) for line in page.seen.lines]

        assert len({words for words, _code in looks}) == len(page.seen.looks)
        assert sorted(looks) == sorted(lines)
