from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest

from assessment.method.result import CaseDistance, Gap, GroupResult, Recommendation, Verdict
from assessment.reports.report_data import NamedProgramme
from assessment.reports.sections import SECTIONS, sections_of
from assessment.reports.sections.agreed import agreed
from assessment.reports.sections.analyses import (
    GroupScores,
    Standing,
    rights,
    robustness,
    sides,
    vertical,
)
from assessment.reports.sections.annexes import answers, method
from assessment.reports.sections.dimensions import dimensions
from assessment.reports.sections.front import cover, how_to_read, profile, summary
from assessment.reports.sections.lines import answer_line, interval_words, score_line
from assessment.reports.sections.recommendations import (
    action_plan,
    more_recommendations,
    recommendation_lines,
    recommendations,
)
from tests.reports.conftest import PROFILE

if TYPE_CHECKING:
    from collections.abc import Callable

    from assessment.reports.report_data import Reading
    from assessment.reports.sections.lines import Section

ALONE = [
    "cover",
    "summary",
    "how-to-read",
    "profile",
    "dimensions",
    "recommendations",
    "action-plan",
    "rights",
    "robustness",
    "more-recommendations",
    "answers",
    "method",
    "limits",
    "sources",
    "glossary",
]


def content(section: Callable[[Reading], Section | None], reading: Reading) -> Any:
    drawn = section(reading)
    assert drawn is not None
    return drawn.content


def changed(reading: Reading, **result: Any) -> Reading:
    return replace(reading, result=replace(reading.result, **result))


def test_sections_stand_in_their_order(reading: Reading) -> None:
    assert [section.slug for section in sections_of(reading)] == ALONE


def test_round_adds_both_sides_and_the_tiers(round_reading: Reading) -> None:
    drawn = [section.slug for section in sections_of(round_reading)]

    assert drawn[8:10] == ["sides", "vertical"]


def test_round_that_is_too_small_shows_nothing_of_its_answers(few_reading: Reading) -> None:
    drawn = sections_of(few_reading)

    assert [section.slug for section in drawn] == [
        "cover",
        "summary",
        "profile",
        "limits",
        "sources",
        "glossary",
    ]
    assert drawn[1].content == "Fewer than 5 responses, so nothing is shown."


def test_agreed_answers_are_marked_wherever_they_stand(agreed_reading: Reading) -> None:
    lines = {line.code: line for page in content(answers, agreed_reading) for line in page.lines}
    page = next(p for p in content(dimensions, agreed_reading).pages if p.line.code == "HC")

    assert [code for code, line in lines.items() if line.agreed] == ["HC3"]
    assert [line.code for line in page.answers if line.agreed] == ["HC3"]


def test_agreed_section_shows_both_results(agreed_reading: Reading) -> None:
    found = content(agreed, agreed_reading)
    lines = {line.name: line for line in found.lines}
    raw = agreed_reading.result.raw or {}

    assert [line.code for line in found.answers] == ["HC3"]
    assert [line.changed for line in found.lines].count(True) == 1
    assert lines["Coordination between ministries"].raw == "{}, {}".format(
        score_line(agreed_reading, raw["HC"]).level, score_line(agreed_reading, raw["HC"]).score
    )


def test_agreed_section_has_no_number_without_information(
    agreed_reading: Reading, empty: Reading
) -> None:
    blank = empty.result.dimensions
    found = content(agreed, changed(agreed_reading, raw=blank))

    assert {line.raw for line in found.lines} == {"Not enough information"}


def test_agreed_section_is_left_out_where_nothing_was_agreed(reading: Reading) -> None:
    assert agreed(reading) is None


def test_every_section_is_listed_once() -> None:
    assert len(set(SECTIONS)) == len(SECTIONS) == 18


def test_summary_names_three_of_each(reading: Reading) -> None:
    found = content(summary, reading)

    assert (len(found.strengths), len(found.gaps), len(found.actions)) == (3, 3, 3)


