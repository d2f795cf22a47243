from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from assessment.method.advice import RULE, STEP, advice_references
from assessment.models import PlanLine
from assessment.reports.plan_wording import plan_entries
from tests.reports.conftest import NOW

if TYPE_CHECKING:
    from assessment.reports.report_data import ReportData


def test_line_says_the_wording_of_the_advice_that_was_taken(report: ReportData) -> None:
    taken = next(one for one in report.instrument.rules if any(v.first_step for v in one.variants))
    at = next(at for at, variant in enumerate(taken.variants) if variant.first_step)

    def line(wording: str) -> PlanLine:
        return PlanLine(origin=RULE, code=taken.code, wording=wording, changed_at=NOW)

    entries = plan_entries(replace(report, plan=(line(""), line(str(at)))))

    assert [entry.first_step for entry in entries] == [
        taken.first_step,
        taken.variants[at].first_step,
    ]


def test_edition_without_written_steps_gives_none_to_take(report: ReportData) -> None:
    bank = report.instrument
    bare = tuple(
        replace(
            question,
            step_low="",
            step_high="",
            options=tuple(replace(option, step="") for option in question.options),
        )
        for question in bank.questions
    )

    origins = {
        name: {found.origin for found in advice_references(edition, report.result).values()}
        for name, edition in {"with": bank, "without": replace(bank, questions=bare)}.items()
    }

    assert origins == {"with": {RULE, STEP}, "without": {RULE}}
