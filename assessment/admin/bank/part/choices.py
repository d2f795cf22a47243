"""Fields whose choices are content of the edition: regions, rules, roles, profile options."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessment.admin.bank.part.forms import PartForm
from assessment.admin.core.generics import ModelForm
from assessment.models import Case, Edition, Option, Package, Region, Role, Rule

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
    return _named(Rule, "title", edition)


def role_choices(edition: Edition | None) -> list[tuple[str, str]]:
    return _named(Role, "name", edition)


def package_choices(edition: Edition | None) -> list[tuple[str, str]]:
    return _named(Package, "title", edition)


def case_choices(edition: Edition | None) -> list[tuple[str, str]]:
    return _named(Case, "name", edition)


def _named(model: type[Any], name: str, edition: Edition | None) -> list[tuple[str, str]]:
    rows = model.objects.filter(edition=edition).values_list("code", name)
    return [(code, f"{code} {words}") for code, words in rows]


def profile_choices(edition: Edition | None, field: str) -> list[tuple[str, str]]:
    """The options of the question that asks for this field of the profile."""
    rows = Option.objects.filter(question__edition=edition, question__profile=field)
    return list(rows.values_list("value", "text"))
