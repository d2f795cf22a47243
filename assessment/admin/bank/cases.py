"""The cases of the documents with their readings."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from assessment.admin.bank.part.choices import choose_from, profile_choices, region_choices
from assessment.admin.bank.part.fields import SMALL_TEXTAREA
from assessment.admin.bank.part.forms import ChildForm, PartForm, add_row_error
from assessment.admin.bank.part.inlines import ChildInline
from assessment.admin.bank.part.part_admin import PartAdmin
from assessment.admin.core.generics import StackedInline
from assessment.models import Case, CaseReading, Edition


class CaseForm(PartForm):
    def bind_edition(self, edition: Edition | None) -> None:
        super().bind_edition(edition)
        choose_from(self, "region", region_choices(edition))
        for field in ("arrangement", "intention"):
            choose_from(self, field, profile_choices(edition, field))

    def clean_country(self) -> str:
        return str(self.cleaned_data["country"]).upper()


class ReadingForm(ChildForm):
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        low, high = cleaned.get("low"), cleaned.get("high")
        if low is not None and high is not None and low > high:
            add_row_error(self, "low", _("The lowest level cannot be above the highest."))
        return cleaned


def _level(**kwargs: Any) -> forms.Field:
    return forms.TypedChoiceField(coerce=int, choices=[(n, str(n)) for n in range(5)], **kwargs)


class ReadingInline(ChildInline, StackedInline):
    model = CaseReading
    form = ReadingForm
    fields = ["dimension", ("low", "high", "certainty"), "text", "findings"]
    autocomplete_fields = ["findings"]
    formfield_overrides = SMALL_TEXTAREA
    special = {"low": _level, "high": _level}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("dimension")


@admin.register(Case)
class CaseAdmin(PartAdmin):
    form = CaseForm
    inlines = [ReadingInline]
    list_display = ["code", "name", "country", "region", "arrangement", "position"]
    list_filter = [*PartAdmin.list_filter, "region", "arrangement"]
    search_fields = ["code", "name", "text", "readings__text"]
    autocomplete_fields = ["finding"]
    fieldsets = [
        (None, {"fields": ["edition", "code", "name", "country", "region"]}),
        (_("How it is arranged"), {"fields": ["arrangement", "programmes", "intention"]}),
        (_("What the documents say"), {"fields": ["finding", "text", "note"]}),
    ]
    help_texts = {"country": _("Country code of two letters.")}
