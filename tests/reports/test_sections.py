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
from assessment.reports.sections.analyses import robustness
from assessment.reports.sections.annexes import answers, method
from assessment.reports.sections.brief import head
from assessment.reports.sections.dimensions import dimensions
from assessment.reports.sections.ends import ends
from assessment.reports.sections.how_to_read import how_to_read
from assessment.reports.sections.lines import answer_line, score_line
from assessment.reports.sections.recommendations import more_recommendations
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


def test_sections_stand_in_their_order_and_one_with_nothing_to_say_is_left_out(
    report: ReportData, empty: ReportData
) -> None:
    drawn = {layer: [one.slug for one in sections_of(report, [layer])] for layer in LAYERS}
    listed = [draw for layer in LAYERS for draw in SECTIONS[layer]]

    assert drawn == ALONE
    assert len(set(listed)) == len(listed) == 34
    assert set(listed) >= WITHOUT_ANSWERS

    bare = changed(report, robustness={}, recommendations=(), packages=(), withheld=())

    left_out = [robustness(bare), more_recommendations(bare), ends(empty)]

    assert left_out == [None, None, None]


def test_round_adds_its_groups_and_one_that_is_too_small_shows_nothing_of_its_answers(
    round_report: ReportData, few_report: ReportData
) -> None:
    of_round = [section.slug for section in sections_of(round_report, ["report"])]
    of_few = {section.slug: section.content for section in sections_of(few_report)}

    assert [slug for slug in of_round if slug not in ALONE["report"]] == [
        "heard",
        "vertical",
        "sides",
    ]
    assert list(of_few) == [
        "cover",
        "summary",
        "profile",
        "limits",
        "sources",
        "glossary",
        "about",
    ]
    assert of_few["summary"] == "Fewer than 5 responses, so nothing is shown."


def test_agreed_section_shows_both_results_and_marks_what_was_agreed(
    agreed_report: ReportData, empty: ReportData
) -> None:
    found, raw = content(agreed, agreed_report), agreed_report.result.raw or {}
    before = score_line(agreed_report, raw["HC"])
    without = content(agreed, changed(agreed_report, raw=empty.result.dimensions))
    of_subject = {page.line.code: page for page in content(dimensions, agreed_report).pages}["HC"]
    written_out = [line for page in content(answers, agreed_report) for line in page.lines]

    assert [one.line.code for one in found.answers] == ["HC3"]
    assert [(line.name, line.raw) for line in found.lines if line.changed] == [
        ("Coordination between ministries", f"{before.level}, {before.score}")
    ]
    assert {line.raw for line in without.lines} == {"Not enough information"}
    assert [line.code for line in of_subject.answers if line.agreed] == ["HC3"]
    assert [line.code for line in written_out if line.agreed] == ["HC3"]


def test_lines_of_scores_and_answers_say_no_more_than_is_known(
    report: ReportData, sparse: ReportData, empty: ReportData
) -> None:
    nothing = empty.result.dimensions["PC"]
    not_asked = replace(nothing, asked=False, low=None, high=None)
    lines = [
        score_line(sparse, sparse.result.dimensions["PC"]),
        score_line(empty, nothing),
        score_line(empty, not_asked),
    ]

    assert [(line.level, line.score, line.interval) for line in lines] == [
        ("Mixed so far: 1 of 5 questions answered", "", "10 to 90"),
        ("Not enough information", "", ""),
        ("Not asked", "", ""),
    ]

    # An answer without words is such as the mean of a question that is not scored.
    question = report.instrument.question["PC1"]
    item = replace(report.result.items["PC1"], value=None, score=None)

    missing = answer_line(changed(report, items={}), question)
    unscored = answer_line(changed(report, items={"PC1": item}), question)

    assert (missing.words, missing.open, unscored.open) == (("Not answered",), True, True)


def test_head_cuts_long_names_and_counts_responses_and_the_other_programmes(
    report: ReportData, empty: ReportData, round_report: ReportData
) -> None:
    """Those too that nobody named; a scheme without a name is yours."""
    name = "Hills scheme " * 15
    many = tuple(NamedProgramme(name, name) for _at in range(14))
    long = replace(report, scheme=name, programmes=many)
    some = changed(report, profile={**report.result.profile, "programmes": 14})
    three = tuple(NamedProgramme(f"Programme {at}") for at in range(3))

    found, whole = content(head, long), content(about, long)

    assert (len(found.scheme), len(found.programmes), found.more) == (90, 5, 9)
    assert {len(one.institution) for one, _sides in found.programmes} == {55}
    assert (whole.scheme, whole.programmes) == (name, many)
    more = [content(head, replace(some, programmes=named)).more for named in (three, ())]
    assert more == [11, 0]
    assert content(head, empty).scheme == "Your programmes"
    assert "36 responses" in content(head, round_report).facts


def test_how_to_read_gives_the_scale_of_the_edition(report: ReportData) -> None:
    scale = replace(report.instrument.scale, sufficient_share=Fraction(3, 4))
    other = replace(report, instrument=replace(report.instrument, scale=scale))
    found = content(how_to_read, other)

    assert [line.span for line in found.levels] == [
        "0 to below 20",
        "20 to below 40",
        "40 to below 60",
        "60 to below 80",
        "80 and more",
    ]
    assert found.enough == "75%"


def test_annexes_keep_the_notes_and_give_distances_and_no_total_without_information(
    report: ReportData, empty: ReportData
) -> None:
    """Answers end with the last subject, where no question is asked in closing."""
    bank = report.instrument
    kept = tuple(q for q in bank.questions if q.profile or q.dimension)
    groups = content(answers, replace(report, instrument=replace(bank, questions=kept)))
    lines = {line.code: line for group in groups for line in group.lines}

    assert lines["PC1"].note == "The decree was signed in May."
    assert groups[-1].name == "Rights and participation"

    distance = (CaseDistance("MX", 0.125, 4),)

    (case,) = content(method, changed(report, distances=distance)).distances

    assert (case.distance, case.overlap) == ("0.13", "4")
    assert content(method, empty).overall == ""
