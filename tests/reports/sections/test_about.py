from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from assessment.reports.sections.about import about, profile
from tests.reports.conftest import PROFILE
from tests.reports.section_content import changed, content

if TYPE_CHECKING:
    from assessment.reports.report_data import ReportData


def test_about_of_a_published_edition_gives_its_number(report: ReportData) -> None:
    facts = content(about, changed(report, edition=3)).facts

    assert "Edition 3" in [fact.text for fact in facts]


def test_about_tells_language_and_status(report: ReportData) -> None:
    kept, loose = (
        {fact.term: fact.text for fact in content(about, replace(report, submitted=kept)).facts}
        for kept in (True, False)
    )

    assert (
        kept["Language"],
        kept["Status"],
        kept["Date of submission"],
        kept["Version of the method"],
        loose["Status"],
        loose["Date"],
    ) == (
        "English",
        "Final",
        "22 November 2026",
        "2.1",
        "From a file, not stored",
        "22 November 2026",
    )


def test_profile_marks_one_of_the_five_arrangements(report: ReportData) -> None:
    found = content(profile, report)

    assert [line.here for line in found.arrangements] == [False, False, True, False, False]


def test_profile_that_was_not_given_says_so(empty: ReportData) -> None:
    assert {fact.text for fact in content(profile, empty).facts} == {"Not given"}


def test_profile_tells_how_mexico_differs(report: ReportData) -> None:
    lines = {line.case: line for line in content(profile, report).alike}

    mexico = lines["PROINPRO + PDPs (Mexico)"]

    assert mexico.programmes == "Another number of programmes: 14, here 2."
    assert mexico.intention == (
        "Another intention: “Yes: working together was part of the design”, here "
        "“Partly: it was intended for some programmes or some activities”."
    )


def test_profile_tells_what_is_the_same_in_a_case(report: ReportData) -> None:
    same = {**PROFILE, "programmes": 14, "intention": "yes"}
    lines = {line.case: line for line in content(profile, changed(report, profile=same)).alike}

    mexico = lines["PROINPRO + PDPs (Mexico)"]

    assert (mexico.programmes, mexico.intention) == (
        "The same number of programmes: 14.",
        "The same intention: “Yes: working together was part of the design”.",
    )


def test_profile_tells_what_cannot_be_compared_with_a_case(report: ReportData) -> None:
    bare = {"arrangement": "complementary_different"}
    lines = {line.case: line for line in content(profile, changed(report, profile=bare)).alike}

    mexico = lines["PROINPRO + PDPs (Mexico)"]

    assert (mexico.programmes, mexico.intention) == (
        "Number of programmes: 14; here it is not given.",
        "Intention: “Yes: working together was part of the design”; here it is not given.",
    )
