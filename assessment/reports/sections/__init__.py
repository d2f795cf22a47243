"""The sections of the report in their order, in three layers: what page and PDF draw."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from assessment.reports.sections.about import about, profile
from assessment.reports.sections.agreed import agreed
from assessment.reports.sections.analyses import rights, robustness, sectors
from assessment.reports.sections.annexes import answers, glossary, limits, method, sources
from assessment.reports.sections.brief import decisions, going_on, head, profile_chart, too_few
from assessment.reports.sections.changes import changes
from assessment.reports.sections.diagnosis import diagnosis
from assessment.reports.sections.dimensions import compared, dimensions
from assessment.reports.sections.ends import ends
from assessment.reports.sections.how_to_read import how_to_read
from assessment.reports.sections.lines import Section
from assessment.reports.sections.meeting import meeting
from assessment.reports.sections.plan import plan
from assessment.reports.sections.process import process
from assessment.reports.sections.recommendations import more_recommendations, recommendations
from assessment.reports.sections.regional import regional
from assessment.reports.sections.seat import seat
from assessment.reports.sections.together import together
from assessment.reports.sections.two_sides import two_sides
from assessment.reports.sections.unknown import unknown
from assessment.reports.sections.vertical import vertical
from assessment.reports.sections.who_answered import who_answered

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from assessment.reports.report_data import ReportData

    Draw = Callable[[ReportData], Section | None]

BRIEF, REPORT, ANNEXES = LAYERS = ("brief", "report", "annexes")
FILES = {"brief": (BRIEF,), "report": (BRIEF, REPORT), "all": LAYERS}
"""By name of a file its layers: who has the report has the brief on its first two pages."""

SECTIONS: Mapping[str, tuple[Draw, ...]] = {
    BRIEF: (head, too_few, two_sides, going_on, profile_chart, ends, decisions, unknown),
    REPORT: (
        process,
        changes,
        recommendations,
        seat,
        regional,
        plan,
        who_answered,
        vertical,
        diagnosis,
        sectors,
        dimensions,
        agreed,
        together,
        rights,
        meeting,
    ),
    ANNEXES: (
        more_recommendations,
        compared,
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

WITHOUT_ANSWERS = frozenset(
    {head, too_few, process, together, profile, limits, sources, glossary, about}
)
"""What is left where a round is too small for a result."""


def sections_of(report: ReportData, layers: Iterable[str] = LAYERS) -> tuple[Section, ...]:
    """The sections of these layers that have something to say of this result."""
    drawn = chain.from_iterable(SECTIONS[layer] for layer in layers)
    kept = (draw for draw in drawn if draw in WITHOUT_ANSWERS or not report.too_few)
    found = (draw(report) for draw in kept)
    return in_order(report, [section for section in found if section is not None])


def in_order(report: ReportData, sections: Sequence[Section]) -> tuple[Section, ...]:
    """In a round what is not known and what is to be decided follow what the two sides see: both
    sides fill the first page of paper.
    """
    slugs = [section.slug for section in sections]
    if not report.several or "decide" not in slugs or "profile-chart" not in slugs:
        return tuple(sections)
    moved = [
        section for slug in ("unknown", "decide") for section in sections if section.slug == slug
    ]
    profile_at = slugs.index("profile-chart")
    rest = [section for section in sections[profile_at:] if section not in moved]
    return (*sections[:profile_at], *moved, *rest)
