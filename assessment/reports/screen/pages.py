"""Which section of the report stands on which page of the screen; each stands on one.

A page is named by its path below the address of the report. In a file and on paper the same
sections follow each other (`sections/__init__.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext as _

from assessment.reports.profile_table import subject_slug
from assessment.reports.sections import BRIEF, SECTIONS, WITHOUT_ANSWERS, in_order
from assessment.reports.sections.about import about, profile
from assessment.reports.sections.agreed import agreed
from assessment.reports.sections.analyses import rights, robustness, sectors
from assessment.reports.sections.annexes import answers, glossary, limits, method, sources
from assessment.reports.sections.changes import changes
from assessment.reports.sections.diagnosis import diagnosis
from assessment.reports.sections.dimensions import compared, dimensions
from assessment.reports.sections.how_to_read import how_to_read
from assessment.reports.sections.meeting import meeting
from assessment.reports.sections.plan import plan
from assessment.reports.sections.process import process
from assessment.reports.sections.recommendations import more_recommendations, recommendations
from assessment.reports.sections.regional import regional
from assessment.reports.sections.seat import seat
from assessment.reports.sections.together import together
from assessment.reports.sections.two_sides import two_sides
from assessment.reports.sections.vertical import vertical
from assessment.reports.sections.who_answered import who_answered

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from assessment.instrument.model import Instrument
    from assessment.reports.plan_addresses import PlanAddresses
    from assessment.reports.report_data import ReportData
    from assessment.reports.sections import Draw
    from assessment.reports.sections.lines import Section

FIRST, ACTIONS, OVERVIEW, RIGHTS = "brief/", "actions/", "", "rights/"
MEETING, ALL_ANNEXES = "meeting/", "annexes/"

GLOSSARY = "annexes/glossary/"

AFTER_BOTH_SIDES: tuple[Draw, ...] = (vertical, who_answered)
"""On paper they stand in the report; on the screen the first page has room for them."""

_AT = SECTIONS[BRIEF].index(two_sides)
_BEFORE, _REST = SECTIONS[BRIEF][:_AT], SECTIONS[BRIEF][_AT + 1 :]

ON_PAGES: Mapping[str, tuple[Draw, ...]] = {
    FIRST: (*_BEFORE, two_sides, *AFTER_BOTH_SIDES, *_REST, together),
    ACTIONS: (seat, regional),
    OVERVIEW: (process, changes, diagnosis, sectors, compared, agreed),
    RIGHTS: (rights,),
    MEETING: (meeting,),
}
"""The page of actions has before these the list of all of them, which can be filtered."""

ANNEX_PAGES: Mapping[str, Draw] = {
    f"annexes/{slug}/": draw
    for slug, draw in {
        "answers": answers,
        "profile": profile,
        "how-to-read": how_to_read,
        "method": method,
        "robustness": robustness,
        "limits": limits,
        "sources": sources,
        "glossary": glossary,
        "about": about,
    }.items()
}

ON_PAPER_ONLY = frozenset({recommendations, more_recommendations, dimensions, plan})
"""The screen has one list of all actions, a page a subject, and a plan that can be changed."""


class Addresses(NamedTuple):
    """`root` is that of the report, below which every page has its path; `share` may be empty.
    `plan` is where advice is taken from the pages; None where it cannot be taken.
    """

    root: str
    brief_pdf: str
    whole_pdf: str
    main_pdf: str
    share: str
    plan: PlanAddresses | None = None


@dataclass(frozen=True, slots=True)
class ScreenPage:
    """`short` is its name in the navigation; `subject` the dimension's code, if it is of one."""

    path: str
    name: str
    short: str
    subject: str = ""


def subject_path(code: str) -> str:
    return f"subject/{code.lower()}/"


def paths_of(instrument: Instrument) -> frozenset[str]:
    """Where a report on this bank may have a page."""
    subjects = (subject_path(dimension.code) for dimension in instrument.dimensions)
    return frozenset({*ON_PAGES, ALL_ANNEXES, *ANNEX_PAGES, *subjects})


def subject_paths(report: ReportData) -> dict[str, str]:
    """By the address that a subject has in a page with all of them, the path of its own page."""
    codes = (dimension.code for dimension in report.instrument.dimensions)
    return {subject_slug(code): subject_path(code) for code in codes}


def pages_of(report: ReportData) -> tuple[ScreenPage, ...]:
    """In the order in which they are read; where a round is too small, what is left then."""
    first = _page(FIRST, _("First page"))
    annexes = _page(ALL_ANNEXES, _("Answers, method, sources"))
    if report.too_few:
        return (first, annexes)
    return (
        first,
        _page(ACTIONS, _("What to do")),
        _page(OVERVIEW, _("How it fits together")),
        *(
            ScreenPage(subject_path(one.code), one.name, one.short, one.code)
            for one in report.instrument.dimensions
        ),
        _page(RIGHTS, _("A right to social protection")),
        _page(MEETING, _("The meeting, 90 minutes")),
        annexes,
    )


def _page(path: str, name: str) -> ScreenPage:
    return ScreenPage(path, name, name)


def sections_drawn(report: ReportData, draws: Iterable[Draw]) -> tuple[Section, ...]:
    """Those that have something to say of this result."""
    kept = (draw for draw in draws if draw in WITHOUT_ANSWERS or not report.too_few)
    found = [section for draw in kept if (section := draw(report)) is not None]
    return in_order(report, found)
