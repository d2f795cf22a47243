"""The sections of the report in their order: the one list that page and PDF draw."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assessment.reports.sections.agreed import agreed
from assessment.reports.sections.analyses import rights, robustness, sectors, vertical
from assessment.reports.sections.annexes import answers, glossary, limits, method, sources
from assessment.reports.sections.diagnosis import diagnosis
from assessment.reports.sections.dimensions import dimensions
from assessment.reports.sections.front import cover, how_to_read, profile, summary
from assessment.reports.sections.lines import Section
from assessment.reports.sections.recommendations import (
    action_plan,
    more_recommendations,
    recommendations,
)
from assessment.reports.sections.regional import regional

if TYPE_CHECKING:
    from collections.abc import Callable

    from assessment.reports.report_data import ReportData

SECTIONS: tuple[Callable[[ReportData], Section | None], ...] = (
    cover,
    summary,
    diagnosis,
    recommendations,
    regional,
    action_plan,
    how_to_read,
    profile,
    dimensions,
    agreed,
    rights,
    sectors,
    vertical,
    robustness,
    more_recommendations,
    answers,
    method,
    limits,
    sources,
    glossary,
)


WITHOUT_ANSWERS = (cover, summary, profile, limits, sources, glossary)
"""What is left where a round is too small for a result."""


def sections_of(report: ReportData) -> tuple[Section, ...]:
    """The sections that have something to say of this result."""
    sections = WITHOUT_ANSWERS if report.too_few else SECTIONS
    found = (section(report) for section in sections)
    return tuple(section for section in found if section is not None)
