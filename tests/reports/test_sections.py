from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from assessment.method.result import (
    CaseDistance,
)
from assessment.reports.report_data import NamedProgramme
from assessment.reports.sections import LAYERS, SECTIONS, WITHOUT_ANSWERS, sections_of
from assessment.reports.sections.about import about
from assessment.reports.sections.agreed import agreed
from assessment.reports.sections.annexes import answers, method
from assessment.reports.sections.brief import head
from assessment.reports.sections.dimensions import dimensions
from assessment.reports.sections.how_to_read import how_to_read
from assessment.reports.sections.lines import answer_line, interval_words, score_line
from tests.reports.section_content import changed, content

if TYPE_CHECKING:
    from assessment.reports.report_data import ReportData


ALONE = {
    "brief": ["cover", "going-on", "profile-chart", "ends", "decide", "unknown"],
    "report": ["recommendations", "regional", "dimensions", "rights", "meeting"],
    "annexes": [
        "more-recommendations",
        "compared",
        "answers",
        "profile",
        "how-to-read",
        "method",
        "robustness",
        "limits",
        "sources",
        "glossary",
        "about",
    ],
}


def test_sections_stand_in_their_order(report: ReportData) -> None:
    drawn = {layer: [one.slug for one in sections_of(report, [layer])] for layer in LAYERS}

    assert drawn == ALONE


def test_round_adds_both_sides_and_the_tiers(round_report: ReportData) -> None:
    drawn = [section.slug for section in sections_of(round_report, ["report"])]

    assert [slug for slug in drawn if slug not in ALONE["report"]] == [
        "heard",
        "vertical",
        "sides",
    ]


def test_round_that_is_too_small_shows_nothing_of_its_answers(few_report: ReportData) -> None:
    drawn = sections_of(few_report)

    assert [section.slug for section in drawn] == [
        "cover",
        "summary",
        "profile",
        "limits",
        "sources",
        "glossary",
        "about",
    ]
    assert drawn[1].content == "Fewer than 5 responses, so nothing is shown."


def test_agreed_answers_are_marked_wherever_they_stand(agreed_report: ReportData) -> None:
    lines = {line.code: line for page in content(answers, agreed_report) for line in page.lines}
    page = next(p for p in content(dimensions, agreed_report).pages if p.line.code == "HC")

    assert [code for code, line in lines.items() if line.agreed] == ["HC3"]
    assert [line.code for line in page.answers if line.agreed] == ["HC3"]


def test_agreed_section_shows_both_results(agreed_report: ReportData) -> None:
    found = content(agreed, agreed_report)
    lines = {line.name: line for line in found.lines}
    raw = agreed_report.result.raw or {}

    assert [one.line.code for one in found.answers] == ["HC3"]
    assert [line.changed for line in found.lines].count(True) == 1
    assert lines["Coordination between ministries"].raw == "{}, {}".format(
        score_line(agreed_report, raw["HC"]).level, score_line(agreed_report, raw["HC"]).score
    )


def test_agreed_section_has_no_number_without_information(
    agreed_report: ReportData, empty: ReportData
) -> None:
    blank = empty.result.dimensions
    found = content(agreed, changed(agreed_report, raw=blank))

    assert {line.raw for line in found.lines} == {"Not enough information"}


def test_agreed_section_is_left_out_where_nothing_was_agreed(report: ReportData) -> None:
    assert agreed(report) is None


def test_every_section_is_listed_once() -> None:
    drawn = [draw for layer in LAYERS for draw in SECTIONS[layer]]

    assert len(set(drawn)) == len(drawn) == 34
    assert set(drawn) >= WITHOUT_ANSWERS


def test_score_line_of_an_indication_tells_how_little_is_answered(sparse: ReportData) -> None:
    line = score_line(sparse, sparse.result.dimensions["PC"])

    assert (line.level, line.score) == ("Mixed so far: 1 of 5 questions answered", "")
    assert line.interval == "10 to 90"


def test_score_line_without_information_has_no_number(empty: ReportData) -> None:
    line = score_line(empty, empty.result.dimensions["PC"])

    assert (line.level, line.score, line.interval) == ("Not enough information", "", "")


def test_score_line_of_a_dimension_that_was_not_asked(empty: ReportData) -> None:
    found = replace(empty.result.dimensions["PC"], asked=False, low=None, high=None)

    assert (score_line(empty, found).level, interval_words(empty, found)) == ("Not asked", "")


def test_answer_without_item_is_not_answered(report: ReportData) -> None:
    question = report.instrument.question["PC1"]

    line = answer_line(changed(report, items={}), question)

    assert (line.words, line.open) == (("Not answered",), True)


def test_mean_of_a_question_that_is_not_scored_has_no_words(report: ReportData) -> None:
    item = replace(report.result.items["PC1"], value=None, score=None)

    line = answer_line(changed(report, items={"PC1": item}), report.instrument.question["PC1"])

    assert line.open


def test_head_without_a_name_speaks_of_your_scheme(empty: ReportData) -> None:
    assert content(head, empty).scheme == "Your programmes"


def test_brief_cuts_long_names_and_counts_the_others(report: ReportData) -> None:
    name = "Hills scheme " * 15
    many = tuple(NamedProgramme(name, name) for _at in range(14))
    long = replace(report, scheme=name, programmes=many)

    found, whole = content(head, long), content(about, long)

    assert (len(found.scheme), len(found.programmes), found.more) == (90, 5, 9)
    assert {len(one.institution) for one, _sides in found.programmes} == {55}
    assert (whole.scheme, whole.programmes) == (name, many)


def test_brief_counts_programmes_that_nobody_named(report: ReportData) -> None:
    profile = {**report.result.profile, "programmes": 14}
    named = tuple(NamedProgramme(f"Programme {at}") for at in range(3))
    table: list[tuple[tuple[NamedProgramme, ...], int]] = [(named, 11), ((), 0)]

    def outcome(programmes: tuple[NamedProgramme, ...]) -> int:
        found = replace(changed(report, profile=profile), programmes=programmes)
        return int(content(head, found).more)

    assert [(some, outcome(some)) for some, _ in table] == table


def test_head_of_a_round_counts_the_responses(round_report: ReportData) -> None:
    assert "36 responses" in content(head, round_report).facts


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


def test_answers_keep_the_notes(report: ReportData) -> None:
    lines = {line.code: line for group in content(answers, report) for line in group.lines}

    assert lines["PC1"].note == "The decree was signed in May."


def test_answers_leave_closing_out_where_the_bank_has_none(report: ReportData) -> None:
    bank = report.instrument
    kept = tuple(q for q in bank.questions if q.profile or q.dimension)
    groups = content(answers, replace(report, instrument=replace(bank, questions=kept)))

    assert groups[-1].name == "Rights and participation"


def test_method_gives_no_total_without_information(empty: ReportData) -> None:
    assert content(method, empty).overall == ""


def test_method_gives_distances(report: ReportData) -> None:
    distance = (CaseDistance("MX", 0.125, 4),)

    line = content(method, changed(report, distances=distance)).distances[0]

    assert (line.distance, line.overlap) == ("0.13", "4")
