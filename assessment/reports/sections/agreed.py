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
class AgreedLine:
    """An agreed answer and why the room came to it."""

    line: AnswerLine
    reason: str


@dataclass(frozen=True, slots=True)
class NotAgreedLine:
    """A question at which both positions stay; it changes nothing of the result."""

    code: str
    text: str
    positions: str


@dataclass(frozen=True, slots=True)
class Agreed:
    answers: tuple[AgreedLine, ...]
    not_agreed: tuple[NotAgreedLine, ...]
    lines: tuple[RawAndAgreedLine, ...]


def agreed(report: ReportData) -> Section | None:
    """What the session came to; None where none was held and no agreed answer recorded."""
    raw = report.result.raw
    apart = [one for one in report.agreements if one.status == "not_agreed"]
    if not raw and not apart:
        return None
    asked = report.instrument.question
    reasons = {one.code: one.reason for one in report.agreements}
    content = Agreed(
        answers=tuple(
            AgreedLine(answer_line(report, asked[code]), reasons.get(code, ""))
            for code in report.result.agreed
        ),
        not_agreed=tuple(
            NotAgreedLine(one.code, asked[one.code].text, one.reason) for one in apart
        ),
        lines=tuple(
            _raw_and_agreed_line(report, raw[code], found)
            for code, found in report.result.dimensions.items()
        )
        if raw
        else (),
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
