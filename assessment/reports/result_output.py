"""What `score` prints of a result: the fixed JSON form, or plain text for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from assessment.interchange.result_json import ResultSentences, result_json
from assessment.reports import formats
from assessment.reports.reason_wording import because_words
from assessment.reports.sections.recommendations import wording_of
from assessment.reports.wording import (
    HORIZONS,
    actor_words,
    indication_words,
    too_few_words,
)

if TYPE_CHECKING:
    from assessment.instrument.model import Instrument
    from assessment.method.result import DimensionResult
    from assessment.reports.report_data import ReportData


def json_of(report: ReportData) -> dict[str, Any]:
    return result_json(report.result, report.instrument, _sentences(report))


def _sentences(report: ReportData) -> ResultSentences:
    recommendations = {
        found.rule: (
            wording_of(report, report.instrument.rule[found.rule], found)[0],
            because_words(report, found.because),
        )
        for found in report.result.recommendations
    }
    return ResultSentences(recommendations, too_few_words(report))


def result_text(report: ReportData) -> str:
    """The result for a terminal: dimensions, weakest, what to do first; or why there is none."""
    if report.too_few:
        return too_few_words(report)
    bank = report.instrument
    lines = [_line(report, found) for found in report.result.dimensions.values()]
    lines += ["", _("Weakest: {names}").format(names=_names(bank, report.result.weakest))]
    lines += ["", _("What to do first:")]
    for found in report.result.recommendations:
        if found.first:
            rule = bank.rule[found.rule]
            horizon = str(HORIZONS[rule.horizon])
            lines.append(f"{rule.code}  {rule.title} ({actor_words(bank, rule)}; {horizon})")
    return "\n".join(lines)


def _line(report: ReportData, found: DimensionResult) -> str:
    name = report.instrument.dimension[found.dimension].name
    if found.score is None or found.level is None:
        words = indication_words(found) if found.indicative else _("not enough information")
        return f"{found.dimension}  {name}: {words}"
    score = formats.score(found.score, report.instrument.scale.bands)
    limits = _(", limited by {codes}").format(codes=", ".join(found.limited_by))
    label = report.label(found.level)
    return f"{found.dimension}  {name}: {label}, {score}" + (limits if found.limited_by else "")


def _names(bank: Instrument, codes: tuple[str, ...]) -> str:
    return ", ".join(bank.dimension[code].name for code in codes) or _("none")
