from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from assessment.instrument.conditions.explain import Reason
from assessment.method.result import (
    Agreement,
    Alpha,
    CaseDistance,
    Gap,
    GroupResult,
    Recommendation,
    Verdict,
    WithheldRule,
)
from assessment.reports.formats import number, percent
from assessment.reports.report_data import NamedProgramme
from assessment.reports.sections import LAYERS, SECTIONS, WITHOUT_ANSWERS, sections_of
from assessment.reports.sections.about import about, profile
from assessment.reports.sections.agreed import agreed
from assessment.reports.sections.analyses import (
    GroupScores,
    GroupStanding,
    rights,
    robustness,
    sectors,
)
from assessment.reports.sections.annexes import answers, method
from assessment.reports.sections.brief import head
from assessment.reports.sections.diagnosis import diagnosis
from assessment.reports.sections.dimensions import dimensions
from assessment.reports.sections.how_to_read import how_to_read
from assessment.reports.sections.lines import answer_line, interval_words, score_line
from assessment.reports.sections.recommendations import (
    more_recommendations,
    recommendation_lines,
    recommendations,
)
from assessment.reports.sections.vertical import vertical
from tests.reports.conftest import PROFILE

if TYPE_CHECKING:
    from collections.abc import Callable

    from assessment.reports.report_data import ReportData
    from assessment.reports.sections.lines import Section

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


def content(section: Callable[[ReportData], Section | None], report: ReportData) -> Any:
    drawn = section(report)
    assert drawn is not None
    return drawn.content


def changed(report: ReportData, **result: Any) -> ReportData:
    return replace(report, result=replace(report.result, **result))


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


def test_about_of_a_published_edition_gives_its_number(report: ReportData) -> None:
    facts = content(about, changed(report, edition=3)).facts

    assert "Edition 3: Second edition" in [fact.text for fact in facts]


def test_about_tells_language_and_status(report: ReportData) -> None:
    kept, loose = (
        {fact.term: fact.text for fact in content(about, replace(report, submitted=kept)).facts}
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
        "2.1",
        "From a file, not stored",
        "22 November 2026",
    )


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


def test_dimension_pages_carry_answers_with_next_steps(report: ReportData) -> None:
    page = content(dimensions, report).pages[0]

    assert [line.code for line in page.answers] == ["PC1", "PC2", "PC3", "PC4", "PC5"]


def test_dimension_page_names_what_was_left_open_in_one_line(sparse: ReportData) -> None:
    page = content(dimensions, sparse).pages[0]

    assert [line.code for line in page.answers] == ["PC1"]
    assert len(page.unanswered) == 4


def test_dimension_page_names_what_limits_it(report: ReportData) -> None:
    pages = {page.line.code: page for page in content(dimensions, report).pages}

    limits = report.result.dimensions["VC"].limited_by

    assert tuple(line.code for line in pages["VC"].limits) == limits


def test_dimension_page_without_answers_counts_none(empty: ReportData) -> None:
    pages = {page.line.code: page for page in content(dimensions, empty).pages}

    assert pages["TG"].answered == "No question was answered."


def test_dimension_page_tells_not_knowing_from_not_answering(sparse: ReportData) -> None:
    unknown = replace(sparse.result.items["PC1"], status="dont_know", score=None)
    report = changed(sparse, items={**sparse.result.items, "PC1": unknown})

    page = content(dimensions, report).pages[0]

    assert page.answered == "No question was answered; 1 of 5 with “I do not know”."


def test_dimension_page_counts_as_many_questions_as_the_profile(sparse: ReportData) -> None:
    """What is asked and does not count, as the share of external partners, is in neither."""
    answered = replace(sparse.result.items["BI1"], status="answered", score=0.0)
    report = changed(sparse, items={**sparse.result.items, "BI1": answered})

    page = next(p for p in content(dimensions, report).pages if p.line.code == "BI")

    asked = sparse.result.dimensions["BI"].questions_asked
    assert page.answered == f"1 of {asked} questions answered."


def test_dimension_page_counts_what_was_answered(sparse: ReportData) -> None:
    page = content(dimensions, sparse).pages[0]

    assert page.answered == "1 of 5 questions answered."


def test_question_that_few_answered_is_neither_open_nor_told(sparse: ReportData) -> None:
    items = {**sparse.result.items, "PC2": replace(sparse.result.items["PC2"], status="few")}
    few = changed(sparse, items=items)

    page = content(dimensions, few).pages[0]

    assert page.answers[1].words == "Answered by too few people to be shown"
    assert page.answered == "1 of 5 answered by enough people."


def test_subject_without_a_case_at_its_level_names_the_nearest(report: ReportData) -> None:
    pages = {page.line.code: page for page in content(dimensions, changed(report, cases={})).pages}

    assert (bool(pages["TG"].cases), pages["TG"].at_level) == (True, False)


def test_rights_and_participation_has_no_case(report: ReportData) -> None:
    page = content(dimensions, report).pages[-1]

    assert (page.line.code, page.cases) == ("RP", ())


