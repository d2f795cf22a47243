"""What you can build on and what holds it back, each shown by an answer of the respondents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from assessment.instrument.kinds.registry import kind_of
from assessment.reports.profile_table import subject_slug
from assessment.reports.sections.lines import Section
from assessment.reports.short_answer import short_answer
from assessment.reports.wording import indication_words, score_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from assessment.instrument.model import Question
    from assessment.method.result import DimensionResult, ItemResult
    from assessment.reports.report_data import ReportData

MOST = 3


@dataclass(frozen=True, slots=True)
class EndLine:
    """`text` is the answer, `question` in a few words what was asked; `standing` a score."""

    text: str
    question: str
    subject: str
    standing: str
    slug: str


@dataclass(frozen=True, slots=True)
class Ends:
    """`equal` says that those of one side are too near each other to be ranked.

    `more_low` counts the subjects that stand or point low and are not among the weaknesses;
    `ends_brief`: nothing follows it in the brief.
    """

    strengths: tuple[EndLine, ...]
    strengths_equal: bool
    weaknesses: tuple[EndLine, ...]
    weaknesses_equal: bool
    more_low: int
    nothing_settled: bool
    ends_brief: bool


def ends(report: ReportData) -> Section | None:
    """Nothing where nothing is known."""
    if not report.settled and not report.indicative:
        return None
    high = _ranked(d for d in report.settled if d.direction == "high")[::-1][:MOST]
    low = _weakest(report)
    content = Ends(
        strengths=tuple(_line(report, found, best=True) for found in high),
        strengths_equal=_are_equal(report, high),
        weaknesses=tuple(_line(report, found, best=False) for found in low),
        weaknesses_equal=_are_equal(report, low),
        more_low=sum(d.direction == "low" and d not in low for d in _all(report)),
        nothing_settled=not report.settled,
        ends_brief=report.several,
    )
    return Section("ends", _("What you can build on"), "report/_ends.html", content)


def _all(report: ReportData) -> tuple[DimensionResult, ...]:
    return (*report.settled, *report.indicative)


def _ranked(found: Iterable[DimensionResult]) -> list[DimensionResult]:
    return sorted(found, key=lambda d: d.score or 0)


def _weakest(report: ReportData) -> list[DimensionResult]:
    """Settled ones first; what only points low comes where nothing settled is left."""
    settled = _ranked(d for d in report.settled if d.direction != "high")
    pointing = _ranked(d for d in report.indicative if d.direction == "low")
    return [*settled, *pointing][:MOST]


def _are_equal(report: ReportData, found: Sequence[DimensionResult]) -> bool:
    if len(found) < 2:
        return False
    scores = [d.score or 0 for d in found]
    near = max(scores) - min(scores) < report.instrument.scale.equal_points
    return near or any(d.indicative for d in found)


def _line(report: ReportData, found: DimensionResult, *, best: bool) -> EndLine:
    item = _telling_item(report, found, best=best)
    question = report.instrument.question[item.question] if item else None
    return EndLine(
        text=short_answer(question, item) if question and item else "",
        question=question.short or question.text if question else "",
        subject=report.instrument.dimension[found.dimension].short,
        standing=score_words(report, found.dimension) if found.settled else indication_words(found),
        slug=subject_slug(found.dimension),
    )


def _telling_item(report: ReportData, found: DimensionResult, *, best: bool) -> ItemResult | None:
    """The answer that stands highest or lowest, an essential one before another.

    What is chosen of several things tells what is there: it comes last where something is missing.
    """

    def rank(question: Question, item: ItemResult) -> tuple[float, bool, int]:
        score = item.score or 0
        if best:
            return score, True, question.weight
        return -score, not kind_of(question).several, question.weight

    scored = [
        (rank(question, item), item)
        for question in report.instrument.questions_of[found.dimension]
        if (item := report.item(question)) is not None
        and item.score is not None
        and short_answer(question, item)
    ]
    return max(scored, key=lambda one: one[0])[1] if scored else None