def test_summary_never_calls_a_gap_a_strength(reading: Reading) -> None:
    some = {d.dimension: d for d in reading.sufficient[:2]}
    found = content(summary, changed(reading, dimensions=some, recommendations=()))

    assert len(found.strengths) == len(found.gaps) == 1


def test_summary_of_low_results_says_so(reading: Reading) -> None:
    low = {c: replace(d, level=1) for c, d in reading.result.dimensions.items()}
    found = content(summary, changed(reading, dimensions=low))

    assert found.level_floor == "Emerging"


def test_summary_without_information_has_no_chart(empty: Reading) -> None:
    found = content(summary, empty)

    assert (found.nothing_known, found.chart, found.strengths, found.gaps) == (True, None, (), ())


def test_score_line_without_information_has_no_number(empty: Reading) -> None:
    line = score_line(empty, empty.result.dimensions["PC"])

    assert (line.level, line.score, line.interval) == ("Not enough information", "", "")


def test_score_line_of_a_dimension_that_was_not_asked(empty: Reading) -> None:
    found = replace(empty.result.dimensions["PC"], asked=False, low=None, high=None)

    assert (score_line(empty, found).level, interval_words(empty, found)) == ("Not asked", "")


def test_answer_without_item_is_not_answered(reading: Reading) -> None:
    question = reading.instrument.question["PC1"]

    line = answer_line(changed(reading, items={}), question)

    assert (line.words, line.open) == (("Not answered",), True)


def test_mean_of_a_question_that_is_not_scored_has_no_words(reading: Reading) -> None:
    item = replace(reading.result.items["PC1"], value=None, score=None)

    line = answer_line(changed(reading, items={"PC1": item}), reading.instrument.question["PC1"])

    assert line.open


def test_cover_without_a_name_speaks_of_your_scheme(empty: Reading) -> None:
    assert content(cover, empty).scheme == "Your scheme"


def test_cover_of_a_published_edition_gives_its_number(reading: Reading) -> None:
    facts = content(cover, changed(reading, edition=3)).facts

    assert "Edition 3: First edition" in [fact.text for fact in facts]


def test_cover_tells_language_and_status(reading: Reading) -> None:
    kept, loose = (
        {fact.term: fact.text for fact in content(cover, replace(reading, submitted=kept)).facts}
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
        "1.1",
        "From a file, not stored",
        "22 November 2026",
    )


def test_cover_sets_long_names_smaller(reading: Reading) -> None:
    name = "Hills scheme " * 15
    many = tuple(NamedProgramme(name, name) for _at in range(3))
    known = (reading, replace(reading, scheme=name), replace(reading, programmes=many))

    assert [content(cover, one).long_names for one in known] == [False, True, True]


def test_cover_of_a_round_counts_the_responses(round_reading: Reading) -> None:
    assert "36 responses" in [fact.text for fact in content(cover, round_reading).facts]


def test_how_to_read_gives_the_scale_of_the_edition(reading: Reading) -> None:
    found = content(how_to_read, reading)

    assert [line.span for line in found.levels] == [
        "0 to below 20",
        "20 to below 40",
        "40 to below 60",
        "60 to below 80",
        "80 and more",
    ]


def test_how_to_read_gives_another_share_as_percentage(reading: Reading) -> None:
    scale = replace(reading.instrument.scale, sufficient_share=Fraction(3, 4))
    other = replace(reading, instrument=replace(reading.instrument, scale=scale))

    assert content(how_to_read, other).enough == "75%"


def test_profile_marks_one_of_the_five_arrangements(reading: Reading) -> None:
    found = content(profile, reading)

    assert [line.here for line in found.arrangements] == [False, False, True, False, False]


def test_profile_that_was_not_given_says_so(empty: Reading) -> None:
    assert {fact.text for fact in content(profile, empty).facts} == {"Not given"}


