from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from assessment.instrument.conditions.explain import Reason
from assessment.method.result import (
    Recommendation,
    WithheldRule,
)
from assessment.reports.sections.diagnosis import diagnosis
from assessment.reports.sections.recommendations import (
    more_recommendations,
    recommendation_lines,
    recommendations,
)
from tests.reports.section_content import changed, content

if TYPE_CHECKING:
    from assessment.reports.report_data import ReportData


def test_four_packages_are_begun_and_further_recommendations_stand_in_the_annex(
    report: ReportData,
) -> None:
    found, first = content(more_recommendations, report), content(recommendations, report)
    further = {line.code for line in found.lines}
    for package in found.packages:
        whole = () if package.more else (package.lead, *package.steps)
        further |= {line.code for line in (*whole, *package.more)}
    begun = {line.code for line in first.first}
    begun |= {line.code for one in first.packages for line in (one.lead, *one.steps)}

    assert [line.number for line in first.packages] == ["1", "2", "3", "4"]
    assert {len(line.steps) for line in first.packages} <= {0, 1, 2}
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


def test_variant_replaces_the_text_of_a_rule(report: ReportData) -> None:
    rule = next(rule for rule in report.instrument.rules if rule.variants)
    found = Recommendation(rule.code, 0, True, ())

    line = recommendation_lines(changed(report, recommendations=(found,)))[0]

    assert line.text == rule.variants[0].text


def test_patterns_that_do_not_lead_are_to_be_watched(report: ReportData) -> None:
    watched = tuple(replace(one, first=False) for one in report.result.patterns)

    found = content(diagnosis, changed(report, patterns=watched))

    assert (len(found.watch), found.leading) == (len(watched), ())
