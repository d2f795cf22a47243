"""The plan for the meeting: what it takes from the result, and how the minutes are shared."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from assessment.reports.report_data import NamedProgramme
from assessment.reports.sections.meeting import Meeting, meeting
from assessment.reports.sections.unknown import open_questions

if TYPE_CHECKING:
    from assessment.reports.report_data import ReportData


def plan(report: ReportData) -> Meeting:
    found = meeting(report).content
    assert isinstance(found, Meeting)
    return found


def spans(report: ReportData) -> dict[str, str]:
    return {item.title: item.minutes for item in plan(report).items}


def bare(report: ReportData, *, answered: bool) -> ReportData:
    """Without anything to decide, and with nothing open where all is `answered`."""
    result = replace(report.result, recommendations=(), packages=(), patterns=())
    if answered:
        dimensions = {code: replace(d, standing="settled") for code, d in result.dimensions.items()}
        result = replace(result, items={}, dimensions=dimensions)
    return replace(report, result=result)


def test_ninety_minutes_go_to_what_there_is(report: ReportData) -> None:
    assert spans(report) == {
        "Open": "0 to 5",
        "What is going on": "5 to 20",
        "What is not known": "20 to 40",
        "What to decide": "40 to 80",
        "Sign, and meet again": "80 to 90",
    }
    assert list(spans(bare(report, answered=False)).values())[1:] == [
        "5 to 20",
        "20 to 80",
        "80 to 90",
    ]
    assert list(spans(bare(report, answered=True)).values()) == ["0 to 5", "5 to 80", "80 to 90"]


def test_plan_takes_the_decisions_of_the_brief_and_the_patterns_that_lead(
    report: ReportData,
) -> None:
    found = plan(report)
    lines = [line.number for line in found.decisions]
    none = replace(report, result=replace(report.result, patterns=()))

    assert lines == [str(at) for at in range(1, len(lines) + 1)]
    assert [line.code for guest in found.guests for line in guest.decisions] == (
        [line.code for line in found.decisions]
    )
    assert f"each of the {len(lines)} decisions" in found.items[3].text
    assert found.items[1].text.count("Each side says in turn") == 1
    assert plan(none).items[1].text.startswith("Read the brief together.")


def test_plan_names_five_open_questions_and_counts_the_others(empty: ReportData) -> None:
    found = plan(empty)

    asked = [line for guest in found.guests for line in guest.answers]

    assert len(asked) == 5
    assert found.more_questions + sum(line.questions for line in asked) == len(
        open_questions(empty)
    )


def test_those_who_are_to_work_together_invite_and_sign_once(report: ReportData) -> None:
    def named(*programmes: tuple[str, str]) -> Meeting:
        return plan(replace(report, programmes=tuple(NamedProgramme(*p) for p in programmes)))

    care, seeds = ("Cash", "Ministry of Care"), ("Seeds", "")
    many = [(f"Programme {name}", name) for name in "ABCDEFG"]
    table: list[tuple[list[tuple[str, str]], str]] = [
        ([], "Social protection and agriculture, together and in one letter."),
        ([care, seeds], "Ministry of Care · Seeds, together and in one letter."),
        ([care], "Ministry of Care, in one letter to all."),
        (many, "A · B · C · D · E · and 2 more, together and in one letter."),
    ]

    assert [(given, named(*given).inviting) for given, _ in table] == table
    loans = ("Loans", "Ministry of Care")
    assert named(care, seeds, loans).signing == ("Ministry of Care", "Seeds")
