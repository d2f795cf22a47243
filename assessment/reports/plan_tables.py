"""The plan as rows of a table and as days of a calendar, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from assessment.interchange.plan_calendar import PlanCalendar, PlanEvent
from assessment.interchange.plan_workbook import PlanTable
from assessment.models import PlanLine
from assessment.reports.country_words import budget_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from assessment.reports.plan_wording import PlanEntry

WIDE = frozenset({1, 2, 8, 9, 10})


def plan_table(entries: Sequence[PlanEntry], *, country: object = None) -> PlanTable:
    budget = budget_words(country)
    headings = (
        _("No."),
        _("What is to be done"),
        _("First step"),
        _("Who does it"),
        _("With whom"),
        _("When to begin"),
        _("Date"),
        _("State"),
        budget.pays,
        budget.why_none,
        _("Sign of success"),
        _("Subject"),
        _("Where it comes from"),
    )
    rows = [_row(at, entry) for at, entry in enumerate(entries, 1)]
    return PlanTable(_("Plan"), headings, rows, WIDE)


def _row(at: int, entry: PlanEntry) -> tuple[str | int | date | None, ...]:
    return (
        at,
        entry.what,
        entry.first_step,
        entry.who,
        entry.partners,
        entry.timing,
        entry.due_date,
        entry.state_words,
        entry.budget,
        entry.no_budget,
        entry.sign,
        "; ".join(entry.subject_words),
        origin_words(entry),
    )


def origin_words(entry: PlanEntry) -> str:
    if entry.own:
        return _("Own line")
    if entry.holds:
        return _("Advice of the report")
    return _("Advice of an earlier report, to which the answers do not lead any more")


def plan_dates(entries: Sequence[PlanEntry], *, scheme: str) -> PlanCalendar:
    """Those with a date."""
    name = _("Plan: {scheme}").format(scheme=scheme) if scheme else _("Plan")
    return PlanCalendar(
        name, get_language() or "en", [_event(e, e.due_date) for e in entries if e.due_date]
    )


def _event(entry: PlanEntry, day: date) -> PlanEvent:
    return PlanEvent(
        uuid=entry.uuid,
        day=day,
        summary=" ".join(entry.what.split()),
        description="\n".join(_facts(entry)),
        revision=entry.revision,
        changed_at=entry.changed_at,
        dropped=entry.state == PlanLine.State.DROPPED,
    )


def _facts(entry: PlanEntry) -> Iterator[str]:
    facts = (
        (_("Who does it"), entry.who),
        (_("With whom"), entry.partners),
        (_("First step"), entry.first_step),
        (entry.budget_words.pays, entry.budget),
        (_("Sign of success"), entry.sign),
        (_("State"), entry.state_words),
    )
    for label, text in facts:
        if text:
            yield f"{label}: {text}"
