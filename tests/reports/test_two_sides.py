"""What the two sides see, and what they are to ask each other."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from assessment.method.result import Gap
from assessment.reports.profile_table import profile_table
from assessment.reports.sections.two_sides import TwoSides, two_sides
from assessment.reports.sides_picture import Between, Stand, sides_marks

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assessment.reports.report_data import ReportData

SIDES = ("social_protection", "agriculture")


def drawn(report: ReportData) -> TwoSides:
    section = two_sides(report)
    assert section is not None
    assert isinstance(section.content, TwoSides)
    return section.content


def with_gaps(report: ReportData, apart: Mapping[str, float]) -> ReportData:
    gaps = tuple(Gap(SIDES, on, levels, ()) for on, levels in apart.items())
    return replace(report, result=replace(report.result, gaps=gaps))


def test_three_widest_gaps_are_cards_and_every_subject_is_drawn_widest_first(
    round_report: ReportData,
) -> None:
    """A card asks the question on which the sides differ most."""
    subjects = list(round_report.result.dimensions)
    apart = dict(zip(subjects, (-1.5, 0.9, 2.0, 0.2, 1.2), strict=False))
    asked = {"HC": 1.5, "HC1": 1.0, "HC2": -2.5, "TG": 2.0}
    content = drawn(with_gaps(round_report, apart))
    cards = drawn(with_gaps(round_report, asked)).cards
    names = [round_report.instrument.dimension[code].name for code in subjects]

    assert [card.name for card in content.cards] == [names[2], names[0], names[4]]
    assert [row.name for row in content.rows] == [names[at] for at in (2, 0, 4, 1, 3, 5, 6, 7, 8)]
    assert [row.apart for row in content.rows] == [
        *("2.0 levels apart", "1.5 levels apart", "1.2 levels apart", "0.9 levels apart"),
        *("seen alike", *["not enough answers to compare"] * 4),
    ]
    assert all(row.picture for row in content.rows if all(one.score for one in row.sides))
    assert (content.hidden, content.why) == (False, ())
    text = round_report.instrument.question["HC2"].text
    assert [(card.code, card.ask, card.asked_apart) for card in cards] == [
        ("TG", "", ""),
        ("HC", text, "2.5 levels apart"),
    ]


def test_profile_says_where_its_score_lies_between_sides_far_apart(
    round_report: ReportData,
) -> None:
    first, second, third = list(round_report.result.dimensions)[:3]
    found = profile_table(with_gaps(round_report, {first: -1.5, second: 0.9})).rows

    said = {row.code: "sides 1.5 levels apart" in row.detail for row in found}
    assert {code for code, here in said.items() if here} == {first}
    assert not any("levels apart" in row.detail for row in found if row.code in {second, third})


def test_side_without_a_score_has_no_picture_and_says_so(round_report: ReportData) -> None:
    groups = tuple(
        replace(
            group,
            dimensions=group.dimensions
            | {
                code: replace(group.dimensions[code], score=None, direction=None, standing="open")
                for code in ("HC",)
                if group.dimensions
            },
        )
        for group in round_report.result.groups
    )
    report = replace(round_report, result=replace(round_report.result, groups=groups))
    (row,) = [row for row in drawn(report).rows if row.code == "HC"]

    assert row.picture is None
    assert [(one.words, one.score) for one in row.sides] == [("nothing known", "")] * 2


def test_broken_edge_is_an_indication_and_what_lies_between_is_told_without_colour() -> None:
    firm, weak = Stand(10, firm=True), Stand(90, firm=False)

    def look(first: Stand, second: Stand, between: Between) -> tuple[bool, bool, list[str]]:
        *marks, square, circle = sides_marks((20, 40), first, second, between)
        broken = [
            "stroke-dasharray" in dict(attributes)
            for attributes in (circle.attributes, square.inside[0].attributes)
        ]
        return broken[0], broken[1], [mark.element for mark in marks[5:]]

    assert [
        look(firm, weak, Between.LARGE),
        look(weak, firm, Between.SOME),
        look(firm, firm, Between.ALIKE),
    ] == [(False, True, ["rect"]), (True, False, ["line"]), (False, False, ["line", "line"])]


def test_sides_say_what_their_scores_rest_on_or_that_one_is_hidden(
    round_report: ReportData,
) -> None:
    """A hidden one is said with its number and no figure."""
    some = replace(round_report, invited={(SIDES[0], "national"): 40})
    groups = tuple(
        replace(
            group, hidden=(group.sector == "agriculture" and group.tier is None) or group.hidden
        )
        for group in round_report.result.groups
    )
    content = drawn(replace(round_report, result=replace(round_report.result, groups=groups)))

    assert drawn(some).reliability.startswith("36 of 40 people answered · 6 of 6 groups shown · ")
    assert content.hidden is True
    assert [sentence.partition(":")[0] for sentence in content.why] == ["Agriculture"]
    assert (content.cards, content.rows) == ((), ())
