"""Which texts a translator asked for, and what the page of texts sent."""

from __future__ import annotations

from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from assessment.actions.editions.translate import SubmittedText
from assessment.admin.translations.translation_workbench import GAPS, PER_PAGE, Desk, place_named
from assessment.instrument.translation import (
    DONE,
    MISSING,
    STATES,
    TO_REVIEW,
    Entry,
    entries_by_group,
)
from assessment.reports.issue_wording.labels import group_words

STATE_NAMES = {
    MISSING: _("missing"),
    TO_REVIEW: _("to review"),
    DONE: _("done"),
    GAPS: _("missing or to review"),
}


def same_page(desk: Desk, typed: list[SubmittedText]) -> Page[Entry]:
    """The texts as they were sent, whatever a filter would show now."""
    entries = [desk.entry(one.place) for one in typed]
    return Paginator(entries, max(len(entries), 1)).get_page(1)


def typed_in(request: HttpRequest) -> list[SubmittedText]:
    sent = request.POST
    names = [name.removeprefix("text:") for name in sent if name.startswith("text:")]
    return [
        SubmittedText(
            place=place_named(name),
            text=sent[f"text:{name}"],
            seen=sent.get(f"seen:{name}", ""),
            source_hash=sent.get(f"source:{name}", ""),
            confirmed=f"fits:{name}" in sent,
        )
        for name in names
    ]


def asked_for(request: HttpRequest, desk: Desk) -> tuple[str, str, str]:
    """The group, state and code whose texts are to be shown; each empty for all."""
    group, state = request.GET.get("group", ""), request.GET.get("state", "")
    return (
        group if group in entries_by_group(desk.entries) else "",
        state if state in STATE_NAMES else "",
        request.GET.get("code", "").strip(),
    )


def chosen(request: HttpRequest, desk: Desk) -> Page[Entry]:
    group, state, code = asked_for(request, desk)
    states = {GAPS: {MISSING, TO_REVIEW}, "": set(STATES)}.get(state, {state})
    found = [
        entry
        for entry in desk.entries
        if group in {"", entry.group} and code in {"", entry.place.code} and entry.state in states
    ]
    return Paginator(found, PER_PAGE).get_page(request.GET.get("page"))


def turned(request: HttpRequest, page: Page[Entry], by: int) -> str:
    number = page.number + by
    if not 1 <= number <= page.paginator.num_pages:
        return ""
    kept = {name: value for name, value in request.GET.items() if name != "page"}
    return f"?{urlencode({**kept, 'page': number})}"


def group_name(desk: Desk, group: str) -> str:
    dimension = desk.instrument.dimension.get(group)
    return group_words(group, dimension.name if dimension else "")


def group_options(desk: Desk, chosen: str) -> list[tuple[str, str, bool]]:
    return [
        (name, group_name(desk, name), name == chosen) for name in entries_by_group(desk.entries)
    ]
