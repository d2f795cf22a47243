from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from assessment.method.result import Gap
from assessment.reports.sections.two_sides import TwoSides, two_sides

if TYPE_CHECKING:
    from assessment.reports.report_data import ReportData


def drawn(report: ReportData) -> TwoSides:
    section = two_sides(report)
    assert section is not None
    assert isinstance(section.content, TwoSides)
    return section.content


SIDES = ("social_protection", "agriculture")


def test_widest_gaps_are_asked_as_questions_and_every_subject_is_drawn(
    round_report: ReportData,
) -> None:
    subjects = list(round_report.result.dimensions)
    apart = dict(zip(subjects, (-1.5, 1.0, 2.0, 0.2, 1.2), strict=False))
    gaps = tuple(Gap(SIDES, on, levels, ()) for on, levels in apart.items())
    content = drawn(replace(round_report, result=replace(round_report.result, gaps=gaps)))
    names = [round_report.instrument.dimension[code].name for code in subjects]

    assert [question.partition(":")[0] for question in content.questions] == [
        names[2],
        names[0],
        names[4],
    ]
    assert "Social protection sees it 2.0 levels higher than Agriculture" in content.questions[0]
    assert "Agriculture sees it 1.5 levels higher" in content.questions[1]
    assert [row.apart for row in content.rows] == [
        *("1.5 levels apart", "1.0 levels apart", "2.0 levels apart", "seen alike"),
        *("1.2 levels apart", *["not enough answers to compare"] * 4),
    ]
    assert all(row.picture or not all(row.scores) for row in content.rows)
    assert content.hidden == ()


def test_hidden_side_is_said_with_its_number_and_no_figure(round_report: ReportData) -> None:
    groups = tuple(
        replace(
            group, hidden=(group.sector == "agriculture" and group.tier is None) or group.hidden
        )
        for group in round_report.result.groups
    )
    content = drawn(replace(round_report, result=replace(round_report.result, groups=groups)))

    assert [side.name for side in content.hidden] == ["Agriculture"]
    assert content.hidden[0].size != "0"
    assert (content.questions, content.rows) == ((), ())


def test_one_person_has_no_sides(report: ReportData) -> None:
    assert two_sides(report) is None
