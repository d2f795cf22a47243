"""The rows below a part on its page: options, readings, variants."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from assessment.admin.bank.part.fields import PartFields
from assessment.admin.bank.part.forms import ChildForm, edition_of
from assessment.admin.bank.part.readable_lists import OrderedRows
from assessment.admin.core.generics import (
    CustomInlineFormSet,
    InlineFormSet,
    InlineModelAdmin,
    SortableTabularInline,
)


class EditionFormSet(InlineFormSet):
    """Rows below a part, which name only what belongs to the part's edition."""

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        return {**super().get_form_kwargs(index), "edition": edition_of(self.instance)}


class SortableFormSet(CustomInlineFormSet, EditionFormSet):
    """Rows with an order, whose number is shown and can be typed."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        place = self.form.base_fields["position"]
        place.widget = forms.NumberInput(attrs={"class": "_reorder_ place", "min": "0"})
        place.label = _("order")
        place.initial = None


class ChildInline(PartFields, InlineModelAdmin):
    """Changeable as its part is."""

    form = ChildForm
    formset: Any = EditionFormSet
    extra = 0

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(super().has_add_permission(request, obj) and _in_draft(obj))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(super().has_change_permission(request, obj) and _in_draft(obj))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(super().has_delete_permission(request, obj) and _in_draft(obj))


class SortableChildInline(OrderedRows, ChildInline, SortableTabularInline):
    formset = SortableFormSet


def _in_draft(part: Any) -> bool:
    return part is None or not part.edition_id or part.edition.is_draft
