"""The brief: what its two pages say of answers, and what they never say."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from django.template.loader import render_to_string

from assessment.method.result import Contrast
from assessment.reports.sections.brief import decisions, going_on
from assessment.reports.sections.ends import ends
from assessment.reports.sections.recommendations import first_sentence
from assessment.reports.sections.unknown import UNANSWERED, open_questions, unknown
from tests.reports.section_content import content

if TYPE_CHECKING:
    from assessment.method.result import DimensionResult
    from assessment.reports.report_data import ReportData


def with_scores(report: ReportData, **scores: float) -> ReportData:
    """Settled dimensions with these scores, by code; all others are open."""
    dimensions = {
        code: settled(found, scores[code])
        if code in scores
        else replace(found, score=None, level=None, standing="open", direction=None)
        for code, found in report.result.dimensions.items()
    }
    return replace(report, result=replace(report.result, dimensions=dimensions))


def settled(found: DimensionResult, score: float) -> DimensionResult:
    direction = "low" if score < 40 else "mixed" if score < 60 else "high"
    return replace(found, score=score, standing="settled", direction=direction)


def test_what_is_going_on_says_how_sure_it_is(report: ReportData) -> None:
    found = content(going_on, report)

    assert 1 <= len(found.leading) <= 2
    assert all(1 <= len(line.telling) <= 2 for line in found.leading)
    assert all(line.country for line in found.leading if line.case)


def test_pattern_names_the_decision_that_answers_it(report: ReportData) -> None:
    of_decision = {one.line.code: one.number for one in content(decisions, report).lines}
    leads = {found.package: found.lead for found in report.result.packages}
    answered = [
        of_decision.get(leads.get(report.instrument.pattern[found.pattern].package, ""), "")
        for found in report.result.patterns
        if found.first
    ]

    assert any(answered)
    page = render_to_string("report/_going_on.html", {"content": content(going_on, report)})
    assert re.findall(r"decision (\d)", page) == [number for number in answered if number]


def test_what_comes_before_the_decisions_names_who_acts(report: ReportData) -> None:
    found = content(decisions, report)
    before = tuple(one.line for one in found.lines[:1])
    page = render_to_string(
        "report/_decide.html", {"content": replace(found, before=before, lines=())}
    )

    assert f"{before[0].title} ({before[0].actor})." in page


def test_contrast_of_what_is_settled_gives_its_scores(report: ReportData) -> None:
    contrast = Contrast("PC", "TG", "settled")
    plain = replace(report, result=replace(report.result, patterns=(), contrast=contrast))

    words = content(going_on, plain).contrast
    assert "The clearest contrast:" in words
    assert words.count("(") == 2


def test_contrast_stands_where_no_pattern_holds(report: ReportData) -> None:
    contrast = Contrast("PC", "TG", "indicative")
    plain = replace(report, result=replace(report.result, patterns=(), contrast=contrast))

    assert "points high" in content(going_on, plain).contrast


def test_a_strength_is_settled_and_high(report: ReportData) -> None:
    table: list[tuple[dict[str, float], list[str], list[str]]] = [
        ({"PC": 59, "TG": 30}, [], ["Targeting", "Commitment"]),
        ({"PC": 60, "TG": 80, "BI": 20}, ["Targeting", "Commitment"], ["Budgets"]),
        ({"PC": 90}, ["Commitment"], []),
    ]

    def outcome(scores: dict[str, float]) -> tuple[list[str], list[str]]:
        found = content(ends, with_scores(report, **scores))
        return [one.subject for one in found.strengths], [one.subject for one in found.weaknesses]

    assert [(scores, *outcome(scores)) for scores, _, _ in table] == table


def test_at_most_three_stand_on_each_side(report: ReportData) -> None:
    low = dict.fromkeys(report.result.dimensions, 10.0)
    high = dict.fromkeys(report.result.dimensions, 90.0)

    assert len(content(ends, with_scores(report, **low)).weaknesses) == 3
    assert len(content(ends, with_scores(report, **high)).strengths) == 3


def test_near_scores_are_called_equal(report: ReportData) -> None:
    table = [(30.0, True), (26.0, False)]

    def outcome(other: float) -> bool:
        return bool(content(ends, with_scores(report, TG=other, BI=31.0)).weaknesses_equal)

    assert [(other, outcome(other)) for other, _ in table] == table


def test_an_end_is_told_by_an_answer_in_few_words(report: ReportData) -> None:
    (line,) = content(ends, with_scores(report, TG=30.0)).weaknesses

    question = next(q for q in report.instrument.questions if q.short == line.question)
    assert question.dimension == "TG"
    assert line.text in {option.label for option in question.options}
    assert (line.standing, line.slug) == ("30", "dimension-tg")


def test_an_end_without_an_answer_to_show_has_none(report: ReportData) -> None:
    bare = replace(with_scores(report, TG=30.0))
    bare = replace(bare, result=replace(bare.result, items={}))

    (line,) = content(ends, bare).weaknesses

    assert (line.text, line.question, line.subject) == ("", "", "Targeting")


def test_nothing_known_has_no_ends(empty: ReportData) -> None:
    assert ends(empty) is None


def test_an_indication_is_no_strength(sparse: ReportData) -> None:
    found = content(ends, sparse)

    assert (found.strengths, found.nothing_settled) == ((), True)


def test_decisions_are_at_most_four_with_one_first_step_each(report: ReportData) -> None:
    lines = content(decisions, report).lines

    assert [one.number for one in lines] == ["1", "2", "3", "4"]
    assert all(one.line.first_step.startswith(one.first_step) for one in lines)
    assert {one.slot for one in lines} <= {"now", "next-budget", "later"}
    assert all(1 <= len(one.line.telling) <= 2 for one in lines)


def test_decisions_of_an_edition_without_packages_are_its_first(report: ReportData) -> None:
    found = content(decisions, replace(report, result=replace(report.result, packages=())))

    assert [one.after for one in found.lines] == [()] * len(found.lines)
    assert 1 <= len(found.lines) <= 4
    assert found.before == ()


def test_first_sentence_ends_where_one_ends() -> None:
    table = [
        ("Do this. Then that.", "Do this."),
        ("Do this", "Do this"),
        ("ይህን አድርግ። ከዚያም ያን።", "ይህን አድርግ።"),
    ]

    assert [(text, first_sentence(text)) for text, _ in table] == table


def with_closing(report: ReportData, text: str) -> ReportData:
    (question,) = report.instrument.closing_questions
    return replace(report, texts={question.code: text})


def test_what_is_not_known_names_who_could_tell(report: ReportData) -> None:
    found = content(unknown, with_closing(report, "Ask us again."))

    assert len(found.lines) == 3
    assert found.more >= 1
    assert all(line.who for line in found.lines)
    assert found.closing == "Ask us again."


def test_subject_without_an_answer_comes_whole(sparse: ReportData) -> None:
    found = content(unknown, sparse)

    assert [line.subject for line in found.lines] == ["nothing is answered yet"] * 3


def test_what_the_short_way_leaves_out_is_not_called_open(empty: ReportData) -> None:
    """Nothing but “I do not know” to one core question, and to one more that was taken up."""
    asked = [q for q in empty.instrument.questions if q.dimension and q.scored]
    core = [q for q in asked if q.core]
    further = next(q for q in asked if not q.core and q.code in empty.result.items)
    items = {**empty.result.items, further.code: empty.result.items["PC1"]}
    short = replace(empty, core_only=True, result=replace(empty.result, items=items))
    seen = [q for q in asked if q.code in items]

    found = content(unknown, short)

    assert {q.code for q in open_questions(short)} == {further.code, *(q.code for q in core)}
    assert found.not_put == len(seen) - len(core) - 1
    assert content(unknown, empty).not_put == 0


def test_short_way_with_all_its_answers_leaves_nothing_open(report: ReportData) -> None:
    """A subject of which only the whole asks more is no open one."""
    items = {
        code: replace(
            item, status="answered" if report.instrument.question[code].core else UNANSWERED
        )
        for code, item in report.result.items.items()
    }
    dimensions = {code: replace(d, standing="open") for code, d in report.result.dimensions.items()}
    result = replace(report.result, items=items, dimensions=dimensions)
    short = replace(report, core_only=True, result=result)

    assert content(unknown, short).lines == ()
    page = render_to_string("report/_unknown.html", {"content": content(unknown, short)})
    assert "Every question that was put has an answer." in page
    assert "were not asked on the short way" in page


def test_long_words_in_closing_are_cut(report: ReportData) -> None:
    found = content(unknown, with_closing(report, "word " * 100))

    assert (len(found.closing), found.closing[-1]) == (200, "…")


def test_without_pattern_and_contrast_it_says_where_more_subjects_stand(
    report: ReportData,
) -> None:
    """Of subjects in the middle, and of as many high as low, nothing is said."""
    plain = replace(report, result=replace(report.result, patterns=(), contrast=None))
    told = {
        name: render_to_string(
            "report/_going_on.html", {"content": content(going_on, with_scores(plain, **scores))}
        )
        for name, scores in {
            "low": {"TG": 20, "PC": 30, "VC": 80},
            "high": {"TG": 20, "PC": 70, "VC": 80},
            "even": {"TG": 20, "PC": 50, "VC": 80},
        }.items()
    }

    assert "more subjects are low than high. See what holds it back" in told["low"]
    assert "more subjects are high than low. See what you can build on" in told["high"]
    assert "no subject stands out against another" in told["even"]


def test_group_of_which_nobody_answered_is_named_with_the_hidden_ones(
    round_report: ReportData,
) -> None:
    silent = replace(round_report, invited={**round_report.invited, ("finance", "local"): 3})

    before, after = content(unknown, round_report).hidden, content(unknown, silent).hidden

    assert set(after) - set(before) == {"Finance and planning, Local"}
