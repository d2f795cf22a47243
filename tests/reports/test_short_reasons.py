"""Reasons in few words: what they are about, and what was found."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from assessment.instrument.conditions.explain import Reason
from assessment.method.result import ItemResult
from assessment.reports.reason_wording import reason_words
from assessment.reports.short_reasons import short_because, telling_because
from tests.reports.section_content import changed

if TYPE_CHECKING:
    from assessment.reports.report_data import ReportData


def test_reasons_name_their_subject_and_what_was_found(
    report: ReportData, sparse: ReportData
) -> None:
    table: list[tuple[ReportData, Reason, str]] = [
        (report, Reason("direction.BI", "==", "low", "low"), "Budgets: low"),
        (sparse, Reason("direction.PC", "==", "mixed", "mixed"), "Commitment: mixed so far"),
        (report, Reason("level.TG", "<=", 1, 1), "Targeting: Initial (32)"),
        (report, Reason("points.LC2", "<", 6, 3), "Local conditions studied: 3 of 10 points"),
        (report, Reason("unknown.SC", ">", 0.3, 0.5), "Capabilities: 50% “I do not know”"),
        (
            report,
            Reason("unknown.count", ">", 2, 3),
            "On 3 subjects much is not known.",
        ),
        (
            report,
            Reason("profile.region", "==", "LA", "LA"),
            "Region: Latin America and the Caribbean",
        ),
        (report, Reason("profile.programmes", ">", 1, 2), "Number of programmes: 2"),
        (
            report,
            Reason("profile.arrangement", "==", "single", "complementary_different"),
            "How the programmes are related: Different institutions that coordinate",
        ),
    ]

    def outcome(found: ReportData, reason: Reason) -> str:
        return short_because(found, [reason])[0]

    wrong = [(outcome(found, reason), said) for found, reason, said in table]
    assert [pair for pair in wrong if pair[0] != pair[1]] == []


def test_answer_is_told_as_agreed_or_in_whole_words_where_it_is_not_shown(
    report: ReportData,
) -> None:
    reason = Reason("answer.PC1", "<=", 1, 1)
    items = report.result.items
    agreed = changed(report, items={**items, "PC1": replace(items["PC1"], agreed=True)})
    hidden = changed(report, items={**items, "PC1": ItemResult("PC1", "dont_know")})

    (said,) = short_because(agreed, [reason])

    assert said.endswith(" (agreed)")
    assert short_because(hidden, [reason]) == (reason_words(hidden, reason),)
    assert short_because(report, [reason]) != short_because(hidden, [reason])


def test_brief_is_told_answers_before_what_is_made_of_them(report: ReportData) -> None:
    programmes = Reason("profile.programmes", ">", 1, 2)
    budgets = Reason("direction.BI", "==", "low", "low")
    studied = Reason("points.LC2", "<", 6, 3)
    table = [
        (
            [programmes, budgets, studied],
            ("Local conditions studied: 3 of 10 points", "Budgets: low"),
        ),
        ([programmes], ("Number of programmes: 2",)),
    ]

    assert [(reasons, telling_because(report, reasons)) for reasons, _ in table] == table
