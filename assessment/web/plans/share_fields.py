"""The fields by which each side says who owns a line of the plan there, and what pays for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crispy_forms.layout import Fieldset
from django.utils.translation import gettext, gettext_lazy

from assessment.actions.plans.values import SHARE_LIMITS, ShareValues
from assessment.reports import formats
from assessment.reports.seat_wording import SECTORS
from assessment.web.plans.text_field import TextField
from assessment.web.rounds.people_form import AddressField

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from django import forms

    from assessment.models import PlanLine
    from assessment.reports.budget_words import BudgetWords

SHARE_LABELS: dict[str, Any] = {
    "owner": gettext_lazy("Owner"),
    "email": gettext_lazy("E-mail address, to remind the owner of the date"),
    "budget": gettext_lazy("budget line"),
    "amount": gettext_lazy("Amount, with its currency"),
    "no_budget": gettext_lazy("why there is no budget line"),
}
HINTS = {"owner": gettext_lazy("An office or a function; a person only where she agrees.")}


def field_name(sector: str, name: str) -> str:
    return f"{sector}-{name}"


def label_with_side(name: str, label: Any) -> str:
    """Of any field of a line, for who reads it apart from its group."""
    side = SECTORS.get(name.partition("-")[0])
    return f"{side}{formats.colon()}{label}" if side else str(label)


def share_fields(sides: Sequence[str], budget: BudgetWords) -> dict[str, forms.Field]:
    """By name, of each side those of SHARE_LABELS."""
    labels = SHARE_LABELS | {"budget": budget.pays, "no_budget": budget.why_none}
    return {
        field_name(sector, name): _field(name, label)
        for sector in sides
        for name, label in labels.items()
    }


def _field(name: str, label: Any) -> forms.Field:
    if name == "email":
        return AddressField(label=label, required=False)
    return TextField(label=label, hint=HINTS.get(name, ""), limit=SHARE_LIMITS[name])


def share_layout(sector: str) -> Fieldset:
    names = [field_name(sector, name) for name in SHARE_LABELS]
    return Fieldset(str(SECTORS[sector]), *names, css_class="side")


def share_initial(line: PlanLine, sides: Sequence[str]) -> dict[str, str]:
    by_side = {share.sector: share for share in line.shares.all()}
    return {
        field_name(sector, name): getattr(by_side.get(sector), name, "")
        for sector in sides
        for name in SHARE_LABELS
    }


def share_problems(cleaned: Mapping[str, Any], sides: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The field and the sentence of what contradicts itself."""
    for sector in sides:
        said = {name: cleaned.get(field_name(sector, name)) for name in SHARE_LABELS}
        if said["no_budget"] and (said["budget"] or said["amount"]):
            words = {"side": SECTORS[sector]}
            sentence = gettext("%(side)s: say what pays for it, or why nothing does, not both.")
            yield field_name(sector, "no_budget"), sentence % words


def shares_of(cleaned: Mapping[str, Any], sides: Sequence[str]) -> tuple[ShareValues, ...]:
    """Of the sides that bring something, in the order of PlanShare."""
    found = [
        ShareValues(sector, **{n: cleaned[field_name(sector, n)] or "" for n in SHARE_LABELS})
        for sector in sides
    ]
    return tuple(share for share in found if not share.is_empty)
