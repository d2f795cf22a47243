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
from tests.reports.section_content import changed, content

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


def page_of(report: ReportData) -> str:
    """What is going on, as it is drawn."""
    return render_to_string("report/_going_on.html", {"content": content(going_on, report)})


def test_what_is_going_on_says_how_sure_it_is_and_which_decision_answers_it(
    report: ReportData,
) -> None:
    found = content(going_on, report).leading
    of_decision = {one.line.code: one.number for one in content(decisions, report).lines}
    leads = {package.package: package.lead for package in report.result.packages}
    answered = [
        of_decision.get(leads.get(report.instrument.pattern[one.pattern].package, ""), "")
        for one in report.result.patterns
        if one.first
    ]

    assert 1 <= len(found) <= 2
    assert {1 <= len(line.telling) <= 2 for line in found} == {True}
    assert [line for line in found if line.case and not line.country] == []
    assert any(answered)
    assert re.findall(r"decision (\d)", page_of(report)) == [one for one in answered if one]


def test_contrast_or_where_more_subjects_stand_is_told_where_no_pattern_holds(
    report: ReportData,
) -> None:
    """Of subjects in the middle, and of as many high as low, nothing is said."""
    plain = replace(report, result=replace(report.result, patterns=(), contrast=None))

    def apart(standing: str) -> ReportData:
        contrast = Contrast("PC", "TG", standing)
        return replace(plain, result=replace(plain.result, contrast=contrast))

    told = {
        "The clearest contrast: Political commitment and sector priority is high (": apart(
            "settled"
        ),
        "points high": apart("indicative"),
        "more subjects are low than high. See what holds it back": with_scores(
            plain, TG=20, PC=30, VC=80
        ),
        "more subjects are high than low. See what you can build on": with_scores(
            plain, TG=20, PC=70, VC=80
        ),
        "no subject stands out against another": with_scores(plain, TG=20, PC=50, VC=80),
    }

    assert [words for words, one in told.items() if words not in page_of(one)] == []
    assert page_of(apart("settled")).count("(") == 2


def test_a_strength_is_settled_and_high_and_at_most_three_stand_on_each_side(
    report: ReportData, sparse: ReportData
) -> None:
    """Where the scores of a side are near each other they are called equal."""
    low = dict.fromkeys(report.result.dimensions, 10.0)
    high = dict.fromkeys(report.result.dimensions, 90.0)
    table: list[tuple[dict[str, float], list[str], list[str], bool]] = [
        ({"PC": 59, "TG": 30}, [], ["Targeting", "Commitment"], False),
        ({"PC": 60, "TG": 80, "BI": 20}, ["Targeting", "Commitment"], ["Budgets"], False),
        ({"PC": 90}, ["Commitment"], [], False),
        ({"TG": 30, "BI": 31}, [], ["Targeting", "Budgets"], True),
        ({"TG": 26, "BI": 31}, [], ["Targeting", "Budgets"], False),
    ]

    def outcome(scores: dict[str, float]) -> tuple[list[str], list[str], bool]:
        found = content(ends, with_scores(report, **scores))
        return (
            [one.subject for one in found.strengths],
            [one.subject for one in found.weaknesses],
            found.weaknesses_equal,
        )

    assert [(scores, *outcome(scores)) for scores, *_ in table] == table
    assert (len(outcome(high)[0]), len(outcome(low)[1])) == (3, 3)
    indicated = content(ends, sparse)
    assert (indicated.strengths, indicated.nothing_settled) == ((), True)


def test_an_end_is_told_by_an_answer_in_few_words_where_one_can_be_shown(
    report: ReportData,
) -> None:
    low = with_scores(report, TG=30.0)

    (line,) = content(ends, low).weaknesses
    (bare,) = content(ends, changed(low, items={})).weaknesses

    question = next(q for q in report.instrument.questions if q.short == line.question)
    assert question.dimension == "TG"
    assert line.text in {option.label for option in question.options}
    assert (line.standing, line.slug) == ("30", "dimension-tg")
    assert (bare.text, bare.question, bare.subject) == ("", "", "Targeting")


def test_decisions_are_at_most_four_with_one_first_step_each(report: ReportData) -> None:
    """Of an edition without packages its first; what comes before them names who acts."""
    found = content(decisions, report)
    lines, before = found.lines, (found.lines[0].line,)
    plain = content(decisions, changed(report, packages=()))
    preceded = {"content": replace(found, before=before, lines=())}

    assert [one.number for one in lines] == ["1", "2", "3", "4"]
    assert [one.first_step for one in lines] == [
        one.line.first_step[: len(one.first_step)] for one in lines
    ]
    assert {one.slot for one in lines} <= {"now", "next-budget", "later"}
    assert {1 <= len(one.line.telling) <= 2 for one in lines} == {True}
    assert ({one.after for one in plain.lines}, plain.before) == ({()}, ())
    assert len(plain.lines) <= 4
    words = f"{before[0].title} ({before[0].actor})."
    assert words in render_to_string("report/_decide.html", preceded)


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


def test_what_is_not_known_names_who_could_tell_who_is_silent_and_what_was_added(
    report: ReportData, sparse: ReportData, round_report: ReportData
) -> None:
    """A subject without an answer comes whole; many words in closing are cut."""
    found = content(unknown, with_closing(report, "Ask us again."))
    cut = content(unknown, with_closing(report, "word " * 100)).closing

    assert (len(found.lines), found.closing) == (3, "Ask us again.")
    assert found.more >= 1
    assert [line for line in found.lines if not line.who] == []
    assert (len(cut), cut[-1]) == (200, "…")
    subjects = [line.subject for line in content(unknown, sparse).lines]
    assert subjects == ["nothing is answered yet"] * 3

    silent = replace(round_report, invited={**round_report.invited, ("finance", "local"): 3})

    before, after = content(unknown, round_report).hidden, content(unknown, silent).hidden

    assert set(after) - set(before) == {"Finance and planning, Local"}


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
