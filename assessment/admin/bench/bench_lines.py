"""What the bench says of a result: a line for each rule, and scores before and after."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessment.reports import formats
from assessment.reports.condition_wording import subject_words
from assessment.reports.wording import reason_words

if TYPE_CHECKING:
    from assessment.instrument.model import Instrument
    from assessment.method.result import Result
    from assessment.method.rule_trace import RuleTrace
    from assessment.reports.report_data import ReportData

TRUTH_WORDS = {True: _("true"), False: _("false"), None: _("unknown")}
TRUTH_CLASSES = {True: "yes", False: "no", None: "open"}


@dataclass(frozen=True, slots=True)
class RuleLine:
    code: str
    title: str
    address: str
    mark: str
    verdict: Any
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DimensionScores:
    """A dimension; for each sample its score before and after, and whether they differ."""

    name: str
    cells: tuple[tuple[str, str, bool], ...]


def rule_line(report: ReportData, found: RuleTrace, pk: int) -> RuleLine:
    because = [reason_words(report, reason) for reason in found.because]
    missing = [
        gettext("Not known: {subject}.").format(subject=subject_words(name, report.instrument))
        for name in found.missing
    ]
    return RuleLine(
        code=found.rule.code,
        title=found.rule.title,
        address=reverse("admin:assessment_rule_change", args=[pk]),
        mark=TRUTH_CLASSES[found.verdict],
        verdict=TRUTH_WORDS[found.verdict],
        why=(*because, *missing),
    )


def dimension_scores(
    instrument: Instrument, code: str, pairs: list[tuple[Result | None, Result]]
) -> DimensionScores:
    """Of each sample a pair of results, before and after; None where there is nothing before."""
    cells = []
    for before, after in pairs:
        old = score_text(before, code) if before else ""
        new = score_text(after, code)
        cells.append((old, new, bool(before) and old != new))
    return DimensionScores(instrument.dimension[code].name, tuple(cells))


def score_text(result: Result, code: str) -> str:
    found = result.dimensions.get(code)
    if found is None or found.score is None:
        return "–"
    return formats.number(found.score, 1)
