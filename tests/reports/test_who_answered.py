"""Who was heard in a round, and why a group is hidden."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from assessment.method.result import GroupResult
from assessment.reports.sections.who_answered import WhoAnswered, who_answered

if TYPE_CHECKING:
    from assessment.instrument.groups import Cell
    from assessment.reports.report_data import ReportData

SP, AG = "social_protection", "agriculture"


def drawn(report: ReportData) -> WhoAnswered:
    section = who_answered(report)
    assert section is not None
    assert isinstance(section.content, WhoAnswered)
    return section.content


def round_of(report: ReportData, sizes: dict[Cell, int], hidden: set[Cell]) -> ReportData:
    """A round with these cells, their margins and the whole."""
    cells = [GroupResult(*cell, n, cell in hidden) for cell, n in sizes.items()]
    sectors, tiers = ({cell[at]: 0 for cell in sizes} for at in (0, 1))
    for (sector, tier), n in sizes.items():
        sectors[sector] += n
        tiers[tier] += n
    margins = [
        *(GroupResult(sector, None, n, False) for sector, n in sectors.items()),
        *(GroupResult(None, tier, n, False) for tier, n in tiers.items()),
    ]
    groups = (*cells, *margins, GroupResult(None, None, sum(sizes.values()), False))
    return replace(report, result=replace(report.result, groups=groups, minimum=5))


def test_heard_says_of_how_many_invited_and_why_each_group_is_hidden(
    round_report: ReportData,
) -> None:
    sizes = {(SP, "national"): 6, (SP, "local"): 5, (AG, "local"): 3}
    hidden = {(SP, "local"), (AG, "local")}
    invited = {(SP, "national"): 7, (SP, "local"): 6, (AG, "local"): 7, (AG, "national"): 2}
    content = drawn(replace(round_of(round_report, sizes, hidden), invited=invited))

    assert [column.name for column in content.columns] == [
        "Social protection",
        "Agriculture",
        "Together",
    ]
    assert [(row.name, [cell.words for cell in row.cells]) for row in content.rows] == [
        ("National", ["6 of 7", "0 of 2", "6 of 9"]),
        ("Local", ["5 of 6", "3 of 7", "8 of 13"]),
        ("All people", ["11 of 13", "3 of 9", "14 of 22"]),
    ]
    assert [cell.hidden for cell in content.rows[1].cells[:2]] == [True, True]
    assert list(content.why) == [
        (
            "Social protection, Local: 5 of 6 answered. Hidden too, because from it a smaller "
            "group could be worked out."
        ),
        (
            "Agriculture, Local: 3 of 7 answered, fewer than 5. Hidden, because people could be "
            "recognised; their answers count in larger groups only."
        ),
    ]


def test_group_that_no_sum_could_hide_is_said_to_count_nowhere(round_report: ReportData) -> None:
    sizes = {(SP, "national"): 6, (AG, "local"): 2}
    content = drawn(round_of(round_report, sizes, {(AG, "local")}))

    assert list(content.why) == [
        (
            "Agriculture, Local: 2 answered, fewer than 5. Hidden, and in no figure: their answers "
            "would show through any of them."
        ),
    ]
    assert content.invited is False
