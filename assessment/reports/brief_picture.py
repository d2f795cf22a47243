"""The brief in small, as a picture for those who have not begun: what a result looks like."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assessment.reports.profile_picture import height_of, profile_marks
from assessment.reports.profile_table import Picture
from assessment.reports.sections.brief import decisions_of
from assessment.reports.sections.diagnosis import diagnosis_of

if TYPE_CHECKING:
    from assessment.reports.report_data import ReportData
    from assessment.reports.sections.brief import Decision
    from assessment.reports.sections.diagnosis import PatternLine


@dataclass(frozen=True, slots=True)
class Bar:
    """Of the dimension `code`; `picture` is None where nothing was asked."""

    code: str
    name: str
    picture: Picture | None


@dataclass(frozen=True, slots=True)
class BriefPicture:
    """What the two pages show at a glance."""

    scheme: str
    patterns: tuple[PatternLine, ...]
    bars: tuple[Bar, ...]
    decisions: tuple[Decision, ...]


def brief_picture(report: ReportData) -> BriefPicture:
    return BriefPicture(
        scheme=report.scheme,
        patterns=diagnosis_of(report).leading,
        bars=_bars(report),
        decisions=decisions_of(report).lines,
    )


def _bars(report: ReportData) -> tuple[Bar, ...]:
    """Without the cases: at this size they could not be read."""
    bands, dimension = report.instrument.scale.bands, report.instrument.dimension
    found = report.result.dimensions.values()
    drawn = ((dimension[one.dimension], profile_marks(one, bands, ())) for one in found)
    return tuple(
        Bar(of.code, of.short, Picture(of.name, height_of(()), marks) if marks else None)
        for of, marks in drawn
    )
