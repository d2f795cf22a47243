"""Who changed what of a line of a round's plan, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment.models import PlanLine
from assessment.reports import formats
from assessment.reports.seat_wording import SECTORS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from assessment.reports.budget_words import BudgetWords

FIELDS: dict[str, Any] = {
    "what": gettext_lazy("What is to be done"),
    "who": gettext_lazy("Who does it"),
    "partners": gettext_lazy("With whom"),
    "first_step": gettext_lazy("First step"),
    "due_date": gettext_lazy("Date"),
    "amount": gettext_lazy("Amount, with its currency"),
    "sign": gettext_lazy("Sign of success"),
    "evidence": gettext_lazy("Evidence that it was done"),
    "state": gettext_lazy("State"),
    "subject": gettext_lazy("Subject"),
    "owner": gettext_lazy("Owner"),
    "email": gettext_lazy("E-mail address, to remind the owner of the date"),
}
"""But for those of money, which the bank names."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """Empty texts where there was nothing."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ChangeOfLine:
    """`by` is empty where the account is gone."""

    act: str
    by: str
    at: datetime
    fields: tuple[FieldChange, ...]


def change_lines(line: PlanLine, budget: BudgetWords) -> tuple[ChangeOfLine, ...]:
    """The latest first."""
    labels = FIELDS | {"budget": budget.pays, "no_budget": budget.why_none}
    return tuple(
        ChangeOfLine(
            act=str(change.get_act_display()),
            by=change.account.get_username() if change.account else "",
            at=change.at,
            fields=tuple(_field(labels, name, *values) for name, values in change.fields.items()),
        )
        for change in line.changes.select_related("account")
    )


def _field(labels: Mapping[str, Any], name: str, before: str, after: str) -> FieldChange:
    sector, _dot, own = name.rpartition(".")
    label = str(labels[own])
    if sector:
        label = _("%(side)s: %(field)s") % {"side": SECTORS[sector], "field": label}
    return FieldChange(label, _words(own, before), _words(own, after))


def _words(name: str, value: str) -> str:
    if name == "state" and value:
        return str(PlanLine.State(value).label)
    if name == "due_date" and value:
        return formats.day_words(date.fromisoformat(value))
    return value
