"""Answers that several people gave as one, in the report."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from assessment.reports.result_output import json_of
from assessment.reports.sections import LAYERS, sections_of
from assessment.reports.sections.brief import answered_by
from assessment.reports.sections.together import TogetherLine
from tests.method.judging import assess_raw
from tests.reports.conftest import PROFILE, everybody, report_of_result

if TYPE_CHECKING:
    from assessment.instrument.model import Instrument
    from assessment.method.result import Respondent
    from assessment.reports.report_data import ReportData

WORDS = "one response given together by 7 people"


def report_of(instrument: Instrument, *responses: Respondent) -> ReportData:
    result = assess_raw(instrument=instrument, profile=PROFILE, responses=responses)
    return report_of_result(instrument, result, notes={}, texts={})


def test_answer_given_together_stands_by_itself_where_too_few_answered_apart(
    instrument: Instrument,
) -> None:
    """Alone it is the whole report."""
    few = everybody(instrument)[:2]
    together, silent = replace(few[0], people=7), replace(few[0], answers={}, people=4)

    report, alone = (report_of(instrument, *few, together, silent), report_of(instrument, together))
    drawn = {section.slug: section.content for section in sections_of(report, LAYERS)}

    assert drawn["summary"] == (
        "Fewer than 5 responses of single people, so nothing of them is shown."
    )
    lines = drawn["together"]
    assert isinstance(lines, tuple)
    assert lines[1] == TogetherLine("Social protection, National", "4 people", ())
    assert ("Coordination between ministries", "Emerging, 42") in lines[0].dimensions
    assert answered_by(report) == f"2 responses, {WORDS}, {WORDS.replace('7', '4')}"
    of_file = json_of(alone)["together"]
    assert [(one["people"], one["tier"]) for one in of_file] == [(7, "national")]
    assert answered_by(alone) == WORDS
    assert "together" not in {section.slug for section in sections_of(alone, LAYERS)}


def test_round_in_which_one_would_weigh_too_much_says_so(instrument: Instrument) -> None:
    """Four of one place and one of another are enough people, and too few of one place."""
    first = everybody(instrument)[0]
    places = ["national"] * 4 + ["local"]
    people = [replace(first, answers={}, tier=tier, sector="agriculture") for tier in places]

    drawn = {found.slug: found.content for found in sections_of(report_of(instrument, *people))}

    assert str(drawn["summary"]).startswith("The responses come from so few of one place that")
