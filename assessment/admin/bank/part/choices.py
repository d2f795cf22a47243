"""Fields whose choices are content of the edition: regions, rules, options of the profile."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessment.admin.bank.part.forms import PartForm
from assessment.admin.core.generics import ModelForm
from assessment.models import Edition, Option, Region, Rule

ALL_REGIONS = ("ALL", _("everywhere"))


class RegionForm(PartForm):
    """A part that speaks of one region or of all."""

    def bind_edition(self, edition: Edition | None) -> None:
        super().bind_edition(edition)
        choose_from(self, "region", [ALL_REGIONS, *region_choices(edition)])


def choose_from(form: ModelForm, name: str, choices: list[tuple[str, Any]]) -> None:
    """Let a text field of the form be chosen from a list; where nothing is listed, it is typed."""
    field = form.fields.get(name)
    if field is None or not choices:
        return
    if not field.required:
        choices = [("", "–"), *choices]
    form.fields[name] = forms.ChoiceField(
        label=field.label,
        help_text=field.help_text,
        required=field.required,
        initial=field.initial,
        choices=choices,
    )


def region_choices(edition: Edition | None) -> list[tuple[str, str]]:
    return list(Region.objects.filter(edition=edition).values_list("code", "name"))


def rule_choices(edition: Edition | None) -> list[tuple[str, str]]:
    rows = Rule.objects.filter(edition=edition).values_list("code", "title")
    return [(code, f"{code} {title}") for code, title in rows]


def profile_choices(edition: Edition | None, field: str) -> list[tuple[str, str]]:
    """The options of the question that asks for this field of the profile."""
    rows = Option.objects.filter(question__edition=edition, question__profile=field)
    return list(rows.values_list("value", "text"))
