from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from assessment.reports.sections.about import about, profile
from tests.reports.conftest import PROFILE
from tests.reports.section_content import changed, content

if TYPE_CHECKING:
    from assessment.reports.report_data import ReportData


def test_about_tells_edition_language_and_status(report: ReportData) -> None:
    kept, loose = (
        {fact.term: fact.text for fact in content(about, replace(one, submitted=kept)).facts}
        for one, kept in ((changed(report, edition=3), True), (report, False))
    )

    assert "Edition 3" in kept.values()
    assert "Edition 3" not in loose.values()
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


def test_profile_marks_one_of_the_five_arrangements_and_says_what_was_not_given(
    report: ReportData, empty: ReportData
) -> None:
    arrangements = content(profile, report).arrangements

    assert [line.here for line in arrangements] == [False, False, True, False, False]
    assert {fact.text for fact in content(profile, empty).facts} == {"Not given"}


BESIDE_MEXICO: list[tuple[dict[str, int | str], tuple[str, str]]] = [
    (
        PROFILE,
        (
            "Another number of programmes: 14, here 2.",
            (
                "Another intention: “Yes: working together was part of the design”, here "
                "“Partly: it was intended for some programmes or some activities”."
            ),
        ),
    ),
    (
        {**PROFILE, "programmes": 14, "intention": "yes"},
        (
            "The same number of programmes: 14.",
            "The same intention: “Yes: working together was part of the design”.",
        ),
    ),
    (
        {"arrangement": "complementary_different"},
        (
            "Number of programmes: 14; here it is not given.",
            "Intention: “Yes: working together was part of the design”; here it is not given.",
        ),
    ),
]


def test_profile_is_compared_with_a_case(report: ReportData) -> None:
    """Which is another, which the same, and which cannot be compared."""

    def outcome(given: dict[str, int | str]) -> tuple[str, str]:
        lines = content(profile, changed(report, profile=given)).alike
        mexico = {line.case: line for line in lines}["PROINPRO + PDPs (Mexico)"]
        return mexico.programmes, mexico.intention

    assert [(given, outcome(given)) for given, _ in BESIDE_MEXICO] == BESIDE_MEXICO
