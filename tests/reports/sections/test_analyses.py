from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from assessment.method.result import (
    Agreement,
    Alpha,
    Gap,
    GroupResult,
)
from assessment.reports.formats import number, percent
from assessment.reports.sections.analyses import (
    GroupScores,
    GroupStanding,
    rights,
    sectors,
)
from assessment.reports.sections.lines import score_line
from tests.reports.section_content import changed, content

if TYPE_CHECKING:
    from assessment.reports.report_data import ReportData


def test_rights_lens_says_which_way_the_answers_to_its_six_principles_point(
    report: ReportData, empty: ReportData
) -> None:
    found, without = content(rights, report), content(rights, empty)
    lines = [*found.categories, *found.principles]

    def expected(total: float) -> str:
        return "low" if total < 40 else "mixed" if total < 60 else "high"

    assert (len(found.categories), len(found.principles)) == (3, 3)
    assert [line.direction for line in lines] == [expected(float(line.total)) for line in lines]
    assert {(line.total, line.direction) for line in without.principles} == {("", "")}


def test_sides_show_every_group_in_every_dimension_and_of_a_hidden_one_how_many_answered(
    round_report: ReportData,
) -> None:
    hidden = GroupResult("finance", "national", 2, True)
    invited = {("finance", "national"): 7}
    some = replace(changed(round_report, groups=(hidden,)), invited=invited)
    found = content(sectors, round_report)
    total = round_report.result.dimensions["PC"]
    shown = round_report.result.groups[-1].dimensions["PC"]

    assert [line.name for line in found.scores][-1] == "Everybody"
    assert len(found.scores) == len(round_report.result.groups)
    assert {len(line.standings) for line in found.scores} == {len(found.dimensions)} == {9}
    assert found.scores[-1].standings[0] == GroupStanding(
        score=score_line(round_report, total).score,
        formal=number(shown.formal) if shown.formal is not None else "",
        practice=number(shown.practice) if shown.practice is not None else "",
        unknown=percent(shown.dont_know_share or 0),
        many=False,
    )
    assert content(sectors, some).scores == (
        GroupScores("Finance and planning, National", "2 of 7", ()),
    )


def test_many_who_do_not_know_are_a_finding(round_report: ReportData) -> None:
    (total,) = [g for g in round_report.result.groups if (g.sector, g.tier) == (None, None)]
    limit = float(round_report.instrument.scale.unknown_share)
    table: list[tuple[float, bool]] = [(limit, False), (limit + 0.01, True)]

    def outcome(share: float) -> bool:
        found = {"PC": replace(total.dimensions["PC"], dont_know_share=share)}
        group = replace(total, dimensions=found)
        return bool(
            content(sectors, changed(round_report, groups=(group,))).scores[0].standings[0].many
        )

    assert [(share, outcome(share)) for share, _ in table] == table


def test_alpha_is_for_who_runs_the_round(round_report: ReportData) -> None:
    told = changed(round_report, alphas=(Alpha("agriculture/local", "HC", 0.5, ("HC1",)),))

    assert content(sectors, told).alphas == ()
    (line,) = content(sectors, replace(told, facilitated=True)).alphas
    assert (line.name, line.alphas) == ("Agriculture, Local", (*[""] * 4, "0.50", *[""] * 4))


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


def test_no_common_view_begins_above_its_limit(round_report: ReportData) -> None:
    table: list[tuple[float, list[str]]] = [(1.0, []), (1.01, ["Agriculture, Local"])]

    def outcome(deviation: float) -> list[str]:
        bank = round_report.instrument
        scale = replace(bank.scale, no_common_view=Fraction(1))
        found = changed(
            replace(round_report, instrument=replace(bank, scale=scale)),
            agreement=(Agreement("agriculture/local", "HC1", deviation, 5),),
        )
        return [one.between for one in content(sectors, found).agreement]

    assert [(deviation, outcome(deviation)) for deviation, _ in table] == table
    assert content(sectors, round_report).agreement[0].between == "Agriculture, National"
