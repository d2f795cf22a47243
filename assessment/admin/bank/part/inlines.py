"""The rows below a part on its page: options, readings, variants."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from assessment.admin.bank.part import fields
from assessment.admin.bank.part.forms import ChildForm
from assessment.admin.core.conditions import ConditionChecks
from assessment.admin.core.generics import (
    CustomInlineFormSet,
    InlineFormSet,
    InlineModelAdmin,
    SortableTabularInline,
)
from assessment.models.queries.usage import PartUsage

STOCK_TABULAR = "admin/edit_inline/tabular.html"


class EditionFormSet(InlineFormSet):
    """Rows below a part, which name only what belongs to the part's edition.

    A page hands in what it shares with its part's form; a part that is new has no `usage`.
    """

    def __init__(
        self,
        *args: Any,
        checks: ConditionChecks | None = None,
        usage: PartUsage | None = None,
        **kwargs: Any,
    ) -> None:
        self.checks = checks or ConditionChecks()
        self.usage = usage
        super().__init__(*args, **kwargs)

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        part = self.instance
        edition = part.edition if part.edition_id else None
        return {**super().get_form_kwargs(index), "edition": edition, "checks": self.checks}


class SortableFormSet(CustomInlineFormSet, EditionFormSet):
    """Rows with an order, whose number is shown and can be typed."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        place = self.form.base_fields["position"]
        place.widget = forms.NumberInput(attrs={"class": "_reorder_ place", "min": "0"})
        place.label = _("order")
        place.initial = None


class ChildInline(InlineModelAdmin):
    """Changeable as its part is."""

    form = ChildForm
    formset: Any = EditionFormSet
    extra = 0
    special: fields.SpecialFields = {}
    help_texts: Mapping[str, Any] = {}

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        special = fields.special_field(self.special, db_field)
        field = special or super().formfield_for_dbfield(db_field, request, **kwargs)
        return fields.finish_field(field, self.help_texts.get(db_field.name))

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        options = fields.foreign_key_options(self, db_field, request)
        return super().formfield_for_foreignkey(db_field, request, **kwargs | options)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        options = fields.many_to_many_options(self, db_field)
        return super().formfield_for_manytomany(db_field, request, **kwargs | options)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(super().has_add_permission(request, obj) and _in_draft(obj))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(super().has_change_permission(request, obj) and _in_draft(obj))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(super().has_delete_permission(request, obj) and _in_draft(obj))


class SortableChildInline(ChildInline, SortableTabularInline):
    """Where nothing can be moved, the rows need neither their numbers nor arrows."""

    formset = SortableFormSet

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        names = super().get_fields(request, obj)
        if self.has_change_permission(request, obj):
            return names
        return [name for name in names if name != "position"]

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """Inlines are made anew for each request, so the template is set for this one only."""
        if not self.has_change_permission(request, obj):
            self.template = STOCK_TABULAR
        return super().get_formset(request, obj, **kwargs)


def _in_draft(part: Any) -> bool:
    return part is None or not part.edition_id or part.edition.is_draft
