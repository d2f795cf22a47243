"""The side navigation of a report: every page in groups, and how each subject stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from assessment.reports import formats
from assessment.reports.profile_table import standing_rings, value_words
from assessment.reports.screen.pages import ACTIONS, ALL_ANNEXES, pages_of

if TYPE_CHECKING:
    from assessment.reports.marks import Mark
    from assessment.reports.report_data import ReportData
    from assessment.reports.screen.pages import ScreenPage


@dataclass(frozen=True, slots=True)
class WayLink:
    """`rings` are the sign of the level, `standing` its words; `count` is what there is to read."""

    page: ScreenPage
    here: bool
    rings: tuple[Mark, ...] = ()
    standing: str = ""
    count: str = ""


@dataclass(frozen=True, slots=True)
class Way:
    """`before` and `after` are what is read before and after this page."""

    first: tuple[WayLink, ...]
    subjects: tuple[WayLink, ...]
    last: tuple[WayLink, ...]
    before: ScreenPage | None
    after: ScreenPage | None


def way_of(report: ReportData, path: str) -> Way:
    pages = pages_of(report)
    links = tuple(_link(report, page, path) for page in pages)
    subjects = [at for at, page in enumerate(pages) if page.subject]
    begin, end = (subjects[0], subjects[-1] + 1) if subjects else (1, 1)
    before, after = _neighbours(pages, path)
    return Way(
        first=links[:begin],
        subjects=links[begin:end],
        last=links[end:],
        before=before,
        after=after,
    )


def _neighbours(
    pages: tuple[ScreenPage, ...], path: str
) -> tuple[ScreenPage | None, ScreenPage | None]:
    """An annex leads back to the list of all annexes."""
    paths = [page.path for page in pages]
    if path not in paths:
        return pages[-1], None
    at = paths.index(path)
    return (pages[at - 1] if at else None), (pages[at + 1] if at + 1 < len(pages) else None)


def _link(report: ReportData, page: ScreenPage, path: str) -> WayLink:
    here = path == page.path or (page.path == ALL_ANNEXES and path.startswith(ALL_ANNEXES))
    if page.path == ACTIONS:
        return WayLink(page, here, count=formats.number(len(report.result.recommendations)))
    if not page.subject:
        return WayLink(page, here)
    found = report.result.dimensions[page.subject]
    return WayLink(page, here, standing_rings(found), value_words(report, found))


def date_of(report: ReportData) -> str:
    return formats.date_words(report.generated_at)


def name_of_scheme(report: ReportData) -> str:
    return report.scheme or _("Your scheme")
