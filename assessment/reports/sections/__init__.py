"""The sections of the report in their order, in three layers: what page and PDF draw."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from assessment.reports.sections.about import about, profile
from assessment.reports.sections.agreed import agreed
from assessment.reports.sections.analyses import rights, robustness, sectors, vertical
from assessment.reports.sections.annexes import answers, glossary, limits, method, sources
from assessment.reports.sections.brief import decisions, going_on, head, profile_chart, too_few
from assessment.reports.sections.diagnosis import diagnosis
from assessment.reports.sections.dimensions import dimensions
from assessment.reports.sections.ends import ends
from assessment.reports.sections.how_to_read import how_to_read
from assessment.reports.sections.lines import Section
from assessment.reports.sections.recommendations import (
    action_plan,
    more_recommendations,
    recommendations,
)
from assessment.reports.sections.regional import regional
from assessment.reports.sections.unknown import unknown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from assessment.reports.report_data import ReportData

    Draw = Callable[[ReportData], Section | None]

BRIEF, REPORT, ANNEXES = LAYERS = ("brief", "report", "annexes")
FILES = {"brief": (BRIEF,), "report": (BRIEF, REPORT), "all": LAYERS}
"""By name of a file its layers: who has the report has the brief on its first two pages."""

SECTIONS: Mapping[str, tuple[Draw, ...]] = {
    BRIEF: (head, too_few, going_on, profile_chart, ends, decisions, unknown),
    REPORT: (
        recommendations,
        regional,
        action_plan,
        diagnosis,
        sectors,
        vertical,
        dimensions,
        agreed,
        rights,
    ),
    ANNEXES: (
        more_recommendations,
        answers,
        profile,
        how_to_read,
        method,
        robustness,
        limits,
        sources,
        glossary,
        about,
    ),
}
"""By layer what people act on, what gives its reasons, and what can be looked up."""

WITHOUT_ANSWERS = frozenset({head, too_few, profile, limits, sources, glossary, about})
"""What is left where a round is too small for a result."""


def sections_of(report: ReportData, layers: Iterable[str] = LAYERS) -> tuple[Section, ...]:
    """The sections of these layers that have something to say of this result."""
    drawn = chain.from_iterable(SECTIONS[layer] for layer in layers)
    kept = (draw for draw in drawn if draw in WITHOUT_ANSWERS or not report.too_few)
    found = (draw(report) for draw in kept)
    return tuple(section for section in found if section is not None)
