"""One page of a report on the screen, drawn without a request: nothing of a session can be in it.

So what is drawn may be kept and given to whoever may read the report: no token, no nonce, no name
of who is signed in. What stands around it is drawn for each reader (`web/report_pages.py`), who
also puts the reader's own token where a form has `READER_SLOT`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from django.template.loader import render_to_string
from django.utils import translation

from assessment.models.offered_languages import interface_of
from assessment.reports import formats
from assessment.reports.page import identity, title
from assessment.reports.plan_wording import plan_entries
from assessment.reports.profile_table import stand_of
from assessment.reports.screen.action_list import action_list, actions_on
from assessment.reports.screen.chosen_actions import choice_of
from assessment.reports.screen.pages import (
    ACTIONS,
    ALL_ANNEXES,
    ANNEX_PAGES,
    FIRST,
    GLOSSARY,
    MEETING,
    ON_PAGES,
    OVERVIEW,
    pages_of,
    sections_drawn,
    subject_paths,
)
from assessment.reports.screen.way import date_of, name_of_scheme, way_of
from assessment.reports.sections import sections_of
from assessment.reports.sections.dimensions import subject_page

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from assessment.reports.report_data import ReportData
    from assessment.reports.screen.chosen_actions import Choice
    from assessment.reports.screen.pages import Addresses
    from assessment.reports.sections.lines import Section

READER_SLOT = "\x02"
"""Stands in no text: a control character is refused wherever something is typed."""
HEADING = re.compile(r"(?<=<)(/?)h([2-6])(?=[ >])")
"""In our own templates alone: what people wrote is escaped."""


class DrawnPage(NamedTuple):
    """`way` is the side navigation, `content` what stands in the middle, `plan` what is decided so
    far, on the pages whose advice can be taken into it.
    """

    title: str
    way: str
    content: str
    plan: str


def draw_page(
    report: ReportData, path: str, addresses: Addresses, chosen: Mapping[str, str]
) -> DrawnPage | None:
    """The page at `path` below the address of the report; None where it has none there.

    `chosen` is what the filter of the page of actions was sent.
    """
    with translation.override(interface_of(report.language)):
        context = _context(report, path, addresses)
        found = _of_list(report, path, chosen, context) or _of_annex(report, path, context)
        if found is None:
            return None
        name, html = found
        return DrawnPage(
            title=f"{name}{formats.colon()}{title(report)}",
            way=render_to_string("report/screen/_way.html", context),
            content=html + render_to_string("report/screen/_foot.html", context),
            plan=_plan(report, path, context),
        )


def _context(report: ReportData, path: str, addresses: Addresses) -> dict[str, Any]:
    root = addresses.root
    return {
        "reading": report,
        "elsewhere": _elsewhere(report, path),
        "scheme": name_of_scheme(report),
        "date": date_of(report),
        "demo": report.demo,
        "logos": report.logos,
        "identity": identity(report),
        "language": interface_of(report.language),
        "here": f"{root}{path}",
        "csrf_token": READER_SLOT,
        "addresses": addresses,
        "plan_at": addresses.plan,
        "way": way_of(report, path),
        "subjects_at": {slug: f"{root}{at}" for slug, at in subject_paths(report).items()},
        "actions_at": f"{root}{ACTIONS}",
    }


def _plan(report: ReportData, path: str, context: dict[str, Any]) -> str:
    """Empty where nobody can take anything into one."""
    advises = path == ACTIONS or path in subject_paths(report).values()
    if not (advises and context["plan_at"]):
        return ""
    entries = plan_entries(report)
    dated = any(entry.due_date for entry in entries)
    meeting_at = f"{context['addresses'].root}{MEETING}"
    more = {"entries": entries, "dated": dated, "meeting_at": meeting_at}
    return render_to_string("plans/_beside.html", context | more)


def _elsewhere(report: ReportData, path: str) -> tuple[object, ...]:
    """Whose words the glossary explains: what every other page says."""
    drawn = sections_of(report) if path == GLOSSARY else ()
    return tuple(section.content for section in drawn)


def _of_list(
    report: ReportData, path: str, chosen: Mapping[str, str], context: dict[str, Any]
) -> tuple[str, str] | None:
    """Name and content of a page that stands in the navigation."""
    page = next((one for one in pages_of(report) if one.path == path), None)
    if page is None:
        return None
    if page.subject:
        return page.name, _subject(report, page.subject, context)
    if path == ACTIONS:
        return page.name, _actions(report, choice_of(chosen, report), context)
    if path == ALL_ANNEXES:
        found = sections_drawn(report, ANNEX_PAGES.values())
        return page.name, render_to_string("report/screen/_annexes.html", context | {"all": found})
    html = _sections(sections_drawn(report, ON_PAGES[path]), context)
    if path == OVERVIEW:
        return page.name, render_to_string("report/screen/_overview.html", context) + html
    return page.name, html if path == FIRST else _raised(html)


def _of_annex(report: ReportData, path: str, context: dict[str, Any]) -> tuple[str, str] | None:
    found = sections_drawn(report, [ANNEX_PAGES[path]] if path in ANNEX_PAGES else ())
    return (found[0].title, _raised(_sections(found, context))) if found else None


def _subject(report: ReportData, code: str, context: dict[str, Any]) -> str:
    """Drawn by the template of the paper, where its headings stand two steps further down."""
    content = {
        "page": subject_page(report, code),
        "stand": stand_of(report, code),
        "actions": actions_on(report, code),
    }
    return _raised(render_to_string("report/screen/_subject.html", context | content), 2)


def _actions(report: ReportData, choice: Choice, context: dict[str, Any]) -> str:
    """The list bears the page's title; what else belongs to it stands below."""
    listed = _raised(_sections([action_list(report, choice)], context))
    if choice.is_made:
        return listed
    return listed + _sections(sections_drawn(report, ON_PAGES[ACTIONS]), context)


def _sections(sections: Iterable[Section], context: dict[str, Any]) -> str:
    return render_to_string("report/_sections.html", context | {"sections": tuple(sections)})


def _raised(html: str, steps: int = 1) -> str:
    """The same with every heading so many steps higher: on its own page a section is the title."""
    return HEADING.sub(lambda found: f"{found[1]}h{int(found[2]) - steps}", html)
