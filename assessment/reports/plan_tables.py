"""The plan as rows of a table and as days of a calendar, in words."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from assessment.instrument.model import COORDINATING_SECTORS
from assessment.interchange.plan_calendar import PlanCalendar, PlanEvent
from assessment.interchange.plan_workbook import PlanTable
from assessment.models import PlanLine
from assessment.reports import formats
from assessment.reports.seat_wording import SECTORS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from assessment.reports.budget_words import BudgetWords
    from assessment.reports.plan_wording import PlanEntry, ShareEntry


def plan_table(
    entries: Sequence[PlanEntry], *, budget: BudgetWords, several: bool = False
) -> PlanTable:
    """In the plan of several each side has its own owner and money."""
    rows = [_row(entry, at, several) for at, entry in enumerate(entries, 1)]
    columns = list(_columns(budget, several=several))
    wide = frozenset(at for at, (_heading, wide) in enumerate(columns) if wide)
    return PlanTable(_("Plan"), [heading for heading, _wide in columns], rows, wide)


def _columns(budget: BudgetWords, *, several: bool) -> Iterator[tuple[str, bool]]:
    """Each with whether it holds sentences."""
    colon, owner, amount = formats.colon(), _("owner"), _("amount")
    yield _("No."), False
    yield _("What is to be done"), True
    yield _("First step"), True
    yield _("Who does it"), False
    yield _("With whom"), False
    yield _("When to begin"), False
    yield _("Date"), False
    yield _("State"), False
    for side in (SECTORS[sector] for sector in COORDINATING_SECTORS) if several else ():
        yield f"{side}{colon}{owner}", False
        yield f"{side}{colon}{budget.pays}", True
        yield f"{side}{colon}{amount}", False
        yield f"{side}{colon}{budget.why_none}", True
    if not several:
        yield budget.pays, True
        yield budget.why_none, True
    yield _("Sign of success"), True
    yield _("Evidence that it was done"), True
    yield _("Subject"), False
    yield _("Where it comes from"), False


def _row(entry: PlanEntry, at: int, several: bool) -> list[str | int | date | None]:
    money: list[str] = [entry.budget, entry.no_budget]
    if several:
        shares = ((one.owner, one.budget, one.amount, one.no_budget) for one in entry.shares)
        money = [*chain.from_iterable(shares)]
    return [
        at,
        entry.what,
        entry.first_step,
        entry.who,
        entry.partners,
        entry.timing,
        entry.due_date,
        entry.state_words,
        *money,
        entry.sign,
        entry.evidence,
        formats.semicolon().join(entry.subject_words),
        origin_words(entry),
    ]


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
        *((share.side, share_words(share)) for share in entry.shares),
        (_("Sign of success"), entry.sign),
        (_("State"), entry.state_words),
    )
    for label, text in facts:
        if text:
            yield f"{label}{formats.colon()}{text}"


def share_words(share: ShareEntry) -> str:
    """Owner and money of a side on one line; empty where nothing is said."""
    paid = ", ".join(part for part in (share.budget, share.amount) if part)
    money = share.without_budget if share.no_budget else paid
    return formats.semicolon().join(part for part in (share.owner, money) if part)
