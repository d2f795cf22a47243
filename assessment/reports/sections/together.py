"""The answers that several people gave as one: each shown by itself, whatever the minimum."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from assessment.reports import formats
from assessment.reports.sections.lines import Section, score_words

if TYPE_CHECKING:
    from assessment.method.result import GivenTogether
    from assessment.reports.report_data import ReportData


@dataclass(frozen=True, slots=True)
class TogetherLine:
    """One answer: who sat together, how many they were, and the words of each dimension."""

    name: str
    people: str
    dimensions: tuple[tuple[str, str], ...]


def together(report: ReportData) -> Section | None:
    """Nothing where one response stands alone: the whole report is then that of these people."""
    if not report.result.together or report.result.minimum is None:
        return None
    content = tuple(_line(report, found) for found in report.result.together)
    return Section("together", _("Answers given together"), "report/_together.html", content)


def _line(report: ReportData, found: GivenTogether) -> TogetherLine:
    shown = (d for d in found.dimensions.values() if d.questions_answered)
    return TogetherLine(
        name=report.seat_words(found.sector, found.tier),
        people=_("{count} people").format(count=formats.number(found.people)),
        dimensions=tuple(
            (report.instrument.dimension[d.dimension].name, score_words(report, d)) for d in shown
        ),
    )
