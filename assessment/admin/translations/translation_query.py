"""Which texts a translator asked for, and what the page of texts sent."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext_lazy as _

from assessment.actions.editions.translate import SubmittedText
from assessment.admin.translations.labels import field_name_of, place_from
from assessment.admin.translations.translation_workbench import TEXTS_PER_PAGE, UNFINISHED
from assessment.instrument.translation import (
    DONE,
    MISSING,
    STATES,
    TO_REVIEW,
    Entry,
    entries_by_group,
)
from assessment.reports.issue_wording.labels import group_words

if TYPE_CHECKING:
    from django.http import HttpRequest

    from assessment.admin.translations.translation_workbench import TranslationWorkbench
    from assessment.instrument.texts import TextKey

STATE_NAMES = {
    MISSING: _("missing"),
    TO_REVIEW: _("to review"),
    DONE: _("done"),
    UNFINISHED: _("missing or to review"),
}


def submitted_page(workbench: TranslationWorkbench, submitted: list[SubmittedText]) -> Page[Entry]:
    """The texts as they were sent, whatever a filter would show now."""
    entries = [workbench.entry(one.place) for one in submitted]
    return Paginator(entries, max(len(entries), 1)).get_page(1)


def submitted_texts(request: HttpRequest) -> list[SubmittedText]:
    sent = request.POST
    names = [name.removeprefix("text:") for name in sent if name.startswith("text:")]
    return [
        SubmittedText(
            place=place_from(name),
            text=sent[f"text:{name}"],
            seen=sent.get(f"seen:{name}", ""),
            source_hash=sent.get(f"source:{name}", ""),
            confirmed=f"fits:{name}" in sent,
        )
        for name in names
    ]


def requested_filter(request: HttpRequest, workbench: TranslationWorkbench) -> tuple[str, str, str]:
    """The group, state and code whose texts are to be shown; each empty for all."""
    group, state = request.GET.get("group", ""), request.GET.get("state", "")
    return (
        group if group in entries_by_group(workbench.entries) else "",
        state if state in STATE_NAMES else "",
        request.GET.get("code", "").strip(),
    )


def requested_texts(request: HttpRequest, workbench: TranslationWorkbench) -> Page[Entry]:
    found = _found(request, workbench)
    return Paginator(found, TEXTS_PER_PAGE).get_page(request.GET.get("page"))


def _found(request: HttpRequest, workbench: TranslationWorkbench) -> list[Entry]:
    group, state, code = requested_filter(request, workbench)
    states = {UNFINISHED: {MISSING, TO_REVIEW}, "": set(STATES)}.get(state, {state})
    return [
        entry
        for entry in workbench.entries
        if group in {"", entry.group} and code in {"", entry.place.code} and entry.state in states
    ]


def first_of_page(page: Page[Entry], by: int) -> str:
    """The field of the first text some pages on, or back; empty where there is no such page."""
    number = page.number + by
    if not 1 <= number <= page.paginator.num_pages:
        return ""
    return field_name_of(page.paginator.page(number).object_list[0].place)


def address_of_page(request: HttpRequest, workbench: TranslationWorkbench, place: TextKey) -> str:
    """The page on which that text stands now: what was saved may have left the choice."""
    found = [entry.place for entry in _found(request, workbench)]
    number = found.index(place) // TEXTS_PER_PAGE + 1 if place in found else 1
    query = {name: value for name, value in request.GET.items() if name != "page"}
    return f"?{urlencode({**query, 'page': number})}#{field_name_of(place)}"


def page_link(request: HttpRequest, page: Page[Entry], by: int) -> str:
    """The same texts some pages on, or back; empty where there is no such page."""
    number = page.number + by
    if not 1 <= number <= page.paginator.num_pages:
        return ""
    query = {name: value for name, value in request.GET.items() if name != "page"}
    return f"?{urlencode({**query, 'page': number})}"


def group_name(workbench: TranslationWorkbench, group: str) -> str:
    dimension = workbench.instrument.dimension.get(group)
    return group_words(group, dimension.name if dimension else "")


def group_options(workbench: TranslationWorkbench, selected: str) -> list[tuple[str, str, bool]]:
    return [
        (name, group_name(workbench, name), name == selected)
        for name in entries_by_group(workbench.entries)
    ]
