"""What changed since the round before: only what goes beyond what is not known of either."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment.reports import formats
from assessment.reports.charts import then_and_now
from assessment.reports.plan_wording import plan_entries
from assessment.reports.sections.lines import Section

if TYPE_CHECKING:
    from assessment.instrument.model import Instrument, Question
    from assessment.method.result import DimensionResult
    from assessment.reports.charts import Chart
    from assessment.reports.plan_wording import PlanEntry
    from assessment.reports.report_data import ReportData

WAYS = {
    1: gettext_lazy("higher"),
    0: gettext_lazy("no change that goes beyond what is not known"),
    -1: gettext_lazy("lower"),
}


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One subject then and now. `way` is 1 where it stands higher now, -1 where lower, and 0 where
    the difference is no more than uncertainty; `change` says it.
    """

    name: str
    short: str
    before: str
    now: str
    way: int
    change: str


@dataclass(frozen=True, slots=True)
class Changes:
    """`left_out` are subjects of which questions were changed, or that lack a score; `plan` is what
    became of each line of the plan of the round before.
    """

    day: str
    chart: Chart | None
    lines: tuple[ChangeLine, ...]
    left_out: tuple[str, ...]
    plan: tuple[PlanEntry, ...]


def changes(report: ReportData) -> Section | None:
    """None where there is no closed round before this one."""
    before = report.before
    if before is None:
        return None
    pairs = comparable(report, before)
    lines = change_lines(report, before)
    dimension = report.instrument.dimension
    content = Changes(
        day=formats.date_words(before.generated_at),
        chart=then_and_now(
            report,
            "changes",
            _("Each subject in the round before and in this one, on the scale of 0 to 100."),
            _("Ring: the round before. Full circle: this round."),
            {code: (then.score or 0, now.score or 0) for code, (then, now) in pairs.items()},
        )
        if pairs
        else None,
        lines=lines,
        left_out=tuple(
            dimension[code].name for code in report.result.dimensions if code not in pairs
        ),
        plan=plan_entries(before),
    )
    return Section(
        "changes", _("What changed since the last round"), "report/_changes.html", content
    )


def change_lines(report: ReportData, before: ReportData) -> tuple[ChangeLine, ...]:
    """Of each subject that can be compared."""
    pairs = comparable(report, before)
    return tuple(_line(report, code, then, now) for code, (then, now) in pairs.items())


def comparable(
    report: ReportData, before: ReportData
) -> dict[str, tuple[DimensionResult, DimensionResult]]:
    """By subject then and now: both settled, on the same questions with the same text and points.

    A mean over other questions is another figure, whatever it is called.
    """
    found = {}
    for code, now in report.result.dimensions.items():
        then = before.result.dimensions.get(code)
        same = _questions(before.instrument, code) == _questions(report.instrument, code)
        asked = _asked(before, code) == _asked(report, code)
        if then is not None and then.settled and now.settled and same and asked:
            found[code] = (then, now)
    return found


def _questions(instrument: Instrument, dimension: str) -> list[tuple[object, ...]]:
    return [_compared(question) for question in instrument.questions_of.get(dimension, ())]


def _compared(question: Question) -> tuple[object, ...]:
    options = tuple((option.value, option.points, option.text) for option in question.options)
    return question.code, question.kind, question.text, question.weight, options


def _asked(found: ReportData, dimension: str) -> set[str]:
    """Which questions count in the score of this subject."""
    result = found.result
    return {
        question.code
        for question in found.instrument.questions_of.get(dimension, ())
        if result.items[question.code].score is not None
    }


def _line(report: ReportData, code: str, then: DimensionResult, now: DimensionResult) -> ChangeLine:
    dimension = report.instrument.dimension[code]
    way = 0
    if _beyond(then, now):
        way = 1 if (now.score or 0) > (then.score or 0) else -1
    return ChangeLine(
        name=dimension.name,
        short=dimension.short,
        before=formats.number(then.score or 0),
        now=formats.number(now.score or 0),
        way=way,
        change=str(WAYS[way]),
    )


def _beyond(then: DimensionResult, now: DimensionResult) -> bool:
    """Whether the two intervals leave each other alone."""
    low_then, high_then = then.low or 0, then.high if then.high is not None else 100
    low_now, high_now = now.low or 0, now.high if now.high is not None else 100
    return low_now > high_then or high_now < low_then