def test_finding_is_told_with_one_of_four_looks(report: ReportData) -> None:
    table: list[tuple[str, str, str]] = [
        ("RS-KM4", "seen", "hinders-here"),
        ("RS-KM4", "partly", "hinders-here"),
        ("RS-KM4", "not_seen", "hinders-absent"),
        ("RS-T12", "seen", "helps-here"),
        ("RS-T12", "not_seen", "helps-absent"),
    ]

    def outcome(code: str, verdict: str) -> str:
        one = {code: Verdict(code, verdict, 20.0, ("HC1",))}
        pages = content(dimensions, changed(report, verdicts=one)).pages
        (line,) = (line for page in pages for line in page.seen.lines)
        assert line.finding.passage.startswith("Rural Synergies brief")
        return str(line.slug)

    assert [(code, verdict, outcome(code, verdict)) for code, verdict, _ in table] == table


def test_finding_stands_once_and_is_referred_to_elsewhere(report: ReportData) -> None:
    pages = content(dimensions, report).pages
    codes = [line.finding.code for page in pages for line in page.seen.lines]
    untold = sum(page.seen.untold for page in pages)

    assert len(set(codes)) == len(codes)
    assert len(codes) + untold == len(report.result.verdicts)
    assert sum(len(page.seen.elsewhere) for page in pages) > 0


def test_findings_with_the_same_look_stand_together(report: ReportData) -> None:
    for page in content(dimensions, report).pages:
        looks = [(look.words, one.code) for look in page.seen.looks for one in look.findings]
        lines = [(line.look, line.finding.code) for line in page.seen.lines]

        assert len({words for words, _code in looks}) == len(page.seen.looks)
        assert sorted(looks) == sorted(lines)


def test_first_packages_are_four_with_a_lead_and_two_steps(report: ReportData) -> None:
    found = content(recommendations, report)

    assert [line.number for line in found.packages] == ["1", "2", "3", "4"]
    assert {len(line.steps) for line in found.packages} <= {0, 1, 2}


def test_further_recommendations_stand_in_the_annex(report: ReportData) -> None:
    found, first = content(more_recommendations, report), content(recommendations, report)
    further = {line.code for line in found.lines}
    for package in found.packages:
        whole = () if package.more else (package.lead, *package.steps)
        further |= {line.code for line in (*whole, *package.more)}
    begun = {line.code for line in first.first}
    begun |= {line.code for one in first.packages for line in (one.lead, *one.steps)}

    assert further & begun == set()
    assert further | begun == {line.code for line in recommendation_lines(report)}


def test_what_answers_speak_against_is_told_with_them(report: ReportData) -> None:
    because = (Reason("answer.PC1", ">=", 3.0, 3.0),)
    withheld = (WithheldRule("R01", suppressed_by="R02"), WithheldRule("R03", because=because))

    lines = content(more_recommendations, changed(report, withheld=withheld)).withheld

    assert [(line.instead != "", len(line.because)) for line in lines] == [(True, 0), (False, 1)]


def test_edition_without_packages_has_one_list(report: ReportData) -> None:
    kept = tuple(replace(r, package="") for r in report.result.recommendations)
    plain = changed(report, packages=(), recommendations=kept, withheld=())
    found, further = content(recommendations, plain), content(more_recommendations, plain)

    assert [line.first for line in found.first] == [True] * sum(r.first for r in kept)
    assert len(further.lines) == found.rest


def test_no_annex_without_further_recommendations(report: ReportData) -> None:
    bare = changed(report, recommendations=(), packages=(), withheld=())

    assert more_recommendations(bare) is None


def test_variant_replaces_the_text_of_a_rule(report: ReportData) -> None:
    rule = next(rule for rule in report.instrument.rules if rule.variants)
    found = Recommendation(rule.code, 0, True, ())

    line = recommendation_lines(changed(report, recommendations=(found,)))[0]

    assert line.text == rule.variants[0].text


def test_patterns_that_do_not_lead_are_to_be_watched(report: ReportData) -> None:
    watched = tuple(replace(one, first=False) for one in report.result.patterns)

    found = content(diagnosis, changed(report, patterns=watched))

    assert (len(found.watch), found.leading) == (len(watched), ())


def test_rights_lens_has_three_categories_and_three_principles(report: ReportData) -> None:
    found = content(rights, report)

    assert (len(found.categories), len(found.principles)) == (3, 3)


def test_rights_lens_without_answers_has_no_number(empty: ReportData) -> None:
    found = content(rights, empty)

    assert {(line.total, line.direction) for line in found.principles} == {("", "")}


def test_rights_lens_says_which_way_the_answers_point(report: ReportData) -> None:
    found = content(rights, report)
    lines = [*found.categories, *found.principles]

    def expected(total: float) -> str:
        return "low" if total < 40 else "mixed" if total < 60 else "high"

    assert [line.direction for line in lines] == [expected(float(line.total)) for line in lines]


def test_robustness_is_left_out_without_draws(report: ReportData) -> None:
    assert robustness(changed(report, robustness={})) is None


def test_sides_are_left_out_for_one_who_answers_alone(report: ReportData) -> None:
    assert (sectors(report), vertical(report)) == (None, None)


def test_sides_show_every_group_in_every_dimension(round_report: ReportData) -> None:
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


def test_sides_show_nothing_of_a_hidden_group_but_how_many_answered(
    round_report: ReportData,
) -> None:
    hidden = GroupResult("finance", "national", 2, True)
    invited = {("finance", "national"): 7}

    (line,) = content(
        sectors, replace(changed(round_report, groups=(hidden,)), invited=invited)
    ).scores

    assert line == GroupScores("Finance and planning, National", "2 of 7", ())


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


def test_sides_show_no_common_view(round_report: ReportData) -> None:
    assert content(sectors, round_report).agreement[0].between == "Agriculture, National"


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
