"""Cover, summary, how to read, profile."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from assessment.reports.report_data import NamedProgramme
from assessment.reports.sections.front import cover, how_to_read, profile, summary
from tests.reports.conftest import PROFILE
from tests.reports.section_content import changed, content

if TYPE_CHECKING:
    from assessment.reports.report_data import ReportData


def test_summary_names_three_of_each(report: ReportData) -> None:
    found = content(summary, report)

    assert (len(found.strengths), len(found.gaps), len(found.actions)) == (3, 3, 3)


def test_summary_never_calls_a_gap_a_strength(report: ReportData) -> None:
    some = {d.dimension: d for d in report.settled[:2]}
    found = content(summary, changed(report, dimensions=some, recommendations=()))

    assert len(found.strengths) == len(found.gaps) == 1


def test_summary_of_low_results_says_so(report: ReportData) -> None:
    low = {c: replace(d, level=1) for c, d in report.result.dimensions.items()}
    found = content(summary, changed(report, dimensions=low))

    assert found.level_floor == "Emerging"


def test_summary_without_information_has_no_chart(empty: ReportData) -> None:
    found = content(summary, empty)

    assert (found.nothing_known, found.chart, found.strengths, found.gaps) == (True, None, (), ())


def test_summary_of_an_indication_draws_it_and_ranks_nothing(sparse: ReportData) -> None:
    found = content(summary, sparse)

    assert (found.nothing_known, found.nothing_settled, found.strengths) == (False, True, ())
    assert "Political commitment and sector priority" not in found.missing
    assert found.chart is not None


def test_cover_without_a_name_speaks_of_your_scheme(empty: ReportData) -> None:
    assert content(cover, empty).scheme == "Your scheme"


def test_cover_of_a_published_edition_gives_its_number(report: ReportData) -> None:
    facts = content(cover, changed(report, edition=3)).facts

    assert "Edition 3: First edition" in [fact.text for fact in facts]


def test_cover_tells_language_and_status(report: ReportData) -> None:
    kept, loose = (
        {fact.term: fact.text for fact in content(cover, replace(report, submitted=kept)).facts}
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
        "1.2",
        "From a file, not stored",
        "22 November 2026",
    )


def test_cover_sets_long_names_smaller(report: ReportData) -> None:
    name = "Hills scheme " * 15
    many = tuple(NamedProgramme(name, name) for _at in range(3))
    known = (report, replace(report, scheme=name), replace(report, programmes=many))

    assert [content(cover, one).long_names for one in known] == [False, True, True]


def test_cover_of_a_round_counts_the_responses(round_report: ReportData) -> None:
    assert "36 responses" in [fact.text for fact in content(cover, round_report).facts]


def test_how_to_read_gives_the_scale_of_the_edition(report: ReportData) -> None:
    found = content(how_to_read, report)

    assert [line.span for line in found.levels] == [
        "0 to below 20",
        "20 to below 40",
        "40 to below 60",
        "60 to below 80",
        "80 and more",
    ]


def test_how_to_read_gives_another_share_as_percentage(report: ReportData) -> None:
    scale = replace(report.instrument.scale, sufficient_share=Fraction(3, 4))
    other = replace(report, instrument=replace(report.instrument, scale=scale))

    assert content(how_to_read, other).enough == "75%"


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