def test_profile_tells_how_mexico_differs(reading: Reading) -> None:
    lines = {line.case: line for line in content(profile, reading).alike}

    mexico = lines["PROINPRO + PDPs (Mexico)"]

    assert mexico.programmes == "Another number of programmes: 14, here 2."
    assert mexico.intention == (
        "Another intention: “Yes: working together was part of the design”, here "
        "“Partly: it was intended for some programmes or some activities”."
    )


def test_profile_tells_what_is_the_same_in_a_case(reading: Reading) -> None:
    same = {**PROFILE, "programmes": 14, "intention": "yes"}
    lines = {line.case: line for line in content(profile, changed(reading, profile=same)).alike}

    mexico = lines["PROINPRO + PDPs (Mexico)"]

    assert (mexico.programmes, mexico.intention) == (
        "The same number of programmes: 14.",
        "The same intention: “Yes: working together was part of the design”.",
    )


def test_profile_tells_what_cannot_be_compared_with_a_case(reading: Reading) -> None:
    bare = {"arrangement": "complementary_different"}
    lines = {line.case: line for line in content(profile, changed(reading, profile=bare)).alike}

    mexico = lines["PROINPRO + PDPs (Mexico)"]

    assert (mexico.programmes, mexico.intention) == (
        "Number of programmes: 14; here it is not given.",
        "Intention: “Yes: working together was part of the design”; here it is not given.",
    )


def test_dimension_pages_carry_answers_with_next_steps(reading: Reading) -> None:
    page = content(dimensions, reading).pages[0]

    assert [line.code for line in page.answers] == ["PC1", "PC2", "PC3", "PC4"]


def test_dimension_page_names_what_limits_it(reading: Reading) -> None:
    pages = {page.line.code: page for page in content(dimensions, reading).pages}

    limits = reading.result.dimensions["VC"].limited_by

    assert tuple(line.code for line in pages["VC"].limits) == limits


def test_dimension_page_without_answers_counts_none(empty: Reading) -> None:
    pages = {page.line.code: page for page in content(dimensions, empty).pages}

    assert pages["TG"].answered == "None of the questions of this dimension was answered."


def test_dimension_page_counts_what_was_answered(empty: Reading) -> None:
    page = content(dimensions, empty).pages[0]

    assert page.answered == "1 of 4 questions of this dimension were answered."


def test_question_that_few_answered_is_neither_open_nor_told(empty: Reading) -> None:
    items = {**empty.result.items, "PC2": replace(empty.result.items["PC2"], status="few")}
    few = changed(empty, items=items)

    page = content(dimensions, few).pages[0]

    assert page.answers[1].words == ("Answered by too few people to be shown",)
    assert page.answered == "1 of 4 questions of this dimension were answered by enough people."


def test_rights_and_participation_has_no_case(reading: Reading) -> None:
    page = content(dimensions, reading).pages[-1]

    assert (page.line.code, page.cases) == ("RP", ())


def test_verdict_line_names_passage_and_questions(reading: Reading) -> None:
    verdict = {"RS-KM4": Verdict("RS-KM4", "seen", 20.0, ("HC1",))}
    pages = {p.line.code: p for p in content(dimensions, changed(reading, verdicts=verdict)).pages}

    line = pages["HC"].verdicts[0]

    assert (line.verdict, line.questions, line.finding.passage) == (
        "Seen here",
        "HC1",
        "Rural Synergies Project, Key messages, line 13",
    )


def test_first_recommendations_are_at_most_seven(reading: Reading) -> None:
    assert len(content(recommendations, reading).first) <= 7


def test_further_recommendations_stand_in_the_annex(reading: Reading) -> None:
    all_lines = recommendation_lines(reading)
    further = content(more_recommendations, reading).lines

    assert len(further) == len(all_lines) - len(content(recommendations, reading).first)


def test_no_annex_without_further_recommendations(reading: Reading) -> None:
    first = tuple(r for r in reading.result.recommendations if r.first)

    assert more_recommendations(changed(reading, recommendations=first)) is None


