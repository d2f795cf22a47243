"""What the bench says of a result: a line for each rule or pattern, and scores before and after."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessment.reports import formats
from assessment.reports.condition_wording import subject_words
from assessment.reports.reason_wording import reason_words

if TYPE_CHECKING:
    from assessment.instrument.model import Instrument, Pattern, Rule
    from assessment.method.result import Result
    from assessment.method.rule_trace import RuleTrace
    from assessment.reports.report_data import ReportData

    Holding = Rule | Pattern

Judged = tuple["Instrument", "Result"]
"""An edition, and what it says of a sample."""
ResultPair = tuple[Judged | None, Judged]
"""Before and after; nothing before where there is no edition to compare with."""
TRUTH_WORDS = {True: _("true"), False: _("false"), None: _("unknown")}
TRUTH_CLASSES = {True: "yes", False: "no", None: "open"}


@dataclass(frozen=True, slots=True)
class ConditionLine:
    """Whether a condition holds, in words, and what decides that."""

    mark: str
    verdict: Any
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HoldingLine:
    """A rule or pattern; `unless` is its condition that takes it back, where it has one."""

    code: str
    title: str
    address: str
    when: ConditionLine
    unless: ConditionLine | None


@dataclass(frozen=True, slots=True)
class ComparedLine:
    """A row; for each sample what stood before and what stands after, and whether they differ."""

    name: str
    cells: tuple[tuple[str, str, bool], ...]


def holding_line(
    report: ReportData, part: Holding, address: str, when: RuleTrace, unless: RuleTrace | None
) -> HoldingLine:
    return HoldingLine(
        code=part.code,
        title=part.title,
        address=address,
        when=condition_line(report, when),
        unless=condition_line(report, unless) if unless else None,
    )


def condition_line(report: ReportData, found: RuleTrace) -> ConditionLine:
    because = [reason_words(report, reason) for reason in found.because]
    missing = [
        gettext("Not known: {subject}.").format(subject=subject_words(name, report.instrument))
        for name in found.missing
    ]
    return ConditionLine(
        mark=TRUTH_CLASSES[found.verdict],
        verdict=TRUTH_WORDS[found.verdict],
        why=(*because, *missing),
    )


def dimension_line(instrument: Instrument, code: str, pairs: list[ResultPair]) -> ComparedLine:
    """Of each sample score and level of one dimension, before and after."""
    cells = []
    for before, after in pairs:
        old = score_and_level(*before, code) if before else ""
        new = score_and_level(*after, code)
        cells.append((old, new, before is not None and old != new))
    return ComparedLine(instrument.dimension[code].name, tuple(cells))


def recommendation_line(pairs: list[ResultPair]) -> ComparedLine:
    """Of each sample the rules that are recommended, before and after, in their order."""
    cells = []
    for before, after in pairs:
        old = recommended(before[1]) if before else ""
        new = recommended(after[1])
        cells.append((old, new, before is not None and old != new))
    return ComparedLine(gettext("Recommendations, those to begin with first"), tuple(cells))


def recommended(result: Result) -> str:
    """The codes of the rules; what is recommended later stands behind a semicolon."""
    first = [found.rule for found in result.recommendations if found.first]
    later = [found.rule for found in result.recommendations if not found.first]
    return "; ".join(", ".join(codes) for codes in (first, later) if codes) or "–"


def score_and_level(instrument: Instrument, result: Result, code: str) -> str:
    found = result.dimensions.get(code)
    if found is None or found.score is None or found.level is None:
        return "–"
    score = formats.number(found.score, 1)
    return f"{score} {instrument.scale.labels[found.level]}"
