"""Rights, robustness, the two sides, the tiers."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from assessment.method.result import Agreement, Gap, GroupResult
from assessment.reports.sections.analyses import (
    GroupScores,
    SectorStanding,
    rights,
    robustness,
    sectors,
    vertical,
)
from assessment.reports.sections.lines import score_line
from tests.reports.section_content import changed, content

if TYPE_CHECKING:
    from assessment.reports.report_data import ReportData


def test_rights_lens_has_three_categories_and_three_principles(report: ReportData) -> None:
    found = content(rights, report)

    assert (len(found.categories), len(found.principles)) == (3, 3)


def test_rights_lens_without_answers_has_no_number(empty: ReportData) -> None:
    found = content(rights, empty)

    assert {line.total for line in found.principles} == {""}


def test_robustness_is_left_out_without_draws(report: ReportData) -> None:
    assert robustness(changed(report, robustness={})) is None


def test_sides_are_left_out_for_one_who_answers_alone(report: ReportData) -> None:
    assert (sectors(report), vertical(report)) == (None, None)


def test_sides_name_every_group(round_report: ReportData) -> None:
    groups = content(sectors, round_report).groups

    assert [group.name for group in groups][-1] == "Everybody"


def test_sides_show_every_group_in_every_dimension(round_report: ReportData) -> None:
    found = content(sectors, round_report)
    total = round_report.result.dimensions["PC"]

    assert [line.name for line in found.scores] == [group.name for group in found.groups]
    assert {len(line.standings) for line in found.scores} == {len(found.dimensions)} == {9}
    assert found.scores[-1].standings[0] == SectorStanding(
        score_line(round_report, total).score, score_line(round_report, total).unknown
    )


def test_sides_show_nothing_of_a_hidden_group(round_report: ReportData) -> None:
    hidden = GroupResult("finance", "national", 2, True)

    (line,) = content(sectors, changed(round_report, groups=(hidden,))).scores

    assert line == GroupScores("Finance and planning, National", ())


def test_gap_says_who_sees_it_higher_unless_it_is_shown_as_nothing(
    round_report: ReportData,
) -> None:
    table: list[tuple[float, str]] = [
        (0.0, "Both alike"),
        (-0.049, "Both alike"),
        (0.05, "Social protection"),
        (-0.1, "Agriculture"),
    ]

    def outcome(levels: float) -> str:
        gap = Gap(("social_protection", "agriculture"), "HC", levels, ("HC1",))
        (line,) = content(sectors, changed(round_report, gaps=(gap,))).gaps
        return str(line.between)

    assert [(levels, outcome(levels)) for levels, _ in table] == table


def test_sides_show_no_common_view(round_report: ReportData) -> None:
    assert content(sectors, round_report).agreement[0].between == "Agriculture, Local"


def test_no_common_view_begins_above_its_limit(round_report: ReportData) -> None:
    table: list[tuple[float, int]] = [(1.0, 0), (1.01, 1)]

    def outcome(deviation: float) -> int:
        bank = round_report.instrument
        scale = replace(bank.scale, no_common_view=Fraction(1))
        found = changed(
            replace(round_report, instrument=replace(bank, scale=scale)),
            agreement=(Agreement("agriculture/local", "HC1", deviation, 5),),
        )
        return len(content(sectors, found).agreement)

    assert [(deviation, outcome(deviation)) for deviation, _ in table] == table


def test_vertical_follows_questions_through_the_tiers(round_report: ReportData) -> None:
    assert len(content(vertical, round_report).chain) == len(round_report.result.chain)