def test_variant_replaces_the_text_of_a_rule(reading: Reading) -> None:
    rule = next(rule for rule in reading.instrument.rules if rule.variants)
    found = Recommendation(rule.code, 0, True, ())

    line = recommendation_lines(changed(reading, recommendations=(found,)))[0]

    assert line.text == rule.variants[0].text


def test_action_plan_numbers_the_rows_to_fill_in(reading: Reading) -> None:
    found = content(action_plan, reading)

    assert [line.number for line in found.lines] + list(found.blank) == [
        str(at) for at in range(1, len(found.lines) + 4)
    ]


def test_rights_lens_has_three_categories_and_three_principles(reading: Reading) -> None:
    found = content(rights, reading)

    assert (len(found.categories), len(found.principles)) == (3, 3)


def test_rights_lens_without_answers_has_no_number(empty: Reading) -> None:
    found = content(rights, empty)

    assert {line.total for line in found.principles} == {""}


def test_robustness_is_left_out_without_draws(reading: Reading) -> None:
    assert robustness(changed(reading, robustness={})) is None


def test_sides_are_left_out_for_one_who_answers_alone(reading: Reading) -> None:
    assert (sides(reading), vertical(reading)) == (None, None)


def test_sides_name_every_group(round_reading: Reading) -> None:
    groups = content(sides, round_reading).groups

    assert [group.name for group in groups][-1] == "Everybody"


def test_sides_show_every_group_in_every_dimension(round_reading: Reading) -> None:
    found = content(sides, round_reading)
    total = round_reading.result.dimensions["PC"]

    assert [line.name for line in found.scores] == [group.name for group in found.groups]
    assert {len(line.standings) for line in found.scores} == {len(found.dimensions)} == {9}
    assert found.scores[-1].standings[0] == Standing(
        score_line(round_reading, total).score, score_line(round_reading, total).unknown
    )


def test_sides_show_nothing_of_a_hidden_group(round_reading: Reading) -> None:
    hidden = GroupResult("finance", "national", 2, True)

    (line,) = content(sides, changed(round_reading, groups=(hidden,))).scores

    assert line == GroupScores("Finance and planning, National", ())


@pytest.mark.parametrize(
    ("levels", "higher"),
    [
        (0.0, "Both alike"),
        (-0.049, "Both alike"),
        (0.05, "Social protection"),
        (-0.1, "Agriculture"),
    ],
)
def test_gap_says_who_sees_it_higher_unless_it_is_shown_as_nothing(
    round_reading: Reading, levels: float, higher: str
) -> None:
    gap = Gap(("social_protection", "agriculture"), "HC", levels, ("HC1",))

    (line,) = content(sides, changed(round_reading, gaps=(gap,))).gaps

    assert line.between == higher


def test_sides_show_no_common_view(round_reading: Reading) -> None:
    assert content(sides, round_reading).agreement[0].between == "Agriculture, Local"


def test_vertical_follows_questions_through_the_tiers(round_reading: Reading) -> None:
    assert len(content(vertical, round_reading).chain) == len(round_reading.result.chain)


def test_answers_keep_the_notes(reading: Reading) -> None:
    lines = {line.code: line for group in content(answers, reading) for line in group.lines}

    assert lines["PC1"].note == "The decree was signed in May."


def test_answers_leave_closing_out_where_the_bank_has_none(reading: Reading) -> None:
    bank = reading.instrument
    kept = tuple(q for q in bank.questions if q.profile or q.dimension)
    groups = content(answers, replace(reading, instrument=replace(bank, questions=kept)))

    assert groups[-1].name == "Rights and participation"


def test_method_gives_no_total_without_information(empty: Reading) -> None:
    assert content(method, empty).overall == ""


def test_method_gives_distances(reading: Reading) -> None:
    distance = (CaseDistance("MX", 0.125, 4),)

    line = content(method, changed(reading, distances=distance)).distances[0]

    assert (line.distance, line.overlap) == ("0.13", "4")
