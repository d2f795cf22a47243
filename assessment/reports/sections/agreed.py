"""The agreed answers of a group, and each dimension with and without them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from assessment.reports.sections.lines import (
    AnswerLine,
    Section,
    answer_line,
    score_line,
    score_words,
)

if TYPE_CHECKING:
    from assessment.method.result import DimensionResult
    from assessment.reports.report_data import ReportData


@dataclass(frozen=True, slots=True)
class RawAndAgreedLine:
    """One dimension as people answered apart (`raw`) and with the agreed answers."""

    name: str
    raw: str
    agreed: str
    changed: bool


@dataclass(frozen=True, slots=True)
class Agreed:
    answers: tuple[AnswerLine, ...]
    lines: tuple[RawAndAgreedLine, ...]


def agreed(report: ReportData) -> Section | None:
    raw = report.result.raw
    if not raw:
        return None
    questions = (report.instrument.question[code] for code in report.result.agreed)
    content = Agreed(
        answers=tuple(answer_line(report, question) for question in questions),
        lines=tuple(
            _raw_and_agreed_line(report, raw[code], found)
            for code, found in report.result.dimensions.items()
        ),
    )
    return Section("agreed", _("Agreed answers"), "report/_agreed.html", content)


def _raw_and_agreed_line(
    report: ReportData, raw: DimensionResult, found: DimensionResult
) -> RawAndAgreedLine:
    line = score_line(report, found)
    return RawAndAgreedLine(
        name=line.name,
        raw=score_words(report, raw),
        agreed=score_words(report, found),
        changed=raw != found,
    )
