from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from assessment.method.result import (
    Verdict,
)
from assessment.reports.sections.dimensions import dimensions
from tests.reports.section_content import changed, content

if TYPE_CHECKING:
    from assessment.reports.report_data import ReportData


def test_page_of_a_subject_carries_its_answers_and_what_limits_it(
    report: ReportData, sparse: ReportData
) -> None:
    """What was left open stands in one line."""
    pages = {page.line.code: page for page in content(dimensions, report).pages}
    first = content(dimensions, sparse).pages[0]

    assert [line.code for line in pages["PC"].answers] == ["PC1", "PC2", "PC3", "PC4", "PC5"]
    assert ([line.code for line in first.answers], len(first.unanswered)) == (["PC1"], 4)
    assert tuple(line.code for line in pages["VC"].limits) == (
        report.result.dimensions["VC"].limited_by
    )


def with_items(report: ReportData, **items: dict[str, Any]) -> ReportData:
    """With other figures of these questions."""
    found = report.result.items
    return changed(
        report, items={**found, **{code: replace(found[code], **items[code]) for code in items}}
    )


def test_page_of_a_subject_counts_what_was_answered(
    report: ReportData, sparse: ReportData, empty: ReportData
) -> None:
    """Not knowing is told from not answering, and what too few answered is neither told nor open.

    What is asked and does not count, as the share of external partners, is in neither number, as
    in the profile.
    """
    unknown = with_items(sparse, PC1={"status": "dont_know", "score": None})
    few = with_items(sparse, PC2={"status": "few"})
    partners = with_items(sparse, BI1={"status": "answered", "score": 0.0})
    asked = sparse.result.dimensions["BI"].questions_asked

    def counted(one: ReportData, code: str) -> str:
        pages = {page.line.code: page for page in content(dimensions, one).pages}
        return str(pages[code].answered)

    assert [
        counted(report, "PC"),
        counted(sparse, "PC"),
        counted(empty, "TG"),
        counted(unknown, "PC"),
        counted(few, "PC"),
        counted(partners, "BI"),
    ] == [
        "4 of 5 questions answered.",
        "1 of 5 questions answered.",
        "No question was answered.",
        "No question was answered; 1 of 5 with “I do not know”.",
        "1 of 5 answered by enough people.",
        f"1 of {asked} questions answered.",
    ]
    words = content(dimensions, few).pages[0].answers[1].words
    assert words == "Answered by too few people to be shown"


def test_subject_without_a_case_at_its_level_names_the_nearest_where_it_has_any(
    report: ReportData,
) -> None:
    pages = {page.line.code: page for page in content(dimensions, changed(report, cases={})).pages}

    assert (bool(pages["TG"].cases), pages["TG"].at_level) == (True, False)
    assert content(dimensions, report).pages[-1].cases == pages["RP"].cases == ()


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
        cited = line.finding.passage.startswith("Rural Synergies brief")
        return str(line.slug) if cited else f"{line.slug} of {line.finding.passage}"

    assert [(code, verdict, outcome(code, verdict)) for code, verdict, _ in table] == table


def test_finding_stands_once_with_those_of_its_look_and_is_referred_to_elsewhere(
    report: ReportData,
) -> None:
    seen = [page.seen for page in content(dimensions, report).pages]
    codes = [line.finding.code for one in seen for line in one.lines]

    assert len(set(codes)) == len(codes)
    assert len(codes) + sum(one.untold for one in seen) == len(report.result.verdicts)
    assert sum(len(one.elsewhere) for one in seen) > 0
    together = [{look.words: [*look.findings] for look in one.looks} for one in seen]
    assert [len(looks) for looks in together] == [len(one.looks) for one in seen]
    assert [
        sorted((words, one.code) for words, found in looks.items() for one in found)
        for looks in together
    ] == [sorted((line.look, line.finding.code) for line in one.lines) for one in seen]
