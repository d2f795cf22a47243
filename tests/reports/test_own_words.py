"""Her own words beside the advice they support, and beside the answer."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from assessment.reports.sections.own_words import note_beside, quotes_of, shown_rules

if TYPE_CHECKING:
    from assessment.reports.report_data import ReportData

LONG = "We compared both lists, village by village, and found nobody. " * 9


def noted_everywhere(report: ReportData) -> ReportData:
    notes = {q.code: f"{q.code}: {LONG}" for q in report.instrument.questions}
    return replace(report, notes=notes)


def test_a_note_is_quoted_once_beside_the_first_advice_it_supports(report: ReportData) -> None:
    found = quotes_of(noted_everywhere(report))
    codes = [quote.code for quotes in found.values() for quote in quotes]

    assert list(found) == list(shown_rules(report))
    assert len(codes) == len(set(codes)) > 5
    assert max(len(quotes) for quotes in found.values()) <= 2


def test_beside_the_answer_a_few_words_are_left_of_what_advice_quotes(report: ReportData) -> None:
    noted = noted_everywhere(report)
    quoted = next(quote for quotes in quotes_of(noted).values() for quote in quotes)
    taken = {quote.code for quotes in quotes_of(noted).values() for quote in quotes}
    other = next(q.code for q in report.instrument.questions if q.code not in taken)
    brief = replace(report, notes={quoted.code: "Two words."})

    assert (len(quoted.text), quoted.text[-1]) == (200, "…")
    assert note_beside(noted, quoted.code) == (
        f"{quoted.code}: We compared both lists, village by…"
    )
    assert len(note_beside(noted, other)) == 200
    assert note_beside(brief, quoted.code) == "Two words."
